"""The moments between two steps of the worker, at each of which it may be killed: all of them, in one place."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum


class Point(Enum):
    CLAIMED = "a message is ours, and nothing else has happened"
    READY = "the words are made, the provider has not been asked"
    ANSWERED = "the provider has answered, and nothing is written down"
    WRITTEN = "how it ended is written down"


watchers: list[Callable[[Point], None]] = []  # empty, but in a drill that ends its own process


def reach(point: Point) -> None:
    for watcher in watchers:
        watcher(point)
