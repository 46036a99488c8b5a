"""Fault: the clock jumps one hour on, one back, ten minutes back to before the first order, 30 days on and back again;
then nothing ticks for three days, and two ticks begin at the same moment.

Promise: each deadline fires once, nothing fires for a clock set back, no wait is negative, every page is shown.

Control: ticks that do not look whether another was faster: orders climb twice.

Test: tests/drills/test_clock.py
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO

import time_machine
from django.core.management import call_command
from django.db import connections, transaction
from django.db.models import F
from django.test import Client

from baixing.journal.models import Entry
from baixing.orders import actions
from baixing.orders.models import Offer, Order
from baixing.people.actions import agree, enrol
from baixing.people.models import Person
from drills import Figures, Outcome
from drills.house import House
from drills.later import together
from tests.town import DAY, HOUR, NINE, Town, _team, build

BY_ITSELF = ("escalate", "lapse_offer", "lapse", "close", "resume", "call")
STATES = ("placed", "pending", "offered", "asked", "accepted", "paused")
JUMPS = {
    "two hours after the first order": NINE + 2 * HOUR,
    "one hour on": NINE + 3 * HOUR,
    "back again": NINE + 2 * HOUR,
    "ten minutes before the first order": NINE - timedelta(minutes=10),
    "30 days on": NINE + 30 * DAY,
    "once more": NINE + 30 * DAY,
    "back from there": NINE + 4 * HOUR,
}
MINUS = re.compile(r">[^<]*(?<![\w/.-])-\s?\d[^<]*<")  # a number below nothing, as a page would show it
TRIES = 3  # of the control
TOP = 4  # the tier with none above: there a climb only tells
SECOND = NINE + 60 * DAY  # when the second part of it begins


def run(house: House) -> Outcome:
    each, many = (1 if house.short else 2), 30
    with transaction.atomic():
        town = build()
        for number, state in enumerate([*STATES * each, "appointed"]):
            leader = _person(500 + number)
            team = _team(f"{number} 队", town.station, leader, town.plumbers.skills.get())
            replace(town, jin=_person(number), luo=leader, plumbers=team).order_in(state)
    jumps = _jumped(house)
    silence = _silent(house, town, many, SECOND)
    control = _unguarded(house, town, many)
    once = jumps["deadlines that fired twice"] == jumps["deadlines that fired for a clock set back"] == 0
    shown = jumps["waits below nothing"] == jumps["pages not shown"] == 0
    climbed = silence["orders that climbed twice"] == silence["orders that did not climb"] == 0
    kept = once and shown and climbed and bool(jumps["deadlines that fired"])
    return Outcome({**jumps, **silence}, control, kept, caught=bool(control["orders that climbed twice"]))


def _person(number: int) -> Person:
    person = enrol(f"居民{number}", f"+86129{number:08}", None, at=NINE - DAY, by=None)
    agree(person, by=person, at=NINE - DAY)
    return person


def _jumped(house: House) -> Figures:
    back = below = unseen = 0
    for words, at in JUMPS.items():
        before = _fired()
        with time_machine.travel(at, tick=False):
            call_command("tick", stdout=StringIO())
        fired = (_fired() - before).total()
        back += fired * (at < NINE or "back" in words or words == "once more")
        below, unseen = below + _below(at), unseen + _pages(at)
        house.say(f"{words}: {fired} fired")
    return {
        "deadlines that fired": _fired().total(),
        "deadlines that fired twice": sum(count - 1 for count in _fired().values()),
        "deadlines that fired for a clock set back": back,
        "waits below nothing": below,
        "pages not shown": unseen,
    }


def _fired() -> Counter[tuple[object, ...]]:
    """How often each deadline did: an order's climb from one tier is one, whenever it happens."""
    lines = Entry.objects.filter(verb__in=BY_ITSELF)
    told = ((line.thing, line.verb, line.facts.get("tier")) for line in lines)
    return Counter(one for one in told if one[2] != TOP)


def _below(at: datetime) -> int:
    orders = sum(
        min(order.stood_still, order.stood(at), order.elapsed(at)) < timedelta() for order in Order.objects.all()
    )
    ended = Order.objects.filter(ended_at__lt=F("placed_at")).count()
    return orders + ended + Offer.objects.filter(answered_at__lt=F("offered_at")).count()


def _pages(at: datetime) -> int:
    """Those that do not come to their resident, or show a number below nothing."""
    wrong = 0
    with time_machine.travel(at, tick=False):
        for order in Order.objects.select_related("resident").order_by("-pk")[:8]:
            client = Client(SERVER_NAME="localhost")
            client.force_login(order.resident)
            answer = client.get(f"/orders/{order.pk}/")
            wrong += answer.status_code != 200 or bool(MINUS.search(answer.content.decode()))
    return wrong


def _unguarded(house: House, town: Town, count: int) -> Figures:
    """The same with nobody looking. Two that missed each other, one being done before the other began, tell nothing."""
    found: Figures = {}
    for number in range(1, TRIES + 1):
        found = _silent(house, town, count, SECOND + 10 * number * DAY, fault="twice_up")
        if found["orders that climbed twice"]:
            break
    return found


def _silent(house: House, town: Town, count: int, start: datetime, fault: str = "") -> Figures:
    """Orders that are all due by the same tick, three days after the last one; two begin at once."""
    at = start + 3 * DAY
    with transaction.atomic():
        people = [_person(number) for number in range(start.day * 1000, start.day * 1000 + count)]
        placed = [actions.place(town.wanted(resident=one, windows=()), by=one, at=start) for one in people]
    connections.close_all()
    said = together(at, "tick", times=2, fault=fault)
    house.say(f"two ticks at once: {said}")
    climbs = Counter(Entry.objects.filter(verb="escalate", at=at).values_list("thing", flat=True))
    mine = [climbs[f"orders.order:{order.pk}"] for order in placed]
    return {
        "orders due after three days": count,
        "orders that did not climb": mine.count(0),
        "orders that climbed twice": sum(climbed > 1 for climbed in mine),
    }
