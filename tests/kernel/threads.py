"""The same deed by several people at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Barrier, BoundedSemaphore, Thread
from typing import TypeVar

from django.db import connections

Result = TypeVar("Result")
ROOM = BoundedSemaphore(60)  # a server has room for a hundred connections; the others wait as in a pool


def at_once(*deeds: Callable[[], Result]) -> list[Result | Exception]:
    """What each deed came to, or the exception that it raised."""
    gate = Barrier(len(deeds))
    results: list[Result | Exception] = []
    threads = [Thread(target=_do, args=(deed, gate, results)) for deed in deeds]
    _each(thread.start for thread in threads)
    _each(thread.join for thread in threads)
    return results


def _do(deed: Callable[[], Result], gate: Barrier, results: list[Result | Exception]) -> None:
    try:
        gate.wait()
        with ROOM:
            try:
                results.append(deed())
            finally:
                connections.close_all()
    except Exception as error:  # noqa: BLE001 - the test says which it expects
        results.append(error)


def _each(calls: Iterable[Callable[[], None]]) -> None:
    for call in calls:
        call()
