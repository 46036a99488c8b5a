"""Looking at an order in ways that are counted or written down."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.http import counted_as
from baixing.kernel.refusals import NotAllowed, TooMany
from baixing.kernel.seal import blind, tail
from baixing.notices import actions as notices
from baixing.orders.models import Order
from baixing.orders.queries.book import audits
from baixing.orders.rules import Standing
from baixing.people.actions.turns import take_try
from baixing.people.models import CodeLimit, Person
from baixing.people.rules import operators

log = logging.getLogger(__name__)

WRONG_TRIES = 10  # an hour and address
TRACKING = "track"
CONTACTS, CONTACTS_ALARM = 300, 100  # an hour, a person: more than the longest list of a day
LOOKS = {"search": (120, 2400), "like": (400, 4000)}  # an hour: of one person, and from one address


@transaction.atomic
def read_journal(order: Order, *, by: Person, at: datetime) -> None:
    """An auditor reads the whole journal of an order; that they did is a line of it."""
    if not audits(order, Standing(by, at)):
        raise NotAllowed
    journal.write("read", order, by=by, at=at)


def track(code: str, four: str, *, address: str, at: datetime) -> Order | None:
    """The order with this code and phone, for somebody who is not signed in. Wrong tries are counted."""
    index = blind(f"{counted_as(address)} {at:%Y%m%d%H}")
    if not take_try(TRACKING, index, tries=WRONG_TRIES):
        raise TooMany(_("Too many wrong tries from here. Please try again in an hour, or call the station."))
    found = Order.objects.filter(code=code, phone_tail=tail(four)).with_nouns().first()
    if found is not None:
        CodeLimit.objects.filter(kind=TRACKING, index=index).update(turn=F("turn") - 1)
    return found


def count_look(kind: str, *, by: Person, address: str, at: datetime) -> bool:
    """One more question of this kind; false when this hour has seen too many. A desk of twenty shares one address."""
    whose = (f"{by.pk}", counted_as(address))
    hours = [blind(f"{kind} {one} {at:%Y%m%d%H}") for one in whose]
    return all(take_try(kind, hour, tries=tries) for hour, tries in zip(hours, LOOKS[kind], strict=True))


def count_contact(*, by: Person, at: datetime) -> None:
    """One more contact shown to this person. Who opens very many is noticed, and then stopped."""
    hour = blind(f"contact {by.pk} {at:%Y%m%d%H}")
    if not take_try("contact", hour, tries=CONTACTS):
        raise TooMany(_("You have opened very many contacts within an hour. Please wait, or call the centre."))
    if CodeLimit.objects.filter(kind="contact", index=hour, turn=CONTACTS_ALARM).exists():
        log.warning("Person %s has opened %s contacts within an hour.", by.pk, CONTACTS_ALARM)
        notices.tell(operators(at), "order.many_contacts", at=at, name=by.name, count=CONTACTS_ALARM)
