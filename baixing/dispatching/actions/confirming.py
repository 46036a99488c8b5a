"""What is done with a proposal: pinned, changed, confirmed. To confirm is to offer; the team is free to say no."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries.policies import is_automatic
from baixing.dispatching.queries.seen import elsewhere, fingerprint, fits, is_over
from baixing.dispatching.rules import LIFE, MOST_AT_ONCE, PLAN_LIFE
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Refused, Unfit
from baixing.orders import actions as orders
from baixing.orders.actions import telling
from baixing.orders.models import Order
from baixing.orders.queries.persons import wants_person
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.teams.actions.turns import take_team
from baixing.teams.models import Team

S = Order.State


@transaction.atomic
def pin(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """Keep this team and day in the plans to come."""
    LIFE.move("pin", Standing(by, at), proposal, pinned=True)
    _tell("pin", proposal, by=by, at=at)


@transaction.atomic
def unpin(proposal: Proposal, *, by: Person, at: datetime) -> None:
    LIFE.move("unpin", Standing(by, at), proposal, pinned=False)
    _tell("unpin", proposal, by=by, at=at)


@transaction.atomic
def change(proposal: Proposal, team: int, *, by: Person, at: datetime) -> None:
    """Another of the teams that could come; it is pinned, for somebody wants it so."""
    choice = proposal.choice_of(team)
    if choice is None:
        raise Unfit(_("This team is not among those that can come."), field="team")
    to, day = Team.objects.get(pk=team), as_day(choice["day"])
    LIFE.move("change", Standing(by, at), proposal, team=to, day=day, changed=True, pinned=True)
    _tell("change", proposal, by=by, at=at)


@transaction.atomic
def confirm(proposal: Proposal, *, by: Person | None, at: datetime) -> None:
    """Offer the order to the team. Refused with words where the order, the team or the plan has changed since.

    Where another team was offered it and has not answered, that offer is taken back in the same moment.
    """
    actor = Standing(by, at) if by else None
    if refusal := LIFE.refusal("confirm", actor, proposal):
        raise refusal
    team = _team_in_turn(proposal)
    order = _as_planned(proposal)
    if is_over(proposal, order, at):
        raise NotNow(_("The time for which this was planned is over. Please make the plan anew."))
    if order.state == S.OFFERED:
        _take_back(order, by=by, at=at)
    offer = orders.dispatch(order, team, by=by, at=at, day=proposal.day)
    LIFE.move("confirm", actor, proposal, offer=offer)
    _tell("confirm", proposal, by=by, at=at)
    _finish(proposal.plan, at)


def _take_back(order: Order, *, by: Person | None, at: datetime) -> None:
    if by is None:
        raise NotAllowed(_("Only a person changes a promise."))
    orders.recall(order, by=by, at=at)


@transaction.atomic
def ask_back(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """Ask the team that has accepted the order whether it gives it back. It is free to keep it.

    Nobody but that team can take an accepted promise back. Once it has, the resident has been told, and the
    order can be offered as this proposal says.
    """
    actor = Standing(by, at)
    if refusal := LIFE.refusal("ask_back", actor, proposal):
        raise refusal
    order = _as_planned(proposal)
    if order.visit is not None and order.visit.start <= at:
        raise NotNow(_("The visit has begun."))
    LIFE.move("ask_back", actor, proposal)
    telling.team(order, "team.asked_back", at)
    _tell("ask_back", proposal, by=by, at=at)


def confirm_or_overtake(proposal: Proposal, *, by: Person | None, at: datetime) -> str:
    """The same; what cannot be any more is marked so, with the words that say why. "" when it is offered.

    What somebody has pinned or changed since the page was shown still can: it stays.
    """
    seen = proposal.version
    try:
        confirm(proposal, by=by, at=at)
    except NotAllowed:
        raise
    except Refused as no:
        proposal.refresh_from_db()
        if proposal.state in {Proposal.State.PROPOSED, Proposal.State.ASKED} and proposal.version == seen:
            _overtake(proposal, str(no), at=at)
        return str(no)
    return ""


@transaction.atomic
def confirm_all(plan: Plan, *, by: Person, at: datetime) -> tuple[int, int]:
    """Everything that is still proposed and changes no promise, up to a hundred, the most pressing.

    How many were offered, and how many could not be any more.
    """
    pressing = plan.proposals.loose().with_nouns().order_by("order__due_at", "pk")[:MOST_AT_ONCE]
    waiting = sorted(pressing, key=lambda one: (one.team_id or 0, one.pk))
    for team in dict.fromkeys(one.team for one in waiting):  # in one order, so that no two confirm across each other
        if team is not None:
            take_team(team)
    refused = [confirm_or_overtake(one, by=by, at=at) for one in waiting]
    overtaken = sum(map(bool, refused))
    return len(waiting) - overtaken, overtaken


def offer_proven(plan: Plan, *, at: datetime) -> int:
    """By the clock, as long as a head lets it: what the plan proposes, if it is proven to be the best; how many."""
    plan.refresh_from_db()
    if plan.state != Plan.State.MADE or not plan.proven:
        return 0
    waiting = list(plan.proposals.loose().with_nouns().order_by("team_id", "pk"))
    allowed = takewhile(lambda _one: is_automatic(plan.unit), waiting)
    return sum(not confirm_or_overtake(one, by=None, at=at) for one in allowed)


def _team_in_turn(proposal: Proposal) -> Team:
    """The team as it is now, and nobody else dispatches to it until this is done."""
    if proposal.team_id is None:
        raise NotNow
    team = Team.objects.get(pk=proposal.team_id)
    take_team(team)
    return team


def _as_planned(proposal: Proposal) -> Order:
    order = Order.objects.with_nouns().get(pk=proposal.order_id)
    if fingerprint(order) != proposal.seen:
        raise Overtaken(_("This order has been changed since the plan was made."))
    if not fits(proposal, order):
        raise Overtaken(_("This order has been dealt with since the plan was made."))
    if elsewhere(proposal, order):
        raise Overtaken(_("This order is open to all teams, waits for a co-sign, or is with another unit now."))
    if wants_person(order):
        raise NotNow(_("This resident asks that a person chooses the team. Please do it on the page of the order."))
    return order


@transaction.atomic
def _overtake(proposal: Proposal, why: str, *, at: datetime) -> None:
    LIFE.move("overtake", None, proposal, why=why[:300])
    _finish(proposal.plan, at)


def _finish(plan: Plan, at: datetime) -> None:
    """The plan is dealt with when its last proposal is."""
    plan.refresh_from_db()
    if plan.state == Plan.State.MADE and not plan.proposals.open().exists():
        PLAN_LIFE.move("finish", None, plan, ended_at=at)


def _tell(verb: str, proposal: Proposal, *, by: Person | None, at: datetime) -> None:
    """`former` is the team whose promise it is."""
    former = proposal.promise.get("team") if proposal.held else None
    journal.write(verb, proposal.plan, by=by, at=at, order=proposal.order_id, team=proposal.team_id, former=former)
