"""Signing up beside pretix: the rate with room for everybody, and 500 people at once for 50 seats.

`.venv/bin/python -m bench.rush [rounds]`: one worker of each, the same PostgreSQL, the same client in one run; ours
on SQLite with synchronous=FULL as well. Each of our sign-ups has its form's key, its journal, its line of the queue of
notices; pretix's is a free order over REST, as in `bench.pretix`, whose set-up this shares. In a rush exactly 50 are
to have a seat, and on our side the others a place in the line; a rush is over when the last has an answer.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from statistics import median
from uuid import uuid4

from bench import peer, town
from bench.load import Measured, Where, form, measure, same
from bench.pretix import HOST, PORT, TOKEN
from bench.servers import database, granian, postgres, serving

SEATS, PEOPLE, WIDE = 50, 500, 20_000
AT_ONCE = 8  # connections
THREADS = 4  # of our one process, as ./run starts it
EVENINGS = 12  # sessions with room for everybody; each resident signs up once for each
LEAST, MOST = 10.0, 1 / 6


@dataclass
class Ours:
    """An installation of ours that answers, and what is needed to ask it."""

    name: str
    where: Where
    said: dict[str, str]
    sessions: list[str]  # of browsers
    people: list[int]
    wide: list[tuple[int, int]]  # sessions with room for everybody, and the role in each
    narrow: Iterator[tuple[int, int]]

    def forms(self, session: int, role: int) -> Iterator[bytes]:
        for person, browser in zip(self.people, self.sessions, strict=True):
            said = {"csrfmiddlewaretoken": TOKEN, "key": uuid4().hex, "role": str(role), "who": str(person)}
            cookies = {"session": browser, "csrf": TOKEN, "language": "zh-hans"}
            yield form(f"/sessions/{session}/sign-up/", self.where, cookies, said)

    def all_forms(self) -> Iterator[bytes]:
        for session, role in self.wide:
            yield from self.forms(session, role)

    def states(self, session: int) -> dict[str, int]:
        script = [sys.executable, "-m", "bench.evenings", "count", str(session)]
        done = subprocess.run(script, env={**os.environ, **self.said}, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
        return found


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    server = postgres()
    theirs: Where = (HOST, PORT)
    settings, told = peer.set_up(server, theirs)
    urls = {"PostgreSQL": database(server, "baixing_bench"), "SQLite": ""}
    rates: dict[str, list[float]] = {}
    rushes: dict[str, list[float]] = {}
    with ExitStack() as stack:
        stack.enter_context(serving(peer.gunicorn(theirs), theirs, settings))
        installations = [_ours(stack, name, url, n, rounds) for n, (name, url) in enumerate(urls.items(), start=1)]
        forms = {one.name: one.all_forms() for one in installations}
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", flush=True)
            placing = peer.order(theirs, told)
            _note(rates, "pretix", measure(theirs, same(placing)))
            for one in installations:
                _note(rates, one.name, measure(one.where, forms[one.name]))
            _their_rush(rushes, theirs, told)
            for one in installations:
                _our_rush(rushes, one)
    _tell(rates, rushes)


def _ours(stack: ExitStack, name: str, url: str, number: int, rounds: int) -> Ours:
    said, where = town.environment(name.lower(), url), (HOST, PORT + number)
    script = [
        sys.executable,
        "-m",
        "bench.evenings",
        "make",
        str(PEOPLE),
        str(EVENINGS),
        str(WIDE),
        str(rounds),
        str(SEATS),
    ]
    done = subprocess.run(script, env={**os.environ, **said}, check=True, stdout=subprocess.PIPE, text=True)
    made = json.loads(done.stdout.splitlines()[-1])
    stack.enter_context(serving(granian(where, THREADS), where, said))
    narrow = iter([tuple(pair) for pair in made["narrow"]])
    return Ours(name, where, said, made["browsers"], made["people"], made["wide"], narrow)


def _note(rates: dict[str, list[float]], name: str, got: Measured) -> None:
    print(f"  {name:12} sign up   {got}", flush=True)
    if got.bad:
        print(got.last[:1500].decode(errors="replace"))
    rates.setdefault(name, []).append(got.rate)


def _their_rush(rushes: dict[str, list[float]], where: Where, told: dict[str, str]) -> None:
    """A fresh event with a quota of fifty, by their own interface."""
    event, quota = peer.rush_event(where, told, SEATS)
    asked = peer.order(where, {**told, "event": event, "item": quota})
    began = time.perf_counter()
    got = measure(where, islice(same(asked), PEOPLE), seconds=600, connections=AT_ONCE)
    taken = time.perf_counter() - began
    print(
        f"  pretix       rush      {taken:6.2f} s, {PEOPLE - got.bad} of {PEOPLE} got one of {SEATS} seats", flush=True
    )
    rushes.setdefault("pretix", []).append(taken)


def _our_rush(rushes: dict[str, list[float]], one: Ours) -> None:
    session, role = next(one.narrow)
    began = time.perf_counter()
    measure(one.where, islice(one.forms(session, role), PEOPLE), seconds=600, connections=AT_ONCE)
    taken = time.perf_counter() - began
    states = one.states(session)
    print(f"  {one.name:12} rush      {taken:6.2f} s, {states}", flush=True)
    assert states == {"confirmed": SEATS, "waiting": PEOPLE - SEATS}, states
    rushes.setdefault(one.name, []).append(taken)


def _tell(rates: dict[str, list[float]], rushes: dict[str, list[float]]) -> None:
    for name in ("PostgreSQL", "SQLite"):
        got = median(a / b for a, b in zip(rates[name], rates["pretix"], strict=True))
        words = f"{median(rates[name]):.1f}/s : {median(rates['pretix']):.1f}/s = {got:.2f}"
        print(f"{name}: sign up beside pretix's free order\n  {words}   (>= {LEAST:g}: {_holds(got >= LEAST)})")
        less = median(a / b for a, b in zip(rushes[name], rushes["pretix"], strict=True))
        words = f"{median(rushes[name]):.2f} s : {median(rushes['pretix']):.2f} s = {less:.3f}"
        print(f"{name}: {PEOPLE} people for {SEATS} seats\n  {words}   (<= {MOST:.3f}: {_holds(less <= MOST)})")


def _holds(it_does: bool) -> str:
    return "holds" if it_does else "DOES NOT HOLD"


if __name__ == "__main__":
    main()
