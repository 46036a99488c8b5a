"""How fast one worker is beside pretix, on the same PostgreSQL and with the same client.

`.venv/bin/python -m bench.pretix [rounds]`: sets the peer up (the first time some ten minutes), then measures both
in turn, ours on PostgreSQL and on SQLite with synchronous=FULL. DATABASE_URL names a server where databases may be
made; without it one is started. BENCH names the folder that keeps what is made once (var/bench). PORT is the first
of three ports (8160).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count, cycle
from statistics import median
from uuid import uuid4

from bench import peer, town
from bench.load import Measured, Where, form, measure, once, request, same
from bench.servers import cpu, database, granian, memory, postgres, serving

PORT = int(os.environ.get("PORT", "8160"))
HOST = "127.0.0.1"
A_RESIDENT = 2  # orders; three within ten minutes are allowed
RESIDENTS = 3000
TOKEN = "a" * 32  # of a form, in the cookie and in the form alike
Deed = Callable[[], Measured]


@dataclass
class Figures:
    """What each deed came to, round by round."""

    deeds: dict[str, Deed]
    rates: dict[str, list[float]] = field(default_factory=dict)
    works: dict[str, list[float]] = field(default_factory=dict)

    def round(self) -> None:
        for name, deed in self.deeds.items():
            got = deed()
            print(f"  {name:44} {got}", flush=True)
            if got.bad:
                print(got.last[:2000].decode(errors="replace"))
            self.rates.setdefault(name, []).append(got.rate)
            self.works.setdefault(name, []).append(got.work)

    def of(self, name: str) -> float:
        return median(self.rates[name])

    def ratio(self, words: str, ours: str, theirs: str, least: float) -> None:
        """The median of the rounds' own ratios, so that a noisy neighbour meets both."""
        got = median(a / b for a, b in zip(self.rates[ours], self.rates[theirs], strict=True))
        holds = "holds" if got >= least else "DOES NOT HOLD"
        work = median(a / b for a, b in zip(self.works[theirs], self.works[ours], strict=True))
        print(f"{words}\n  {self.of(ours):8.1f}/s : {self.of(theirs):8.1f}/s = {got:6.2f}   (>= {least:g}: {holds})")
        print(f"  by the processor time of an answer: {work:6.2f}")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    server = postgres()
    theirs: Where = (HOST, PORT)
    settings, told = peer.set_up(server, theirs)
    urls = {"PostgreSQL": database(server, "baixing_bench"), "SQLite": ""}
    with ExitStack() as stack:
        pid = stack.enter_context(serving(peer.gunicorn(theirs), theirs, settings))
        deeds = {name: worked(pid, deed) for name, deed in _theirs(theirs, told).items()}
        for number, (name, url) in enumerate(urls.items(), start=1):
            deeds |= _ours(stack, name, url, (HOST, PORT + number))
        figures = Figures(deeds)
        for number in range(rounds):
            print(f"round {number + 1} of {rounds}", flush=True)
            figures.round()
        print("pretix's worker: " + ", ".join(f"{pss:.0f} MB" for pss, _rss in memory(pid).values()))
    for name in urls:
        _tell(figures, name)


def _tell(figures: Figures, ours: str) -> None:
    figures.ratio(
        f"{ours}: the menu, signed in, beside pretix's events, signed in", f"{ours} menu, signed in", LIST, 20
    )
    figures.ratio(f"{ours}: the same beside pretix's public list of events", f"{ours} menu, signed in", PUBLIC, 20)
    figures.ratio(
        f"{ours}: the menu for strangers beside our one-line view", f"{ours} menu, stranger", _line(ours), 0.6
    )
    figures.ratio(f"{ours}: place an order beside pretix's free order", f"{ours} place an order", ORDER, 10)


LIST, PUBLIC, ORDER = "pretix 24 events, signed in", "pretix 24 events, public", "pretix free order over REST"


def _line(ours: str) -> str:
    return f"{ours} one-line view"


def _theirs(where: Where, told: dict[str, str]) -> dict[str, Deed]:
    signed_in = request("GET", "/control/events/", where, Cookie=f"pretix_session={told['session']}")
    public, placing = request("GET", "/bench/", where), peer.order(where, told)
    shown = {LIST: once(where, signed_in), PUBLIC: once(where, public)}
    for name, (status, _head, body) in shown.items():
        print(f"{name}: {status}, {sum(f'Event {n}<'.encode() in body for n in range(24))} of 24 named")
    status, _head, body = once(where, placing)
    print(f"{ORDER}: {status} {body[:80]!r}")
    return {
        LIST: lambda: measure(where, same(signed_in)),
        PUBLIC: lambda: measure(where, same(public)),
        ORDER: lambda: measure(where, same(placing)),
    }


def _ours(stack: ExitStack, name: str, url: str, where: Where) -> dict[str, Deed]:

    said = town.environment(name.lower(), url)
    script = [sys.executable, "-m", "bench.prepare", str(RESIDENTS)]
    done = subprocess.run(script, env={**os.environ, **said}, check=True, stdout=subprocess.PIPE, text=True)
    codes, *sessions = done.stdout.split()
    pid = stack.enter_context(serving(granian(where), where, said))
    stranger, line = request("GET", "/menu/", where), request("GET", "/one-line/", where)
    signed_in = request("GET", "/menu/", where, Cookie=f"session={sessions[0]}; csrf={TOKEN}; language=zh-hans")
    status, _head, body = once(where, signed_in)
    print(f"{name} menu, signed in: {status}, {body.count(b'row-link')} items, {len(body)} bytes")
    orders = _orders(where, codes.split(","), sessions)
    for warm in (stranger, line, signed_in, next(orders)) * 3:
        once(where, warm)
    deeds = {
        f"{name} menu, signed in": lambda: measure(where, same(signed_in)),
        f"{name} menu, stranger": lambda: measure(where, same(stranger)),
        _line(name): lambda: measure(where, same(line)),
        f"{name} place an order": lambda: measure(where, orders),
    }
    return {name: worked(pid, deed) for name, deed in deeds.items()}


def worked(pid: int, deed: Deed) -> Deed:
    """The same, with the work of the server for one answer."""

    def measured() -> Measured:
        before, got = cpu(pid), deed()
        return replace(got, work=(cpu(pid) - before) * 1000 / max(got.count, 1))

    return measured


def _orders(where: Where, codes: list[str], sessions: list[str]) -> Iterator[bytes]:
    """Each is a new form with its own key, by residents in turn and never more than they may."""
    turns, items = count(), cycle(codes)
    for _turn in zip(range(A_RESIDENT), turns, strict=False):
        for session in sessions:
            said = {
                "csrfmiddlewaretoken": TOKEN,
                "key": uuid4().hex,
                "words": "水龙头一直滴水",
                "address": "3 号楼 501",
            }
            cookies = {"session": session, "csrf": TOKEN, "language": "zh-hans"}
            yield form(f"/services/{next(items)}/order/", where, cookies, said)


if __name__ == "__main__":
    main()
