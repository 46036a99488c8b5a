"""The visit: a time is set, somebody comes, or nobody meets; it is served."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.orders.actions import telling
from baixing.orders.actions.dispatching import free
from baixing.orders.actions.moving import NO_TEAM, go
from baixing.orders.actions.reading import count_contact
from baixing.orders.models import CallBack, Offer, Order
from baixing.orders.rules import Standing, actors
from baixing.orders.rules.guards import is_long_served
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Slot
from baixing.schedule.models import Session
from baixing.teams.models import Membership

LONGEST_VISIT = timedelta(hours=10)
S = Order.State


@transaction.atomic
def appoint(order: Order, slot: Slot, *, volunteers: Sequence[Person], by: Person, at: datetime) -> Session:
    """Set the visit inside one of the resident's windows, or move it there."""
    team, old = order.team, order.visit
    if team is None:
        raise NotNow(_("No team has this order."))
    _check_slot(order, slot, at)
    _check_volunteers(order, volunteers)
    if old is not None:
        schedule.call_off(old, by=by, at=at)
    title = order.item.name if order.item else _("Visit")
    visit = schedule.plan_visit(team, slot, title=title, unit=order.station, volunteers=volunteers, by=by, at=at)
    go("appoint", order, {"visit": visit}, by=by, at=at, end=S.APPOINTED, facts={"visit": visit.pk})
    telling.appointed(order, visit, volunteers, at, moved=old is not None)
    return visit


@transaction.atomic
def miss(order: Order, *, absent: str, words: str, by: Person, at: datetime) -> None:
    """Nobody met. `absent` is "team" (a new team is sought) or "resident" (a new time is set)."""
    visit, team = order.visit, order.team
    if visit is None or at < visit.start:
        raise NotNow(_("The visit has not begun yet."))
    if absent == "team":
        facts = {"absent": absent, "team": team.pk if team else None}
        go("miss", order, NO_TEAM, by=by, at=at, end=S.PENDING, said=words, facts=facts)
        free(order, visit_of=visit, state=Offer.State.ENDED, by=by, at=at)
        telling.resident(order, "order.missed", at)
        telling.owner(order, "owner.missed", at, team=team.name if team else "")
        return
    out = {"absences": order.absences + 1, "visit": None}
    go("miss", order, out, by=by, at=at, end=S.ACCEPTED, said=words, facts={"absent": absent})
    if visit.state == visit.State.OPEN:
        schedule.call_off(visit, by=by, at=at)
    telling.forget_visit(order, at)
    telling.resident(order, "order.was_out", at)


@transaction.atomic
def serve(order: Order, *, result: str, came: Collection[Person], by: Person, at: datetime) -> None:
    """It is done: what was done, in words, and who of the volunteers came."""
    visit = order.visit
    if not result.strip():
        raise Unfit(_("Please write what was done, in a few words."), field="result")
    if visit is not None and at < visit.start:
        raise NotNow(_("The visit has not begun yet."))
    go("serve", order, {"result": result, "served_at": at}, by=by, at=at, said=result)
    if visit is not None:
        schedule.close_attendance(visit, came=came, by=by, at=at)
    CallBack.objects.filter(order=order, done_at=None).update(done_at=at, done_by=by, outcome=CallBack.Outcome.SERVED)
    telling.served(order, at)


@transaction.atomic
def reveal(order: Order, *, by: Person, at: datetime) -> None:
    """Show the contact. Each look is a line of the journal, and the resident may read it.

    The team sees it from acceptance to a day after the service, as LIVES says; the owner,
    who has to call people without a phone of their own account, as long as the order lives.
    """
    if is_long_served(order, at):
        raise NotNow(_("This order ended more than a day ago. The contact is hidden now."))
    go("reveal", order, by=by, at=at)
    count_contact(by=by, at=at)


@transaction.atomic
def print_visits(orders: Sequence[Order], *, by: Person, at: datetime) -> None:
    """Put contacts on paper: printing a list reveals each one."""
    for order in orders:
        reveal(order, by=by, at=at)


@transaction.atomic
def alarm(order: Order, *, words: str, by: Person, at: datetime) -> None:
    """Something is wrong at the place or with a person: the centre is told at once."""
    if not words.strip():
        raise Unfit(_("Say in a few words what happened."), field="words")
    go("alarm", order, by=by, at=at, said=words)
    telling.alarm(order, at)


@transaction.atomic
def call(order: Order, *, by: None, at: datetime) -> None:
    """Two hours after the end nobody has said how the visit went: somebody has to ring."""
    due = at + timedelta(days=1)
    go("call", order, {"due_at": due}, by=by, at=at)
    if order.visit is not None:
        CallBack.objects.get_or_create(visit=order.visit, defaults={"order": order, "asked_at": at})
    telling.owner(order, "owner.call", at)


@transaction.atomic
def close_call(callback: CallBack, *, outcome: str, by: Person, at: datetime) -> None:
    """Write down what the call told. Nobody picked up: the task stays open for another try."""
    order = callback.order
    if not actors.owner(Standing(by, at), order):
        raise NotAllowed
    if outcome == CallBack.Outcome.NO_ANSWER:
        return
    if not CallBack.objects.filter(pk=callback.pk, done_at=None).update(done_at=at, done_by=by, outcome=outcome):
        raise NotNow(_("Somebody has made this call already."))
    if outcome == CallBack.Outcome.TEAM_ABSENT:
        miss(order, absent="team", words="", by=by, at=at)
    elif outcome == CallBack.Outcome.RESIDENT_ABSENT:
        miss(order, absent="resident", words="", by=by, at=at)


def _check_slot(order: Order, slot: Slot, at: datetime) -> None:
    if slot.end <= slot.start or slot.end - slot.start > LONGEST_VISIT:
        raise Unfit(_("A visit ends after it starts, on the same day."), field="start")
    if slot.start <= at:
        raise Unfit(_("Choose a time that is still to come."), field="start")
    windows = list(order.windows.all())
    fits = any(w.start <= slot.start and slot.end <= w.end for w in windows)
    if windows and not fits:
        raise Unfit(_("The resident is not at home then. Choose a time they gave."), field="start")


def _check_volunteers(order: Order, volunteers: Sequence[Person]) -> None:
    team = order.team
    if not volunteers:
        raise Unfit(_("Say who goes."), field="volunteers")
    members = Membership.objects.members().filter(team=team).values_list("person_id", flat=True)
    if team is None or not {v.pk for v in volunteers} <= {team.leader_id, *members}:
        raise Unfit(_("Only members of the team can go."), field="volunteers")
    if len({v.pk for v in volunteers}) < order.people_needed:
        words = _("Two people go together to a child or to an elder who lives alone.")
        more = _("This service needs %(people)d people.") % {"people": order.people_needed}
        raise Unfit(words if order.two_needed else more, field="volunteers")
