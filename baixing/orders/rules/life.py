"""The life of an order (LIVES, part 1): every move, from where, to where, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from baixing.kernel.life import Life, Move
from baixing.orders.models import Order
from baixing.orders.models.order import LIVE, PAUSABLE
from baixing.orders.rules import actors, guards
from baixing.orders.rules.standing import Standing

S = Order.State
Who = Callable[[Standing, Order], bool]
Guard = Callable[[Order], str]

BEFORE_SERVED = LIVE - {S.SERVED, S.DISPUTED}
WITH_TEAM = frozenset({S.ACCEPTED, S.APPOINTED})
REVEALED = frozenset({S.ACCEPTED, S.APPOINTED, S.SERVED, S.DISPUTED, S.CLOSED})


def _move(
    verb: str, start: str | frozenset[str], end: str | None, who: Who, guard: Guard | None = None
) -> Move[Standing, Order]:
    states = frozenset(start.split()) if isinstance(start, str) else start
    return Move(verb, states, end, who, guard=guard)


def _clock(
    verb: str, start: str | frozenset[str], end: str | None, guard: Guard | None = None
) -> Move[Standing, Order]:
    """A move that the clock makes and no person may."""
    return replace(_move(verb, start, end, _nobody, guard), by_clock=True)


def _nobody(_one: Standing, _order: Order) -> bool:
    return False


LIFE: Life[Standing, Order] = Life(
    # the resident's words, before a team is named
    _move("change", "placed asked pending", None, actors.for_resident),
    _move("ask", "placed", S.ASKED, actors.owner, guards.may_ask),
    _move("supply", "asked", S.PLACED, actors.for_resident),
    _clock("lapse", "asked", S.WITHDRAWN),
    _move("withdraw", BEFORE_SERVED, S.WITHDRAWN, actors.for_resident),
    # the owner takes it on, or not
    _move("name_item", "placed", None, actors.owner, guards.is_wish),
    _move("admit", "placed", S.PENDING, actors.owner, guards.has_item),
    _move("reject", "placed", S.REJECTED, actors.owner, guards.is_wish),
    _move("reject", "placed", None, actors.owner, guards.on_menu),
    _move("merge", "placed pending", S.MERGED, actors.owner),
    _move("transfer", "placed pending", None, actors.owner, guards.may_transfer),
    _move("pause", PAUSABLE, None, actors.owner, guards.may_pause),
    _move("agree", "placed", S.REJECTED, actors.cosigner, guards.proposes_reject),
    _move("agree", PAUSABLE, S.PAUSED, actors.cosigner, guards.proposes_pause),
    _move("agree", "placed pending", None, actors.cosigner, guards.proposes_transfer),
    _move("refuse", frozenset({S.PLACED}) | PAUSABLE, None, actors.cosigner, guards.proposes),
    _clock("lapse_proposal", frozenset({S.PLACED}) | PAUSABLE, None, guards.proposes),
    *(
        replace(_move("resume", "paused", end, actors.owner, guard), by_clock=True)
        for end, guard in (
            (S.PENDING, guards.paused_from_pending),
            (S.ACCEPTED, guards.paused_from_accepted),
            (S.APPOINTED, guards.paused_from_appointed),
        )
    ),
    _move("give_up", "pending", S.UNMET, actors.owner, guards.two_tiers_tried),
    # a team is found
    replace(_move("dispatch", "pending", S.OFFERED, actors.dispatcher), by_clock=True),  # by a plan
    _move("open", "pending", None, actors.dispatcher, guards.not_opened),
    _move("claim", "pending", S.ACCEPTED, actors.any_leader, guards.opened),
    _move("accept", "offered", S.ACCEPTED, actors.leader),
    _move("decline", "offered", S.PENDING, actors.leader),
    _clock("lapse_offer", "offered", S.PENDING),
    _move("recall", "offered", S.PENDING, actors.dispatcher),
    # the visit
    _move("appoint", WITH_TEAM, S.APPOINTED, actors.leader),
    _move("suggest", WITH_TEAM, None, actors.for_resident, guards.may_suggest),
    _move("hand_back", WITH_TEAM, S.PENDING, actors.leader),
    _move("miss", "appointed", S.PENDING, actors.for_resident),
    _move("miss", "appointed", S.ACCEPTED, actors.finder, guards.may_be_absent),
    _move("serve", "appointed", S.SERVED, actors.leader),
    _move("alarm", WITH_TEAM, None, actors.server),
    _move("reveal", LIVE | {S.CLOSED}, None, actors.owner),
    _move("reveal", REVEALED, None, actors.server),
    # what came of it
    _move("rate", "served", S.CLOSED, actors.for_resident),
    _move("rate", "served", S.DISPUTED, actors.for_resident),
    _move("dispute", "served", S.DISPUTED, actors.for_resident),
    _move("redo", "disputed", S.PENDING, actors.decider),
    _move("uphold", "disputed", S.CLOSED, actors.decider),
    _clock("close", "served", S.CLOSED),
    # at any time while it lives
    _clock("escalate", "placed pending accepted appointed disputed", None),
    _clock("call", "appointed", None),
    _clock("hand_over", LIVE, None),
    _move("urge", LIVE - {S.ASKED, S.SERVED, S.PAUSED}, None, actors.for_resident),
    _move("follow", LIVE, None, actors.for_resident),
    _move("join", "placed pending offered accepted appointed", None, actors.neighbour, guards.shared),
)
