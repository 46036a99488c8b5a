"""Fault: the disk is full, while residents order and read.

Promise: nothing is confirmed that is not there, pages go on being shown, orders are refused in words (503 with
Retry-After), and once there is room they are taken again without a restart.

Control: without the page for a database that cannot write: orders are answered by faults (500).

Test: tests/drills/test_disk.py
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connections

from baixing.kernel.calendar import now
from baixing.orders.models import Order
from baixing.people.models import SignIn
from drills import Figures, Outcome
from drills.crowd import AGAIN, Told, order, settle
from drills.house import House
from drills.rooms import Room, small
from drills.server import keys

GUARDED, PLANTED = "baixing.wsgi:application", "drills.planted:application"
READ = ("/", "/menu/", "/services/tap-repair/", "/orders/mine/")


def run(house: House) -> Outcome:
    people = 6 if house.short else 12
    _town, cookies = settle(2 * people)
    SignIn.objects.update(seen_at=now() - timedelta(minutes=5))  # so that a page would note that they are back
    with small(house) as room:
        figures = _filled(house, room, GUARDED, cookies[:people])
        control = _filled(house, room, PLANTED, cookies[people:])
    wrong = figures["orders lost"] or figures["pages not shown"] or figures["other answers"] or figures["still refused"]
    kept = not wrong and bool(figures["orders refused in words"])
    return Outcome(figures, control, kept=kept, caught=bool(control["other answers"]))


def _filled(house: House, room: Room, application: str, cookies: list[str]) -> Figures:
    before, during, after = set(Order.objects.values_list("pk", flat=True)), Told(), Told()
    connections.close_all()
    with house.serving(application, DATA=str(room.folder), DRILL_FAULT="no_words") as server:
        order(server.ask, cookies[:1], after)
        room.fill(server)
        order(server.ask, cookies[1:], during, patience=0)
        house.say(f"while full: {dict(during.answers)}, {len(during.placed)} confirmed")
        shown = [server.ask("GET", address, "", cookie).status for cookie in cookies[-2:] for address in READ]
        room.empty(server)
        order(server.ask, cookies[1:], after)
    made = set(Order.objects.values_list("pk", flat=True)) - before
    return {
        "orders lost": len(keys([*during.placed.values(), *after.placed.values()]) - made),
        "pages not shown": sum(status != 200 for status in shown),
        "orders refused in words": during.answers[AGAIN],
        "still refused": len(after.given_up),
        "other answers": during.wrong + after.wrong,
        "orders confirmed while it was full": len(during.placed),
        "orders confirmed afterwards": len(after.placed),
    }
