"""Looking at an order in ways that are counted or written down."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, TooMany
from baixing.kernel.seal import blind, tail
from baixing.orders.models import Order
from baixing.orders.queries.book import audits
from baixing.orders.rules import Standing
from baixing.people.actions.turns import take_try
from baixing.people.models import CodeLimit, Person

WRONG_TRIES = 10  # an hour and address
TRACKING = "track"


@transaction.atomic
def read_journal(order: Order, *, by: Person, at: datetime) -> None:
    """An auditor reads the whole journal of an order; that they did is a line of it."""
    if not audits(order, Standing(by, at)):
        raise NotAllowed
    journal.write("read", order, by=by, at=at)


def track(code: str, four: str, *, address: str, at: datetime) -> Order | None:
    """The order with this code and phone, for somebody who is not signed in. Wrong tries are counted."""
    index = blind(f"{address} {at:%Y%m%d%H}")
    if not take_try(TRACKING, index, tries=WRONG_TRIES):
        raise TooMany(_("Too many wrong tries from here. Please try again in an hour, or call the station."))
    found = Order.objects.filter(code=code, phone_tail=tail(four)).with_nouns().first()
    if found is not None:
        CodeLimit.objects.filter(kind=TRACKING, index=index).update(turn=F("turn") - 1)
    return found
