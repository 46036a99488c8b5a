"""Plans that people have in hand: the clock takes none of them away, and plans nothing that they hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from baixing.dispatching.models import Plan, PlanQuerySet, Proposal, ProposalQuerySet
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit

OPENED: Final = timedelta(minutes=30)  # so long a plan is in hand that somebody has only looked at


def in_hand(at: datetime) -> PlanQuerySet:
    """What a person has asked for, pinned or changed, as long as something of it can still be offered; and what a
    dispatcher has before them.
    """
    own = _open(at).filter(plan=OuterRef("pk"))
    touched = own.filter(Q(pinned=True) | Q(changed=True) | Q(state=Proposal.State.ASKED))
    someone = Q(Exists(own)) & (Q(by__isnull=False) | Q(looked_at__gt=at - OPENED))
    return Plan.objects.filter(Q(state=Plan.State.MADE) & (someone | Q(Exists(touched))))


def held(at: datetime) -> ProposalQuerySet:
    """What these plans still propose."""
    return _open(at).filter(plan__in=in_hand(at).values("pk"))


def shown(unit: Unit, at: datetime) -> Plan | None:
    """The last plan of the unit; while somebody has one in hand, none by the clock in its stead."""
    every = Plan.objects.filter(unit=unit).select_related("unit", "by").order_by("-pk")
    last = every.first()
    if last is None or last.by_id is not None:
        return last
    return every.filter(pk__in=in_hand(at).values("pk")).first() or last


def _open(at: datetime) -> ProposalQuerySet:
    """Whose day is not over."""
    return Proposal.objects.open().filter(day__gte=at.astimezone(LOCAL).date())
