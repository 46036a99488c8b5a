"""What is done with a proposal: pinned, changed, confirmed. To confirm is to offer; the team is free to say no."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries.seen import elsewhere, fingerprint, fits, is_over
from baixing.dispatching.rules import LIFE, PLAN_LIFE
from baixing.dispatching.rules.whys import Gone, code_of
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Refused, Unfit
from baixing.orders import actions as orders
from baixing.orders.actions import telling
from baixing.orders.models import Order
from baixing.orders.queries.barriers import CannotBeAsked
from baixing.orders.queries.persons import for_person
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.teams.actions.turns import take_team
from baixing.teams.models import Team

S = Order.State


@transaction.atomic
def pin(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """Keep this team and day in the plans to come."""
    LIFE.move("pin", Standing(by, at), proposal, pinned=True)
    _take_in_hand(proposal, at)
    _tell("pin", proposal, by=by, at=at)


@transaction.atomic
def unpin(proposal: Proposal, *, by: Person, at: datetime) -> None:
    LIFE.move("unpin", Standing(by, at), proposal, pinned=False)
    _take_in_hand(proposal, at)
    _tell("unpin", proposal, by=by, at=at)


@transaction.atomic
def change(proposal: Proposal, team: int, *, by: Person, at: datetime) -> None:
    """Another of the teams that could come; it is pinned, for somebody wants it so."""
    choice = proposal.choice_of(team)
    if choice is None:
        raise Unfit(_("This team is not among those that can come."), field="team")
    to, day = Team.objects.get(pk=team), as_day(choice["day"])
    LIFE.move("change", Standing(by, at), proposal, team=to, day=day, changed=True, pinned=True)
    _take_in_hand(proposal, at)
    _tell("change", proposal, by=by, at=at)


@transaction.atomic
def confirm(proposal: Proposal, *, by: Person | None, at: datetime) -> None:
    """Offer the order to the team. Refused with words where the order, the team or the plan has changed since.

    Where another team was offered it and has not answered, that offer is taken back in the same moment.
    """
    Turn([proposal], by=by, at=at).confirm(proposal)
    finish(proposal.plan, at)


class Now:
    """Orders as they are now, and for which of them a person chooses: asked once for all."""

    def __init__(self, keys: Iterable[int]) -> None:
        every = Order.objects.filter(pk__in=set(keys))
        named = every.with_nouns().select_related("item__skill").prefetch_related("windows")
        self._orders = {order.pk: order for order in named}
        self._by_person = set(for_person(every).values_list("pk", flat=True))

    def as_planned(self, proposal: Proposal) -> Order:
        """The order, if the plan still fits it."""
        order = self._orders[proposal.order_id]
        if fingerprint(order) != proposal.seen:
            raise Gone("changed")
        if not fits(proposal, order):
            raise Gone("dealt_with")
        if elsewhere(proposal, order):
            raise Gone("elsewhere")
        if order.pk in self._by_person:
            raise Gone("by_person")
        return order


class Turn:
    """Some proposals that are confirmed: their teams, held until the transaction ends, and their orders as of now.

    All of it is asked once for all of them. Teams come in one order, so that no two confirm across each other.
    """

    def __init__(self, proposals: Sequence[Proposal], *, by: Person | None, at: datetime) -> None:
        self.by, self.at = by, at
        self.actor = Standing(by, at) if by else None
        for _pk, team in sorted({one.team_id: one.team for one in proposals if one.team}.items()):
            take_team(team)
        self.now = Now([one.order_id for one in proposals])

    @transaction.atomic
    def confirm(self, proposal: Proposal) -> None:
        if refusal := LIFE.refusal("confirm", self.actor, proposal):
            raise refusal
        if proposal.team is None:
            raise NotNow
        order = self.now.as_planned(proposal)
        if is_over(proposal, order, self.at):
            raise Gone("over")
        if order.state == S.OFFERED:
            self._take_back(order)
        offer = orders.dispatch(order, proposal.team, by=self.by, at=self.at, day=proposal.day)
        LIFE.move("confirm", self.actor, proposal, offer=offer)
        _tell("confirm", proposal, by=self.by, at=self.at)

    def _take_back(self, order: Order) -> None:
        if self.by is None:
            raise NotAllowed(_("Only a person changes a promise."))
        orders.recall(order, by=self.by, at=self.at)

    def confirm_or_overtake(self, proposal: Proposal) -> str:
        """What cannot be any more is marked so, with the words that say why. "" when it is offered.

        What somebody has pinned or changed since the page was shown still can: it stays.
        """
        seen = proposal.version
        try:
            self.confirm(proposal)
        except NotAllowed:
            raise
        except Refused as no:
            proposal.refresh_from_db()
            if proposal.state in {Proposal.State.PROPOSED, Proposal.State.ASKED} and proposal.version == seen:
                LIFE.move("overtake", None, proposal, why=_why(no, proposal))
            return str(no)
        return ""


@transaction.atomic
def confirm_or_overtake(proposal: Proposal, *, by: Person | None, at: datetime) -> str:
    """One of them. "" when it is offered."""
    why = Turn([proposal], by=by, at=at).confirm_or_overtake(proposal)
    finish(proposal.plan, at)
    return why


@transaction.atomic
def ask_back(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """Ask the team that has accepted the order whether it gives it back. It is free to keep it.

    Nobody but that team can take an accepted promise back. Once it has, the resident has been told, and the
    order can be offered as this proposal says.
    """
    actor = Standing(by, at)
    if refusal := LIFE.refusal("ask_back", actor, proposal):
        raise refusal
    order = Now([proposal.order_id]).as_planned(proposal)
    if order.visit is not None and order.visit.start <= at:
        raise NotNow(_("The visit has begun."))
    LIFE.move("ask_back", actor, proposal)
    telling.team(order, "team.asked_back", at)
    _take_in_hand(proposal, at)
    _tell("ask_back", proposal, by=by, at=at)


def _take_in_hand(proposal: Proposal, at: datetime) -> None:
    """Before or after the clock replaces the plan, never meanwhile: it locks the plan."""
    if not Plan.objects.filter(pk=proposal.plan_id, state=Plan.State.MADE).update(looked_at=at):
        raise Gone("newer")


def finish(plan: Plan, at: datetime) -> None:
    """The plan is dealt with when its last proposal is."""
    plan.refresh_from_db(fields=["state", "version"])
    if plan.state == Plan.State.MADE and not plan.proposals.open().exists():
        PLAN_LIFE.move("finish", None, plan, ended_at=at)


def _why(no: Refused, proposal: Proposal) -> dict[str, Any]:
    """Why it cannot be offered, as it is kept: its words are written when it is shown."""
    if isinstance(no, CannotBeAsked):
        return {"code": "team", "barrier": no.barrier.told}
    return {"code": no.code if isinstance(no, Gone) else code_of(no, proposal)}


def _tell(verb: str, proposal: Proposal, *, by: Person | None, at: datetime) -> None:
    """`former` is the team whose promise it is."""
    former = proposal.promise.get("team") if proposal.held else None
    journal.write(verb, proposal.plan, by=by, at=at, order=proposal.order_id, team=proposal.team_id, former=former)
