"""What can be seen of the orders, and by whom. Stated here once."""

from __future__ import annotations

from django.db.models import Q

from baixing.kernel.prepared import prepared
from baixing.network.models import Post
from baixing.network.rules import OFFICERS
from baixing.orders.models import Offer, Order, OrderQuerySet
from baixing.orders.rules import LIFE, Standing
from baixing.teams.models import Team

SHARED = Q(item__shared=True) | Q(item=None, shared=True)
SEE_BELOW = OFFICERS | {Post.Kind.AUDITOR}


def visible(one: Standing) -> OrderQuerySet:
    """Own and wards' orders; those of one's teams from offer on, or open to them; those under one's posts."""
    return _visible(one).with_nouns()


def seen(pk: int, one: Standing) -> Order | None:
    """One of those. Who may see it is asked in few words, and how the whole of it is read is written once."""
    if not _visible(one).filter(pk=pk).exists():
        return None
    return next(iter(_whole(pk)), None)


@prepared
def _whole(pk: int) -> OrderQuerySet:
    return Order.objects.filter(pk=pk).with_nouns()


def _visible(one: Standing) -> OrderQuerySet:
    seen = Q(resident=one.person) | Q(resident__in=one.wards) | Q(placed_by=one.person)
    if one.leads:
        seen |= Q(team__in=one.leads)
    for team in one.teams_led:
        seen |= _open_to(team)
    if one.serves_in:
        seen |= Q(team__in=one.serves_in) & ~Q(state=Order.State.OFFERED)
    for post in one.posts:
        if post.kind in SEE_BELOW:
            seen |= Q(station__path__startswith=post.unit.path)
            seen |= Q(owner__path__startswith=post.unit.path)
            seen |= Q(first_receiver=post.unit) | Q(proposal_to=post.unit)
    return Order.objects.filter(seen)


def _open_to(team: Team) -> Q:
    fits = Q(item__skill__in=team.skills.all(), station__path__startswith=team.area())
    return Q(opened=True, state=Order.State.PENDING) & fits


def followed(one: Standing) -> OrderQuerySet:
    """Orders of others that the person may see the state and dates of, and nothing else."""
    return Order.objects.filter(followers__person=one.person).with_nouns()


def had(pk: int, one: Standing) -> bool:
    """Was this order once with a team that the person leads?"""
    return Offer.objects.filter(order=pk, team__in=one.leads).exists()


def joinable(one: Standing) -> OrderQuerySet:
    """Visits that serve several households and shared wishes, of neighbours, which the person has not joined."""
    starts = next(move.start for move in LIFE if move.verb == "join")
    near = Order.objects.filter(SHARED, station__homes__person=one.person, state__in=starts)
    return near.exclude(resident=one.person).exclude(followers__person=one.person).with_nouns().order_by("placed_at")


def inbox(one: Standing) -> OrderQuerySet:
    """What a leader has to answer, to set a time for, or to serve."""
    states = [Order.State.OFFERED, Order.State.ACCEPTED, Order.State.APPOINTED]
    return Order.objects.filter(team__in=one.leads, state__in=states).with_nouns()
