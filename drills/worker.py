"""Fault: the worker that sends is killed with SIGKILL at each point between two of its steps and while a provider has
the message in hand; then two workers send at once.

Promise: every message is sent on each of the four channels, a repeated one under the same key, so that it reaches its
person once; of two workers never both send one key.

Control: a key of its own for each try, and a lease that is over at once: people are told twice, keys are sent twice.

Test: tests/drills/test_sending.py
"""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from django.db import connections

from baixing.kernel.calendar import LOCAL
from baixing.notices import actions
from baixing.notices.actions.points import Point
from baixing.notices.models import Outgoing
from baixing.people.actions import enrol
from baixing.people.models import Person
from drills import Figures, Outcome
from drills.house import House
from drills.sending import KIND, Worker, Workers, at, ready
from tests.notices.mailbox import Browser
from tests.notices.outside import Mail, Web, serving

START = datetime(2026, 11, 24, 9, tzinfo=LOCAL)
AFTER_A_LEASE = timedelta(minutes=6)
IN_HAND = "IN_HAND"  # the provider has read it and has not answered
MOMENTS = (*(point.name for point in Point), IN_HAND)


def run(house: House) -> Outcome:
    there, mail = Web(house.folder), Mail()
    with serving(there, mail), ready(house, there, mail) as workers:
        drill = Drill(house, there, mail, workers)
        killed = drill.killed(MOMENTS, (2,) if house.short else (1, 7, 20))
        both = drill.two_at_once(5 if house.short else 60)
        keyless = drill.killed(("ANSWERED", IN_HAND), (2,), without="key")
        leaseless = drill.two_at_once(5 if house.short else 60, without="lease")
    return Outcome(
        figures={**killed, "keys sent by both of two workers": both},
        control={**keyless, "keys sent by both of two workers": leaseless},
        kept=not (killed["messages never sent"] or killed["people told twice"] or both),
        caught=bool(keyless["people told twice"] and leaseless),
    )


@dataclass
class Drill:
    house: House
    there: Web
    mail: Mail
    workers: Workers
    at: datetime = START
    browsers: dict[str, Browser] = field(default_factory=dict)
    people: int = 0

    def killed(self, moments: tuple[str, ...], turns: tuple[int, ...], *, without: str = "") -> Figures:
        """For each moment and turn: people are told on all channels, a worker is killed there, another goes on."""
        kills = 0
        rows = Outgoing.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for moment in moments:
            for nth in turns:
                self._told(2 if self.house.short else 6)
                kills += self._killed_at(moment, nth, without)
                self.at += AFTER_A_LEASE
                self.workers.run(Worker(at(self.at), without=without))
            self.house.say(f"killed at {moment}{without and f', without {without}'}: {kills} kills so far")
        messages = Outgoing.objects.filter(pk__gt=rows)
        return {
            "messages never sent": messages.exclude(state="sent").count() + self._unreached(messages.count()),
            "people told twice": self._forget(),
            "workers killed": kills,
            "messages": messages.count(),
        }

    def two_at_once(self, people: int, *, without: str = "") -> int:
        """How many keys both workers sent."""
        self._told(people)
        for provider in (self.there, self.mail):
            provider.asked.clear()
        self.workers.run(*[Worker(at(self.at), without=without, limit=1_000)] * 2)
        asked = Counter([*self.there.asked, *self.mail.asked])
        self._forget()
        self.house.say(f"two workers{without and f' without {without}'}: {len(asked)} keys")
        return sum(count > 1 for count in asked.values())

    def _killed_at(self, moment: str, nth: int, without: str) -> int:
        if moment != IN_HAND:
            return self._deaths(Worker(at(self.at), kill=moment, nth=nth, without=without))
        asked = Counter[str]()

        def shoot(_key: str) -> None:
            asked["times"] += 1
            if asked["times"] == nth:
                with suppress(ProcessLookupError):
                    os.kill(self.workers.pids.get(timeout=10), signal.SIGKILL)

        self._drain_pids()
        self.there.on_asked = self.mail.on_asked = shoot
        try:
            return self._deaths(Worker(at(self.at), without=without))
        finally:
            self.there.on_asked = self.mail.on_asked = lambda _key: None

    def _deaths(self, worker: Worker) -> int:
        ends = self.workers.run(worker)
        assert ends == [-signal.SIGKILL], (worker, ends)  # else the moment was never reached
        return 1

    def _drain_pids(self) -> None:
        while not self.workers.pids.empty():
            self.workers.pids.get()

    def _told(self, count: int) -> None:
        people = [self._person() for _ in range(count)]
        for number in range(2):
            actions.tell(people, KIND, at=self.at, urgent=True, number=number)
        connections.close_all()

    def _person(self) -> Person:
        self.people += 1
        person = enrol(f"居民{self.people}", f"+86139{self.people:08}", None, at=self.at, by=None)
        browser = Browser(f"{self.there.url}/push/{person.pk}")
        self.browsers[f"/push/{person.pk}"] = browser
        actions.choose(person, "email", on=True, by=person, at=self.at, address=f"p{person.pk}@example.org")
        actions.link_wechat(person, f"openid-{person.pk}", by=person, at=self.at)
        actions.subscribe(person, browser="Drill", sign_in=None, by=person, at=self.at, **browser.said)
        return person

    def _unreached(self, messages: int) -> int:
        """Messages that are marked as sent and that no provider has."""
        return max(0, messages - len(set(self._reached())))

    def _forget(self) -> int:
        """How many messages reached their person more than once, under whatever keys; the providers start anew."""
        twice = sum(count > 1 for count in Counter(self._reached()).values())
        for provider in (self.there, self.mail):
            provider.reached.clear()
        return twice

    def _reached(self) -> list[tuple[str, str]]:
        """To whom, and what: as a person would see it."""
        letters = [(str(said["to"]), str(said["text"])) for said in self.mail.reached.values()]
        return letters + [
            self._read(str(one["path"]), cast("bytes", one["body"])) for one in self.there.reached.values()
        ]

    def _read(self, path: str, body: bytes) -> tuple[str, str]:
        if path in self.browsers:
            return path, str(self.browsers[path].open(body)["text"])
        said = json.loads(body)
        if path == "/sms":
            return said["to"], said["text"]
        return said["touser"], said["data"]["thing2"]["value"]
