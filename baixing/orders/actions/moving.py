"""How every verb moves an order: state, clocks and journal, in one place and one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime, timedelta
from typing import Never

from baixing.journal import actions as journal
from baixing.journal.actions import Fact
from baixing.network.models import Unit
from baixing.network.queries import staffed
from baixing.orders.models import Order
from baixing.orders.models.order import TERMINAL
from baixing.orders.rules import LIFE, Standing, clocks
from baixing.people.models import Person

Changes = Mapping[str, object]
NOTHING: dict[str, Never] = {}
NO_PROPOSAL: dict[str, object] = {
    "proposal": "",
    "proposal_by": None,
    "proposal_to": None,
    "proposal_unit": None,
    "proposal_due": None,
    "proposal_until": None,
}
NO_TEAM: dict[str, object] = {"team": None, "visit": None, "opened": False}


def go(
    verb: str,
    order: Order,
    changes: Changes = NOTHING,
    *,
    by: Person | None,
    at: datetime,
    end: str | None = None,
    said: str = "",
    facts: Mapping[str, Fact] = NOTHING,
) -> None:
    """Make a move of the table and write its line. A state that is entered starts its clock.

    `said` is free text for the line; `changes` are columns of the order.
    """
    actor = Standing(by, at) if by else None
    entered = LIFE.check(verb, actor, order, end=end).end
    if entered is not None:
        changes = {**_entering(order, entered, at, changes), **changes}
    LIFE.move(verb, actor, order, end=end, **changes)
    journal.write(verb, order, by=by, at=at, words=said, **facts)


def _entering(order: Order, state: str, at: datetime, changes: Changes) -> dict[str, object]:
    start: dict[str, object] = {"entered_at": at, "entry": order.entry + 1, **NO_PROPOSAL}
    if state in TERMINAL:
        return {**start, **wake(order, at), "due_at": None, "ended_at": at}
    if "due_at" in changes:
        return start
    return {**start, "due_at": clocks.due(state, as_changed(order, changes), at=at)}


def as_changed(order: Order, changes: Changes) -> Order:
    """The order as it will be, to reckon its clocks with."""
    later = copy(order)
    for name, value in changes.items():
        setattr(later, name, value)
    return later


def wake(order: Order, at: datetime) -> dict[str, object]:
    """Let the total clock run again: what it stood still is added to the promise."""
    if order.still_since is None:
        return {}
    stood = max(at - order.still_since, timedelta())
    return {
        "still_since": None,
        "stood_still": order.stood_still + stood,
        "promised_at": order.promised_at + stood,
    }


def next_above(unit: Unit, at: datetime) -> Unit | None:
    """The nearest unit above that has somebody to act, or None at the top."""
    higher = reversed(list(Unit.objects.above(unit))[:-1])
    return next((one for one in higher if staffed(one, at)), None)
