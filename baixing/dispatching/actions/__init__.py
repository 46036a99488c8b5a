"""The verbs of plans. How one is made stands in `making`, which only the worker loads."""

from __future__ import annotations

from baixing.dispatching.actions.confirming import (
    ask_back,
    change,
    confirm,
    confirm_all,
    confirm_or_overtake,
    pin,
    unpin,
)
from baixing.dispatching.actions.planning import ask, ask_where_automatic, set_policy, switch

__all__ = [
    "ask",
    "ask_back",
    "ask_where_automatic",
    "change",
    "confirm",
    "confirm_all",
    "confirm_or_overtake",
    "pin",
    "set_policy",
    "switch",
    "unpin",
]
