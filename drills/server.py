"""Fault: the web server is killed with SIGKILL, six times, while residents order and send again what got no answer.

Promise: every order that was confirmed is there, none is there twice, no key is stuck.

Control: the key, the order and the answer written each for itself instead of in one transaction: keys are stuck.

Test: tests/drills/test_server.py
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from threading import Thread

from django.db import connections

from baixing.kernel.models import OnceKey
from baixing.orders.models import Order
from drills import Figures, Outcome
from drills.crowd import Told, order, settle
from drills.house import House, Server

EACH = 3  # orders of one person within ten minutes
LOOK = 0.3  # seconds
GUARDED, PLANTED = "baixing.wsgi:application", "drills.planted:application"


def run(house: House) -> Outcome:
    kills, people = (2, 8) if house.short else (6, 30)
    _town, cookies = settle(2 * people)
    figures = _killed(house, GUARDED, cookies[:people] * EACH, kills)
    control = _killed(house, PLANTED, cookies[people:] * EACH, kills)
    return Outcome(
        figures=figures,
        control=control,
        kept=not (figures["orders lost"] or figures["orders doubled"] or figures["keys stuck"]),
        caught=bool(control["keys stuck"]),
    )


def _killed(house: House, application: str, cookies: list[str], kills: int) -> Figures:
    house.say(f"{application}: {len(cookies)} orders, {kills} kills")
    before, told, slowest = Order.objects.count(), Told(), 0.0
    connections.close_all()
    with house.serving(application, DRILL_FAULT="key_apart") as server:
        crowd = Thread(target=order, args=(server.ask, cookies, told))
        crowd.start()
        for number in range(kills):
            _wait_for(told, (number + 1) * len(cookies) // (kills + 1), crowd)
            _wait_for_a_key_alone(crowd)
            slowest = max(slowest, _restart(server))
            house.say(f"killed {number + 1}, confirmed {len(told.placed)}")
        crowd.join()
    return _counted(told, before, kills, slowest)


def _wait_for(told: Told, count: int, crowd: Thread) -> None:
    while len(told.placed) < count and crowd.is_alive():
        crowd.join(0.005)


def _wait_for_a_key_alone(crowd: Thread) -> None:
    """The worst moment to die: a key is there and its answer is not. With the guard nobody can ever see one."""
    end = time.monotonic() + LOOK
    while time.monotonic() < end and crowd.is_alive() and not _keys_alone():
        crowd.join(0.001)


def _keys_alone() -> int:
    return OnceKey.objects.filter(result="").count()


def _restart(server: Server) -> float:
    server.kill()
    return server.start()


def _counted(told: Told, before: int, kills: int, slowest: float) -> Figures:
    there = set(Order.objects.values_list("pk", flat=True))
    return {
        "orders lost": len(keys(told.placed.values()) - there),
        "orders doubled": max(0, len(there) - before - len(told.placed) - len(told.given_up)),
        "keys stuck": _keys_alone() + len(told.given_up),
        "kills": kills,
        "orders confirmed": len(told.placed),
        "requests without an answer": told.broken,
        "seconds until it answers again, at most": round(slowest, 1),
    }


def keys(addresses: Iterable[str]) -> set[int]:
    return {int(address.strip("/").split("/")[1]) for address in addresses}
