"""Fault: for a day the provider of text messages hangs, hangs up and answers that it is ill, while people are told
every hour; then it works again.

Promise: what is still of use is sent in order, each once; a text older than twelve hours is dropped, which its person
and the staff are told; mail goes on all the while.

Control: texts that never grow old: people are sent yesterday's news.

Test: tests/drills/test_sending.py
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import cast
from unittest.mock import patch

from django.db import connections

from baixing.kernel.calendar import LOCAL
from baixing.notices import actions, queries, rules
from baixing.notices.models import Channel, Notice, Outgoing
from baixing.people.actions import enrol
from baixing.people.models import Person
from drills import Figures, Outcome
from drills.house import House
from drills.sending import KIND, Worker, Workers, at, ready
from tests.notices.outside import Fault, Mail, Web, serving

START = datetime(2026, 11, 24, 8, tzinfo=LOCAL)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OLD = timedelta(hours=12)
FAULTS = (Fault.FAILS, Fault.HANGS, Fault.RESETS)
HURRY = 0.2  # seconds of patience while it hangs


def run(house: House) -> Outcome:
    there, mail = Web(house.folder), Mail()
    with serving(there, mail), ready(house, there, mail) as workers:
        day = Day(house, there, mail, workers)
        figures = day.passes(START)
        with patch.dict(rules.KEPT, {Channel.SMS: 30 * DAY}):
            control = day.passes(START + 7 * DAY)
    wrong = ("texts never accounted for", "texts sent twice", "texts out of order", "texts sent though too old")
    return Outcome(
        figures=figures,
        control=control,
        kept=not any(figures[name] for name in wrong) and figures["people and staff told"] == "yes",
        caught=bool(control["texts sent though too old"]),
    )


@dataclass
class Day:
    house: House
    there: Web
    mail: Mail
    workers: Workers
    born: int = 0

    def passes(self, start: datetime) -> Figures:
        """A day without texts, with a pass every few minutes, and what came of it when they are back."""
        people = self._people(2 if self.house.short else 10)
        first = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.there.asked.clear()
        for minute in range(0, 24 * 60, 120 if self.house.short else 10):
            moment = start + minute * MINUTE
            if minute % 60 == 0:
                self._told(people, moment, minute // 60)
            self.there.fault = FAULTS[minute // 60 % len(FAULTS)]
            self._pass(moment, HURRY)
        self.there.fault, asked = Fault.NONE, len(self.there.asked)
        alarmed = bool(queries.down(start + 23 * HOUR))
        mailed = Outgoing.objects.filter(notice__gt=first, channel=Channel.EMAIL, state="sent").count()
        back = start + DAY
        for minute in range(3):
            self._pass(back + minute * MINUTE, 10.0)
        self.house.say(f"a day: asked {asked} times")
        return {**self._counted(first, back, asked, alarmed=alarmed), "mails sent during the day": mailed}

    def _told(self, people: list[Person], moment: datetime, hour: int) -> None:
        for step in range(2 if self.house.short else 1):  # a short day looks every other hour
            actions.tell(people, KIND, at=moment + step * HOUR, number=hour + step)
        connections.close_all()

    def _pass(self, moment: datetime, patience: float) -> None:
        ends = self.workers.run(Worker(at(moment), patience=patience, limit=10_000))
        assert ends == [0], ends

    def _people(self, count: int) -> list[Person]:
        people = [self._person() for _ in range(count)]
        connections.close_all()
        return people

    def _person(self) -> Person:
        """Somebody who reads texts and mail at any hour."""
        self.born += 1
        person = enrol(f"居民{self.born}", f"+86138{self.born:08}", None, at=START, by=None)
        actions.choose(person, "email", on=True, by=person, at=START, address=f"p{person.pk}@example.org")
        actions.keep_quiet(person, on=False, since=time(22), until=time(7), by=person, at=START)
        return person

    def _counted(self, first: int, back: datetime, asked: int, *, alarmed: bool) -> Figures:
        texts = Outgoing.objects.filter(notice__gt=first, channel=Channel.SMS)
        sent, late = texts.filter(state="sent"), texts.filter(state="dropped", fault=Outgoing.Why.LATE)
        keys = self.there.asked[asked:]
        order = list(sent.filter(key__in=keys).order_by("pk").values_list("key", flat=True))
        noted = queries.not_sent(Notice.objects.filter(pk__gt=first))
        told = alarmed and len(noted) == late.count() and queries.dropped(back).get(Channel.SMS, 0) == late.count()
        return {
            "texts never accounted for": texts.count() - sent.count() - late.count(),
            "texts sent twice": len(keys) - len(set(keys)),
            "texts out of order": _out_of_order(order, keys, self._people_of(keys)),
            "texts sent though too old": sent.filter(due__lte=back - OLD).count(),
            "texts sent when it was back": sent.count(),
            "texts dropped as too old": late.count(),
            "people and staff told": "yes" if told else "no",
            "times the dead provider was asked": asked,
        }

    def _people_of(self, keys: list[str]) -> dict[str, str]:
        return {key: json.loads(cast("bytes", self.there.reached[key]["body"]))["to"] for key in keys}


def _out_of_order(due: list[str], sent: list[str], whose: dict[str, str]) -> int:
    """People whose texts did not come in the order in which they were told."""
    return sum(
        [key for key in due if whose[key] == one] != [key for key in sent if whose[key] == one]
        for one in set(whose.values())
    )
