from __future__ import annotations

import re

import pytest

from drills.calls import Call, confirmations
from tests.drills.short import short

WAL = "/data/baixing.sqlite3-wal"
ROWS = re.compile(r"sqlite3-wal$")
PLACED = "HTTP/1.1 302 Found\\r\\nlocation: /orders/1/"


@pytest.mark.both
def test_no_order_is_confirmed_before_the_disk_has_it() -> None:
    outcome = short("power")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome


@pytest.mark.parametrize(
    ("order", "safe"),
    [
        ("write sync answer", True),
        ("write write sync answer", True),
        ("write answer sync", False),
        ("sync write answer", False),
        ("write sync write answer", False),
        ("answer", False),
    ],
)
def test_a_confirmation_is_safe_after_a_sync_of_the_last_write(order: str, safe: bool) -> None:
    said = {"write": ("pwrite64", WAL, ""), "sync": ("fdatasync", WAL, ""), "answer": ("sendto", "socket", PLACED)}
    calls = [Call(float(at), *said[word]) for at, word in enumerate(order.split())]

    assert [one.is_safe for one in confirmations(calls, ROWS)] == [safe]
