"""The verbs of plans. How they are made stands in `making` and `reckoning`, which only the worker loads."""

from __future__ import annotations

from baixing.dispatching.actions.asking import ask_what_if, forget_what_ifs, remove_what_if
from baixing.dispatching.actions.confirming import (
    ask_back,
    change,
    confirm,
    confirm_or_overtake,
    pin,
    unpin,
)
from baixing.dispatching.actions.offering import Offered, confirm_all
from baixing.dispatching.actions.planning import (
    ask,
    ask_where_automatic,
    forget_plans,
    look_at,
    set_policy,
    switch,
)

__all__ = [
    "Offered",
    "ask",
    "ask_back",
    "ask_what_if",
    "ask_where_automatic",
    "change",
    "confirm",
    "confirm_all",
    "confirm_or_overtake",
    "forget_plans",
    "forget_what_ifs",
    "look_at",
    "pin",
    "remove_what_if",
    "set_policy",
    "switch",
    "unpin",
]
