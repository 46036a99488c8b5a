"""What came of it: a rating, a dispute, another round, or silence."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.orders.actions import telling
from baixing.orders.actions.dispatching import free
from baixing.orders.actions.moving import NO_TEAM, go, next_above
from baixing.orders.models import Offer, Order, Rating
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.teams.models import Membership, Team

S, F = Order.State, Rating.Face


@transaction.atomic
def rate(
    order: Order,
    *,
    face: str,
    solved: bool | None,
    words: str,
    by: Person,
    at: datetime,
    proof: str = "",
) -> Rating:
    """One rating a round, by the resident; taken by staff only with proof, and counted apart.

    A bad one is heard one tier up; a good or fair one closes the order.
    """
    own = Standing(by, at).answers_for(order.resident)
    _check_rater(order, by)
    if not own and not proof:
        raise Unfit(_("Say how you know what the resident thinks."), field="proof")
    end = S.DISPUTED if face == F.BAD else S.CLOSED
    facts = {"face": face, "solved": solved, "on_behalf": not own, "round": order.round}
    go("rate", order, {"solved": solved, **_heard(order, end, at)}, by=by, at=at, end=end, said=words, facts=facts)
    telling.forget_reminders(order, at)
    guarded = Order.Proof.GUARDIAN if own and by.pk != order.resident_id else proof
    rating = Rating.objects.create(
        order=order,
        round=order.round,
        visit=order.visit,
        face=face,
        solved=solved,
        words=words,
        by=by,
        resident=order.resident,
        proof="" if by.pk == order.resident_id else guarded,
        at=at,
    )
    if end == S.DISPUTED:
        telling.owner(order, "owner.disputed", at)
    else:
        Offer.objects.filter(order=order, state=Offer.State.ACCEPTED).update(state=Offer.State.ENDED)
    return rating


@transaction.atomic
def dispute(order: Order, *, words: str, by: Person, at: datetime) -> None:
    """The resident is not content: the tier above looks at it."""
    if not words.strip():
        raise Unfit(_("Tell us in a few words what went wrong."), field="words")
    go("dispute", order, _heard(order, S.DISPUTED, at), by=by, at=at, said=words)
    telling.forget_reminders(order, at)
    telling.owner(order, "owner.disputed", at)


@transaction.atomic
def redo(order: Order, *, words: str, by: Person, at: datetime) -> None:
    """Serve it again, in a new round, by default by another team."""
    go("redo", order, {"round": order.round + 1, "bounces": 0, **NO_TEAM}, by=by, at=at, said=words)
    free(order, visit_of=None, state=Offer.State.ENDED, by=by, at=at)
    telling.resident(order, "order.redo", at)


@transaction.atomic
def uphold(order: Order, *, words: str, by: Person, at: datetime) -> None:
    """Close it as it is, with a written reason."""
    if not words.strip():
        raise Unfit(_("Write the reason: the resident will read it."), field="words")
    go("uphold", order, by=by, at=at, said=words)
    free(order, visit_of=None, state=Offer.State.ENDED, by=by, at=at)
    telling.resident(order, "order.upheld", at)


@transaction.atomic
def close(order: Order, *, by: None, at: datetime) -> None:
    """Seven days of silence: closed, and the rating stays empty."""
    go("close", order, by=by, at=at)
    free(order, visit_of=None, state=Offer.State.ENDED, by=by, at=at)
    telling.forget_reminders(order, at)


def _heard(order: Order, end: str, at: datetime) -> dict[str, object]:
    """A dispute is owned one tier up; at the top another officer decides."""
    above = next_above(order.owner, at) if end == S.DISPUTED else None
    return {"owner": above, "bounces": 0} if above else {}


def _check_rater(order: Order, by: Person) -> None:
    if order.team is None:
        return
    for person in (by, order.resident):
        if _in_team(person, order.team):
            raise NotAllowed(_("A member of the team cannot rate its service."))


def _in_team(person: Person, team: Team) -> bool:
    members = Membership.objects.members().filter(team=team, person=person)
    return team.leader_id == person.pk or members.exists()
