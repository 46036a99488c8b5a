"""When an account is deleted, or an order ended long ago: words and addresses go, the accounts of service stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.notices import actions as notices
from baixing.orders.models import Follower, Order, Rating
from baixing.people.models import Person

AT_ONCE = 200  # orders emptied in one transaction
AT_MOST = 10  # transactions in one pass; the next pass goes on


@transaction.atomic
def forget_resident(person: Person, *, at: datetime) -> None:
    """Empty the words, addresses and numbers of all their orders, which have all ended by now."""
    _empty(list(Order.objects.filter(resident=person)), at)
    Rating.objects.filter(resident=person).update(words="")
    Follower.objects.filter(person=person).delete()


def forget_ended(before: datetime, *, at: datetime) -> int:
    """Empty the orders that ended before this moment, some at a time; how many. None is left when it answers 0."""
    return sum(_forget_some(before, at) for _pass in range(AT_MOST))


@transaction.atomic
def _forget_some(before: datetime, at: datetime) -> int:
    ended = Order.objects.filter(ended_at__lt=before)
    rated = Rating.objects.filter(order__in=ended).exclude(words="").values("order")
    full = ended.exclude(words="", address="", phone="", phone_tail="", result="", speech="") | ended.filter(
        pk__in=rated
    )
    orders = list(full.order_by("pk")[:AT_ONCE])
    _empty(orders, at)
    return len(orders)


def _empty(orders: Sequence[Order], at: datetime) -> None:
    keys = [order.pk for order in orders]
    journal.erase_words_of(orders, at=at)
    notices.erase_words_of([name_of(order) for order in orders], at=at)
    Order.objects.filter(pk__in=keys).update(words="", address="", phone="", phone_tail="", result="", speech="")
    Rating.objects.filter(order__in=keys).update(words="")
