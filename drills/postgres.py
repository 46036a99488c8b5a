"""Fault: PostgreSQL is killed with SIGKILL, three times, while residents order and read, and started again each time.

Promise: every answer is a success or a page that says when to come again (503 with Retry-After), the next success comes
within 2 s of the database, and every order that was confirmed is there.

Control: without the page for a database that is away: some answers are faults (500).

Test: tests/drills/test_postgres.py
"""

from __future__ import annotations

import time
from threading import Thread

from django.db import connections

from baixing.orders.models import Order
from drills import Figures, Outcome
from drills.crowd import AGAIN, Told, order, read_on, settle
from drills.house import House
from drills.server import EACH, keys

ON = ("PostgreSQL",)
SOON = 2.0  # seconds


def run(house: House) -> Outcome:
    kills, people = (1, 8) if house.short else (3, 24)
    _town, cookies = settle(2 * people)
    figures = _killed(house, "baixing.wsgi:application", cookies[:people] * EACH, kills)
    control = _killed(house, "drills.planted:application", cookies[people:] * EACH, 1)
    slow = figures["seconds from the database to the next success, at most"]
    right = not (figures["other answers"] or figures["orders lost"] or figures["orders doubled"])
    return Outcome(figures, control, kept=right and float(slow) < SOON, caught=bool(control["other answers"]))


def _killed(house: House, application: str, cookies: list[str], kills: int) -> Figures:
    before, told, slowest = set(Order.objects.values_list("pk", flat=True)), Told(), 0.0
    connections.close_all()
    with house.serving(application, DRILL_FAULT="no_words") as server:
        crowd = Thread(target=order, args=(server.ask, cookies, told))
        reader = Thread(target=read_on, args=(server.ask, "/menu/", cookies[0], told, lambda: not crowd.is_alive()))
        crowd.start()
        reader.start()
        for number in range(kills):
            while len(told.placed) < (number + 1) * len(cookies) // (kills + 1) and crowd.is_alive():
                crowd.join(0.005)
            slowest = max(slowest, _restart(house, told))
            house.say(f"killed {number + 1}, confirmed {len(told.placed)}, {dict(told.answers)}")
        crowd.join()
        reader.join()
    return _counted(told, before, kills, slowest)


def _restart(house: House, told: Told) -> float:
    """Seconds from a database that answers to a server that does."""
    assert house.postgres is not None
    house.postgres.kill()
    away = told.answers[AGAIN]
    end = time.monotonic() + 5
    while told.answers[AGAIN] == away and time.monotonic() < end:  # somebody has met the fault
        time.sleep(0.01)
    house.postgres.start()
    ready, well = time.monotonic(), _well(told)
    while _well(told) == well and time.monotonic() < ready + 30:
        time.sleep(0.01)
    return time.monotonic() - ready


def _well(told: Told) -> int:
    return told.answers["200"] + told.answers["302"]


def _counted(told: Told, before: set[int], kills: int, slowest: float) -> Figures:
    made = set(Order.objects.values_list("pk", flat=True)) - before
    return {
        "orders lost": len(keys(told.placed.values()) - made),
        "orders doubled": max(0, len(made) - len(told.placed) - len(told.given_up)),
        "other answers": told.wrong,
        "seconds from the database to the next success, at most": round(slowest, 2),
        "kills": kills,
        "orders confirmed": len(told.placed),
        "answers that say when to come again": told.answers[AGAIN],
    }
