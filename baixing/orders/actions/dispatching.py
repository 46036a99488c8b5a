"""An order is offered to a team, which is free to say no; or it is open and one team claims it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.orders.actions import telling
from baixing.orders.actions.clock import bounce
from baixing.orders.actions.moving import NO_TEAM, go
from baixing.orders.models import Offer, Order, Reason
from baixing.orders.queries.barriers import CannotBeAsked
from baixing.orders.queries.eligible import fitness
from baixing.orders.queries.persons import wants_person
from baixing.orders.rules import clocks
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.models import Session
from baixing.teams.actions.turns import take_team
from baixing.teams.models import Team

S, ANSWER = Order.State, Offer.State


@transaction.atomic
def dispatch(order: Order, team: Team, *, by: Person | None, at: datetime, day: date | None = None) -> Offer:
    """Offer the order to one team that can serve it. It may decline, and nothing follows.

    `by=None` is the clock, by a plan that a head lets offer by itself; `day` is the one on which the plan keeps room.
    """
    take_team(team)
    if by is None and wants_person(order):
        raise NotAllowed(_("This resident asks that a person chooses the team."))
    _check_fit(order, team, at, day)
    named: dict[str, object] = {"team": team, "handled_by": by} if by else {"team": team}
    go("dispatch", order, named, by=by, at=at, facts={"team": team.pk})
    offer = Offer.objects.create(
        order=order,
        team=team,
        round=order.round,
        offered_by=by,
        offered_at=at,
        due_at=order.due_at or clocks.due(S.OFFERED, order, at=at),
        day=day,
    )
    telling.team(order, "team.offered", at, when=telling.to_be_said(offer.due_at))
    return offer


@transaction.atomic
def open(order: Order, *, by: Person, at: datetime) -> None:
    """Let any team that can serve claim it."""
    go("open", order, {"opened": True}, by=by, at=at)
    telling.opened(order, at)


@transaction.atomic
def claim(order: Order, team: Team, *, by: Person, at: datetime) -> Offer:
    """Take an order that is open to all. Of many who try, one wins; the rest are told."""
    take_team(team)
    if team.leader_id != by.pk:
        raise NotAllowed(_("Only the leader of a team claims for it."))
    _check_fit(order, team, at)
    facts = {"team": team.pk}
    go("claim", order, {"team": team, "opened": False, "accepted_at": at}, by=by, at=at, facts=facts)
    offer = Offer.objects.create(
        order=order,
        team=team,
        round=order.round,
        state=ANSWER.ACCEPTED,
        claimed=True,
        offered_by=by,
        offered_at=at,
        due_at=at,
        answered_at=at,
        answered_by=by,
    )
    telling.resident(order, "order.accepted", at, team=team.name)
    return offer


@transaction.atomic
def accept(order: Order, *, by: Person, at: datetime) -> None:
    """The team takes the order on. From now the contact may be revealed to it."""
    offer = Offer.objects.live().filter(order=order).first()
    if offer is not None and offer.due_at <= at:
        raise NotNow(_("This offer has lapsed. The centre is looking for another team."))
    go("accept", order, {"accepted_at": at, "opened": False}, by=by, at=at)
    _answer(order, ANSWER.ACCEPTED, by, at)
    telling.resident(order, "order.accepted", at, team=order.team.name if order.team else "")


@transaction.atomic
def decline(order: Order, reason: Reason, *, by: Person, at: datetime) -> None:
    """Say no, in one tap. It goes back to the dispatcher and costs the team nothing."""
    team = order.team
    facts = {"reason": reason.code, "team": team.pk if team else None}
    go("decline", order, NO_TEAM, by=by, at=at, facts=facts)
    _answer(order, ANSWER.DECLINED, by, at, reason.code)
    bounce(order, at=at)
    telling.owner(order, "owner.declined", at, team=team.name if team else "")


@transaction.atomic
def lapse_offer(order: Order, *, by: None, at: datetime) -> None:
    """No answer in time: the clock takes the offer back."""
    team = order.team
    go("lapse_offer", order, NO_TEAM, by=by, at=at, facts={"team": team.pk if team else None})
    _answer(order, ANSWER.LAPSED, None, at)
    bounce(order, at=at)
    telling.owner(order, "owner.lapsed", at, team=team.name if team else "")


@transaction.atomic
def recall(order: Order, *, by: Person, at: datetime) -> None:
    """The dispatcher takes an offer back before it is answered."""
    team = order.team
    go("recall", order, NO_TEAM, by=by, at=at, facts={"team": team.pk if team else None})
    _answer(order, ANSWER.RECALLED, by, at)
    if team is not None:
        telling.leader(team, order, "team.recalled", at)


@transaction.atomic
def hand_back(order: Order, reason: Reason, *, words: str, by: Person, at: datetime) -> None:
    """The team cannot after all. The resident gets an apology, the contact is hidden again."""
    team, visit = order.team, order.visit
    facts = {"reason": reason.code, "team": team.pk if team else None}
    go("hand_back", order, NO_TEAM, by=by, at=at, said=words, facts=facts)
    free(order, visit_of=visit, state=ANSWER.HANDED_BACK, by=by, at=at)
    bounce(order, at=at)
    telling.resident(order, "order.handed_back", at)
    telling.owner(order, "owner.handed_back", at, team=team.name if team else "")


def free(
    order: Order,
    *,
    visit_of: Session | None,
    state: Offer.State,
    by: Person | None,
    at: datetime,
) -> None:
    """End the accepted offer and, if there is one still to come, the visit."""
    Offer.objects.filter(order=order, state=ANSWER.ACCEPTED).update(state=state)
    if visit_of is not None and visit_of.state == visit_of.State.OPEN:
        schedule.call_off(visit_of, by=by, at=at)
        telling.forget_visit(order, at)


def _answer(order: Order, state: Offer.State, by: Person | None, at: datetime, reason: str = "") -> None:
    Offer.objects.live().filter(order=order).update(state=state, answered_at=at, answered_by=by, reason=reason)


def _check_fit(order: Order, team: Team, at: datetime, day: date | None = None) -> None:
    found = fitness(order, team, at.astimezone(LOCAL).date(), day)
    if found.barriers:
        raise CannotBeAsked(team.name, found.barriers[0])
