"""A plan is asked for; a head decides how plans weigh, and whether they offer by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from baixing.dispatching.models import Automatic, Plan, Policy, Proposal
from baixing.dispatching.queries.apart import waiting
from baixing.dispatching.queries.hands import held
from baixing.dispatching.queries.policies import weights_of
from baixing.dispatching.rules import check_dispatching, check_head, check_policy
from baixing.dispatching.rules.weights import HORIZON, fault
from baixing.journal import actions as journal
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.network.models import Unit
from baixing.orders.queries.persons import for_plans
from baixing.orders.rules import Standing
from baixing.people.models import Person

PROPOSALS_KEPT: Final = timedelta(days=90)  # after their plan: nobody asks any more why a team was not proposed
LOOKED: Final = timedelta(minutes=5)  # written no oftener
ANEW: Final = timedelta(minutes=30)  # as often a unit that dispatches by itself looks whether something waits


@transaction.atomic
def ask(unit: Unit, *, by: Person | None, at: datetime, moves: bool = False) -> Plan:
    """A plan for the worker to make. Whoever asks while one is being made gets that one. `by=None` is the clock.

    With `moves` it may propose to change what teams have promised and not begun. What the clock has asked for is
    theirs as soon as a person asks, so that nothing of it is offered by itself.
    """
    if by is not None:
        check_dispatching(Standing(by, at), unit)
    being_made = Plan.objects.filter(unit=unit, state=Plan.State.ASKED)
    if found := being_made.first():
        if by is not None and being_made.filter(pk=found.pk, by=None).update(by=by):
            journal.write("ask", found, by=by, at=at, unit=unit.pk, moves=found.moves)
        return found
    try:
        with transaction.atomic():
            plan = Plan.objects.create(unit=unit, by=by, at=at, days=HORIZON, moves=moves, policy=weights_of(unit))
    except IntegrityError:  # somebody has asked at the same moment
        return being_made.get()
    journal.write("ask", plan, by=by, at=at, unit=unit.pk, moves=moves)
    return plan


def ask_where_automatic(*, at: datetime) -> int:
    """For each unit that dispatches by itself and where something waits: a plan, half an hour after the last."""
    asked = 0
    for one in Automatic.objects.filter(on=True).select_related("unit"):
        recent = Plan.objects.filter(unit=one.unit, at__gt=at - ANEW, by=None)
        if not recent.exists() and _waits(one.unit, at):
            ask(one.unit, by=None, at=at)
            asked += 1
    return asked


@transaction.atomic
def forget_plans(*, at: datetime) -> int:
    """What was only proposed by plans that ended long ago, and their proofs; how many proposals. Offers stay."""
    ended = Plan.objects.filter(ended_at__lt=at - PROPOSALS_KEPT)
    ended.exclude(certificate=b"").update(certificate=b"", coverage={})
    return Proposal.objects.filter(plan__in=ended, offer=None).delete()[0]


@transaction.atomic
def switch(unit: Unit, *, on: bool, version: int | None, by: Person, at: datetime) -> None:
    """Let the plans of this unit offer by themselves, or no more."""
    check_head(Standing(by, at), unit)
    found, made = Automatic.objects.get_or_create(unit=unit, defaults={"on": on, "by": by, "at": at})
    if not made:
        seen = Automatic.objects.filter(pk=found.pk, version=version or 0)
        if not seen.update(on=on, by=by, at=at, version=F("version") + 1):
            raise Overtaken
    journal.write("switch", unit, by=by, at=at, automatic=on)


@transaction.atomic
def set_policy(said: Mapping[str, int], *, version: int, by: Person, at: datetime) -> None:
    """How plans weigh from now on, in the whole city. `version` 0: as it was installed."""
    one = Standing(by, at)
    check_policy(one)
    if wrong := fault(said):
        raise Unfit(_("This is out of bounds."), field=wrong)
    top = next(post.unit for post in one.posts if post.unit.parent_id is None)
    if version == 0:
        found, made = Policy.objects.get_or_create(unit=top, defaults=dict(said))
        if not made:
            raise Overtaken
    else:
        found = Policy.objects.filter(unit=top).first() or Policy(unit=top)
        if not Policy.objects.filter(pk=found.pk, version=version).update(**said, version=F("version") + 1):
            raise Overtaken
    journal.write("set_policy", found, by=by, at=at, **said)  # type: ignore[arg-type]  # none is called words


@transaction.atomic
def look_at(plan: Plan, *, at: datetime) -> None:
    """A dispatcher has a plan by the clock before them: it is not taken away while they look."""
    made = Plan.objects.filter(pk=plan.pk, state=Plan.State.MADE)
    made.filter(Q(looked_at=None) | Q(looked_at__lt=at - LOOKED)).update(looked_at=at)


def _waits(unit: Unit, at: datetime) -> bool:
    """What nobody has in hand."""
    return for_plans(waiting(unit)).exclude(pk__in=held(at).values("order")).exists()
