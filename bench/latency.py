"""How long each page takes in a city of 1,858 teams, 200,000 orders and a million journal lines.

`.venv/bin/python -m bench.latency [orders] [rounds]`: makes the city once (kept in var/bench, or where BENCH says; some
ten minutes), then asks every page that somebody may read, as a person of each role who may, in this process and
through all the middleware; the slowest first. DATABASE_URL names a PostgreSQL server to make it on; without it the
database is SQLite, and with `DATABASE_URL=own` the server is the bench's own.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench import town
from bench.servers import database, postgres

MOST = 250.0  # milliseconds at the 99th percentile
AGAIN = 3  # times as many answers, of a page that was late
NAME = "city"
SHORT = 2000  # milliseconds of a first answer from which on a page is asked less often
CLERKS = ("head", "staff", "dispatcher", "editor", "auditor")


@dataclass(frozen=True)
class Stall:
    """One answer above the limit, in milliseconds: on the clock, worked on by this process, and stolen from us."""

    clock: float
    worked: float
    stolen: float


@dataclass(frozen=True)
class Page:
    """One address, asked by one person, many times: milliseconds, and questions to the database."""

    address: str
    role: str
    status: int
    times: list[float]
    queries: int
    size: int
    stalls: list[Stall]

    @property
    def late(self) -> float:
        return quantiles(self.times, n=100)[98]

    def __str__(self) -> str:
        cuts = quantiles(self.times, n=100)
        told = "".join(f"{cuts[n]:9.1f}" for n in (49, 94, 98))
        return f"{told}{self.queries:9d}{self.size:9d}  {self.status}  {self.role:12} {self.address}"


def main() -> None:
    orders, rounds = (int(text) for text in [*sys.argv[1:], "200000", "100"][:2])
    asked = os.environ.pop("DATABASE_URL", "")
    server = postgres() if asked == "own" else asked
    said = town.environment(NAME, database(server, f"baixing_{NAME}") if server else "")
    town.set_up(said)
    from bench import city, readers

    city.grow(orders)
    print(_sizes())
    gc.collect()
    gc.freeze()  # as `wsgi.py` does, so that what was set up is not looked through at some answer
    found = [_measure(readers.browser(one), one.role, one.address, rounds) for one in readers.pages()]
    found.sort(key=lambda page: -page.late)
    print("      p50      p95      p99  queries    bytes")
    for page in found:
        print(page)
    slow = [page for page in found if page.late >= MOST]
    print(f"{len(found)} pages, {len(slow)} with a p99 of {MOST:g} ms or more")
    stalls = sorted((stall.clock, stall.worked, stall.stolen) for page in found for stall in page.stalls)
    answers = sum(len(page.times) for page in found)
    print(f"{answers} answers, {len(stalls)} above {MOST:g} ms: (clock, worked, stolen) {_rounded(stalls)}")


def _measure(browser: object, role: str, address: str, rounds: int) -> Page:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    assert isinstance(browser, Client)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    queries = len(asked)  # the next request forgets them
    page = Page(address, role, answer.status_code, [], queries, len(answer.content), [])
    _ask(page, browser, rounds)
    if page.late >= MOST:
        _ask(page, browser, rounds * AGAIN)
    return page


def _ask(page: Page, browser: object, rounds: int) -> None:
    for number in range(rounds):
        began, worked, stolen = time.perf_counter(), time.process_time(), _stolen()
        browser.get(page.address)  # type: ignore[attr-defined]  # a test client
        taken = (time.perf_counter() - began) * 1000
        page.times.append(taken)
        if taken > MOST:
            page.stalls.append(Stall(taken, (time.process_time() - worked) * 1000, _stolen() - stolen))
        if taken > SHORT and number >= 3:  # noqa: PLR2004 - enough to see that it is slow
            return


def _stolen() -> float:
    """Milliseconds in which the machine below took its cores away, since it began; all cores together."""
    stat = Path("/proc/stat")
    return int(stat.read_text().split()[8]) * 1000 / os.sysconf("SC_CLK_TCK") if stat.exists() else 0.0


def _rounded(stalls: list[tuple[float, float, float]]) -> str:
    return " ".join(f"{clock:.0f}/{worked:.0f}/{stolen:.0f}" for clock, worked, stolen in stalls)


def _sizes() -> str:
    from django.db import connection

    from baixing.journal.models import Entry
    from baixing.orders.models import Order
    from baixing.teams.models import Team

    counts = [f"{model.objects.count()} {model._meta.verbose_name_plural}" for model in (Team, Order, Entry)]
    return f"{connection.vendor}: {', '.join(counts)}"


if __name__ == "__main__":
    main()
