"""Fault: 500 people ask 8 workers for 50 seats at one moment, 100 times; a third hang up before they are answered and
send again, and in each rush a worker is killed with SIGKILL.

Promise: exactly 50 have a seat and 450 a place in the line; nobody is there twice, nobody who was told so is missing.

Control: a look for a free seat and then the sign-up, each statement for itself: more sit than there are seats.

Test: tests/drills/test_rush.py
"""

from __future__ import annotations

import http.client
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from statistics import median
from threading import Thread
from urllib.parse import urlencode

from django.db import connections

from baixing.kernel.calendar import now
from baixing.kernel.once import new_key
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import Role, Signup
from drills import Figures, Outcome
from drills.crowd import AGAIN, PATIENCE, TOKEN, Told, kind, settle
from drills.house import Answer, House, Server
from drills.server import GUARDED, PLANTED
from tests.town import DAY, HOUR, Town

FACTS = {"public": True, "place": "文化广场"}
EACH = 25  # rushes that one person may stand in: there is a limit to the sign-ups of one
HANGS_UP = 1 / 3
SOON = (0.05, 1.0)  # seconds after which they do


@dataclass(frozen=True)
class Size:
    rushes: int
    people: int
    seats: int
    workers: int
    control: int = 3  # rushes of it at most, until one goes wrong


WHOLE, SHORT = Size(100, 500, 50, 8), Size(1, 24, 4, 3)


@dataclass(frozen=True)
class Browser:
    person: int
    cookies: str


@dataclass
class Counted:
    """What all rushes came to."""

    found: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def figures(self) -> Figures:
        return {
            "rushes": len(self.seconds),
            **{words: self.found[words] for words in WORDS},
            "seconds a rush, median": round(median(self.seconds), 1),
            "seconds a rush, at most": round(max(self.seconds), 1),
        }


WRONG = (
    "seats too many",
    "seats left empty",
    "seats counted wrongly",
    "people twice",
    "people lost",
    "people neither seated nor in line",
    "other answers",
)
WORDS = (*WRONG, "workers killed", "requests without an answer", "answers in words to come again")


def run(house: House, size: Size | None = None) -> Outcome:
    size = size or (SHORT if house.short else WHOLE)
    crowds = -(-size.rushes // EACH)
    town, cookies = settle(size.people * (crowds + 1))
    people = Person.objects.filter(name__startswith="居民").order_by("pk").values_list("pk", flat=True)
    everybody = iter([Browser(*pair) for pair in zip(people, cookies, strict=True)])
    groups = [list(islice(everybody, size.people)) for _ in range(crowds + 1)]
    evenings = _evenings(town, size)
    figures = _rushed(house, GUARDED, groups[:-1], [next(evenings) for _ in range(size.rushes)], size, kills=1)
    faults = _faults(house)  # before those of the control are there too
    control = _rushed(house, PLANTED, groups[-1:], [next(evenings) for _ in range(size.control)], size, kills=0)
    kept = not any(figures[words] for words in WRONG) and not faults
    kept = kept and bool(figures["workers killed"]) and bool(figures["requests without an answer"])
    caught = bool(control["seats too many"])
    return Outcome({**figures, "faults that doctor --deep finds": faults}, control, kept, caught)


def _evenings(town: Town, size: Size) -> Iterator[Role]:
    """Each on a day of its own, for nobody is in two places at once."""
    for number in range(size.rushes + size.control):
        at = now()
        start = at + (2 + number) * DAY
        needs = (Need(Role.Side.RESIDENT, size.seats),)
        planned = Planned("activity", f"晚会 {number}", town.station, start, start + 2 * HOUR, needs=needs, facts=FACTS)
        session = actions.plan(planned, by=town.zhou, at=at - timedelta(minutes=1))
        actions.open(session, by=town.zhou, at=at)
        yield session.roles.get()


def _rushed(
    house: House,
    application: str,
    groups: Sequence[Sequence[Browser]],
    roles: Sequence[Role],
    size: Size,
    *,
    kills: int,
) -> Figures:
    counted, dice = Counted(), random.Random(50)  # noqa: S311 - no secret: the same rush each time
    connections.close_all()
    with house.serving(application, workers=size.workers, DRILL_FAULT="look_first") as server:
        for number, role in enumerate(roles):
            began, told = time.monotonic(), Told()
            crowd = Thread(target=_rush, args=(server, groups[number // EACH], role, told, dice.random()))
            crowd.start()
            for _ in range(kills):
                _wait_for(told, dice.randrange(size.people), crowd)
                server.kill_worker()
            crowd.join()
            counted.seconds.append(time.monotonic() - began)
            counted.found += _count(role, told, groups[number // EACH], size)
            counted.found["workers killed"] += kills
            house.say(f"{application} {number + 1}: {counted.seconds[-1]:.1f} s, {dict(counted.found)}")
            if not kills and counted.found["seats too many"]:
                break
    return counted.figures()


def _wait_for(told: Told, count: int, crowd: Thread) -> None:
    while len(told.placed) < count and crowd.is_alive():
        crowd.join(0.005)


def _rush(server: Server, browsers: Sequence[Browser], role: Role, told: Told, seed: float) -> None:
    dice = random.Random(seed)  # noqa: S311
    soon = [dice.uniform(*SOON) if dice.random() < HANGS_UP else PATIENCE for _ in browsers]
    with ThreadPoolExecutor(len(browsers)) as pool:
        asked = [pool.submit(_ask, server, *each, role, told) for each in zip(browsers, soon, strict=True)]
        for done in asked:
            done.result()


def _ask(server: Server, browser: Browser, patience: float, role: Role, told: Told) -> None:
    """One person, who sends the same form until there is an answer."""
    said = {"key": new_key(), "csrfmiddlewaretoken": TOKEN, "role": role.pk, "who": browser.person}
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        answer = _send(server, role, urlencode(said), browser.cookies, patience)
        with told.lock:
            told.note(answer)
            if answer and answer.status == http.client.FOUND:
                told.placed[str(browser.person)] = answer.headers["location"]
                return
            if answer and kind(answer) != AGAIN:
                break
        patience = PATIENCE
        time.sleep(0.05)  # a person taps again
    with told.lock:
        told.given_up.append(str(browser.person))


def _send(server: Server, role: Role, body: str, cookies: str, patience: float) -> Answer | None:
    try:
        return server.ask("POST", f"/sessions/{role.session_id}/sign-up/", body, cookies, patience)
    except (OSError, http.client.HTTPException):
        return None


def _count(role: Role, told: Told, browsers: Sequence[Browser], size: Size) -> Counter[str]:
    rows = list(Signup.objects.filter(session=role.session_id).values_list("person", "state"))
    there, states = Counter(person for person, _state in rows), Counter(state for _person, state in rows)
    seated, taken = states["confirmed"], Role.objects.get(pk=role.pk).taken
    missing = {int(person) for person in told.placed} - set(there)
    return Counter(
        {
            "seats too many": max(0, seated - size.seats),
            "seats left empty": max(0, size.seats - seated),
            "seats counted wrongly": abs(taken - seated),
            "people twice": there.total() - len(there),
            "people lost": len(missing) + len(told.given_up),
            "people neither seated nor in line": len(browsers) - len(missing) - seated - states["waiting"],
            "other answers": told.wrong,
            "requests without an answer": told.broken,
            "answers in words to come again": told.answers[AGAIN],
        }
    )


def _faults(house: House) -> int:
    done = house.command("doctor", "--deep")
    house.say(done.stdout.strip() or done.stderr.strip())
    return done.stdout.count("- ") if done.returncode == 1 else 0 if done.returncode == 0 else -1
