"""The verbs of an order. Nothing else writes one."""

from __future__ import annotations

from baixing.orders.actions.admitting import (
    admit,
    agree,
    ask,
    give_up,
    merge,
    name_item,
    pause,
    refuse,
    reject,
    resume,
    transfer,
)
from baixing.orders.actions.clock import escalate, hand_over, lapse, lapse_proposal
from baixing.orders.actions.closing import close, dispute, rate, redo, uphold
from baixing.orders.actions.dispatching import (
    accept,
    claim,
    decline,
    dispatch,
    hand_back,
    lapse_offer,
    open,  # noqa: A004 - the verb of the life table
    recall,
)
from baixing.orders.actions.facts import retire_unserved, tell_facts
from baixing.orders.actions.following import follow, join, let_follow, unfollow
from baixing.orders.actions.forgetting import forget_ended
from baixing.orders.actions.placing import (
    Wanted,
    change,
    place,
    suggest,
    supply,
    urge,
    withdraw,
)
from baixing.orders.actions.reasons import load_reasons
from baixing.orders.actions.ticking import tick
from baixing.orders.actions.visiting import (
    alarm,
    appoint,
    call,
    close_call,
    miss,
    print_visits,
    reveal,
    serve,
)
from baixing.orders.models import Order
from baixing.schedule.actions import Slot

__all__ = [
    "Order",
    "Slot",
    "Wanted",
    "accept",
    "admit",
    "agree",
    "alarm",
    "appoint",
    "ask",
    "call",
    "change",
    "claim",
    "close",
    "close_call",
    "decline",
    "dispatch",
    "dispute",
    "escalate",
    "follow",
    "forget_ended",
    "give_up",
    "hand_back",
    "hand_over",
    "join",
    "lapse",
    "lapse_offer",
    "lapse_proposal",
    "let_follow",
    "load_reasons",
    "merge",
    "miss",
    "name_item",
    "open",
    "pause",
    "place",
    "print_visits",
    "rate",
    "recall",
    "redo",
    "refuse",
    "reject",
    "resume",
    "retire_unserved",
    "reveal",
    "serve",
    "suggest",
    "supply",
    "tell_facts",
    "tick",
    "transfer",
    "unfollow",
    "uphold",
    "urge",
    "withdraw",
]
