"""When somebody deletes their account: what they wrote and where they live go, the accounts of service stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.notices import actions as notices
from baixing.orders.models import Follower, Order, Rating
from baixing.people.models import Person


@transaction.atomic
def forget_resident(person: Person, *, at: datetime) -> None:
    """Empty the words, addresses and numbers of all their orders, which have all ended by now."""
    orders = Order.objects.filter(resident=person)
    for order in orders:
        journal.erase_words(order, at=at)
        notices.erase_words(name_of(order), at=at)
    orders.update(words="", address="", phone="", phone_tail="", result="")
    Rating.objects.filter(resident=person).update(words="")
    Follower.objects.filter(person=person).delete()
