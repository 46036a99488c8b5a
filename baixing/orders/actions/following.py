"""Others who may see how an order goes: family whom the resident names, neighbours who join."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.network.models import Home
from baixing.orders.actions.moving import go
from baixing.orders.models import Follower, Order
from baixing.orders.rules import Standing, actors
from baixing.people.models import Person
from baixing.people.queries import known_as


@transaction.atomic
def let_follow(order: Order, *, name: str, phone: str, by: Person, at: datetime) -> None:
    """Let somebody follow who is named as the family knows them."""
    follower = known_as(name, phone)
    if follower is None:
        nobody = _("Nobody with this name and number is here. Ask them to sign in once, then try again.")
        raise Unfit(nobody, field="phone")
    follow(order, follower, by=by, at=at)


@transaction.atomic
def follow(order: Order, follower: Person, *, by: Person, at: datetime) -> None:
    """Let somebody of the family see how it goes. Only the resident's own word lets them."""
    if follower.pk == order.resident_id:
        raise Unfit(_("This is your own order."), field="phone")
    go("follow", order, by=by, at=at, facts={"follower": follower.pk})
    Follower.objects.get_or_create(order=order, person=follower, defaults={"kind": Follower.Kind.FAMILY, "at": at})


@transaction.atomic
def join(order: Order, *, by: Person, at: datetime) -> None:
    """A neighbour wants the same visit: they see the state and the dates, nothing else."""
    if by.pk == order.resident_id:
        raise Unfit(_("This is your own order."))
    if not Home.objects.filter(person=by, station=order.station).exists():
        raise NotAllowed(_("Only people of the same village may join."))
    go("join", order, by=by, at=at)
    Follower.objects.get_or_create(order=order, person=by, defaults={"kind": Follower.Kind.NEIGHBOUR, "at": at})


@transaction.atomic
def unfollow(follower: Follower, *, by: Person, at: datetime) -> None:
    """The resident's word holds until they take it back; whoever follows may stop at any time."""
    order = follower.order
    if by.pk != follower.person_id and not actors.for_resident(Standing(by, at), order):
        raise NotAllowed
    Follower.objects.filter(pk=follower.pk).delete()
    journal.write("unfollow", order, by=by, at=at, follower=follower.person_id)
