"""Who asks for plans, who confirms what they propose, and who decides how they weigh."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.rules.whys import WORDS
from baixing.kernel.life import Life, Move
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Post, Unit
from baixing.network.rules import OFFICERS
from baixing.orders.models import Order
from baixing.orders.rules import Standing

STATION: Final = 1
MOST_AT_ONCE: Final = 100  # proposals confirmed by one tap
P, R = Plan.State, Proposal.State
ACCEPTED: Final = (Order.State.ACCEPTED, Order.State.APPOINTED)


def dispatches(one: Standing, unit: Unit) -> bool:
    """The dispatchers of the unit and of those above it; at a station, where nothing is below, its officers too."""
    own = unit.tier == STATION and one.holds(OFFICERS, unit)
    return own or one.holds_over({Post.Kind.DISPATCHER}, unit)


def reads(one: Standing, unit: Unit) -> bool:
    return one.holds_over(OFFICERS | {Post.Kind.AUDITOR}, unit)


def check_reading(one: Standing, unit: Unit) -> None:
    if not reads(one, unit):
        raise NotAllowed(_("Only those who work in this unit, or in one above it, read its plans."))


def heads(one: Standing, unit: Unit) -> bool:
    return one.holds_over({Post.Kind.HEAD}, unit)


def check_dispatching(one: Standing, unit: Unit) -> None:
    if not dispatches(one, unit):
        raise NotAllowed(_("Only the dispatchers of this unit, or of one above it, plan here."))


def check_head(one: Standing, unit: Unit) -> None:
    if not heads(one, unit):
        raise NotAllowed(_("Only the head of this unit, or of one above it, decides this."))


def keeps_policy(one: Standing) -> bool:
    """The head at the top of the tree: the weights are one for the whole city."""
    return any(post.kind == Post.Kind.HEAD and post.unit.parent_id is None for post in one.posts)


def check_policy(one: Standing) -> None:
    if not keeps_policy(one):
        raise NotAllowed(_("Only the head of the city centre changes how plans weigh."))


def _dispatcher(one: Standing, proposal: Proposal) -> bool:
    return dispatches(one, proposal.plan.unit)


def _nobody(_one: Standing, _thing: object) -> bool:
    return False


def _stands(proposal: Proposal) -> str:
    return "" if proposal.plan.state == P.MADE else str(WORDS["newer"])


def _is_loose(proposal: Proposal) -> str:
    return _("It is pinned already.") if proposal.pinned else _no_promise(proposal)


def _is_pinned(proposal: Proposal) -> str:
    return _stands(proposal) if proposal.pinned else _("It is not pinned.")


def _no_promise(proposal: Proposal) -> str:
    return _("This would change a promise: confirm it, or leave it.") if proposal.held else _stands(proposal)


def _may_be_offered(proposal: Proposal) -> str:
    """What a team has accepted is its own until it gives it back."""
    if proposal.held and proposal.order.state in ACCEPTED:
        return str(WORDS["accepted"])
    return _stands(proposal)


def _is_accepted(proposal: Proposal) -> str:
    if not proposal.held or proposal.order.state not in ACCEPTED:
        return _("No team has accepted this order.")
    return _stands(proposal)


PLAN_LIFE: Final[Life[Standing, Plan]] = Life(
    Move("make", {P.ASKED}, P.MADE, who=_nobody, by_clock=True),
    Move("fail", {P.ASKED}, P.FAILED, who=_nobody, by_clock=True),
    Move("supersede", {P.MADE}, P.SUPERSEDED, who=_nobody, by_clock=True),
    Move("finish", {P.MADE}, P.DONE, who=_nobody, by_clock=True),
)
LIFE: Final[Life[Standing, Proposal]] = Life(
    Move("pin", {R.PROPOSED}, None, who=_dispatcher, guard=_is_loose),
    Move("unpin", {R.PROPOSED}, None, who=_dispatcher, guard=_is_pinned),
    Move("change", {R.PROPOSED}, None, who=_dispatcher, guard=_no_promise),
    Move("ask_back", {R.PROPOSED}, R.ASKED, who=_dispatcher, guard=_is_accepted),
    Move("confirm", {R.PROPOSED, R.ASKED}, R.OFFERED, who=_dispatcher, by_clock=True, guard=_may_be_offered),
    Move("overtake", {R.PROPOSED, R.ASKED}, R.STALE, who=_nobody, by_clock=True),
)
