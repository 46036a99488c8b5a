"""Fault: a proxy in front of the server loses 40 % of the answers, so people send their form again.

Promise: there are as many orders as forms.

Control: each sending under a new key, as if there were none: orders are doubled.

Test: tests/drills/test_server.py
"""

from __future__ import annotations

from django.db import connections

from baixing.orders.models import Order
from drills import Figures, Outcome
from drills.crowd import Ask, Told, order, settle
from drills.house import House, through
from drills.lossy import losing

LOSES = 0.4


def run(house: House) -> Outcome:
    count = 12 if house.short else 40
    _town, cookies = settle(2 * count)
    with house.serving() as server, losing(server, LOSES) as proxy:
        ask = through(proxy.server_address[1])
        figures = _sent(ask, cookies[:count], same_key=True)
        house.say(f"under one key: {figures}")
        control = _sent(ask, cookies[count:], same_key=False)
    return Outcome(
        figures=figures,
        control=control,
        kept=figures["orders"] == figures["forms"],
        caught=int(control["orders"]) > int(control["forms"]),
    )


def _sent(ask: Ask, cookies: list[str], *, same_key: bool) -> Figures:
    before, told = Order.objects.count(), Told()
    connections.close_all()
    order(ask, cookies, told, same_key=same_key)
    return {
        "orders": Order.objects.count() - before,
        "forms": len(cookies),
        "answers lost": told.broken,
        "forms never answered": len(told.given_up),
    }
