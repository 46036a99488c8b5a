"""What a station does for people without a phone or an account of their own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.refusals import TooMany
from baixing.kernel.seal import blind, tail
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.orders.actions.placing import Wanted, place
from baixing.orders.models import Order
from baixing.people import actions as people
from baixing.people.actions.turns import take_try
from baixing.people.models import Consent, Person

TRIES = 10  # wrong codes an hour from one address


@transaction.atomic
def place_for(  # noqa: PLR0913 - the fields of the clerk's form
    *,
    phone: str,
    name: str,
    station: Unit,
    address: str,
    item: ServiceItem | None,
    words: str,
    proof: str,
    by: Person,
    at: datetime,
) -> Order:
    """Order on behalf of somebody, who is enrolled when they are new; the consent stands with its proof."""
    found = Person.objects.living().behind(phone).filter(name=name).first()
    resident = found or people.enrol(name, phone, None, at=at, by=by)
    channel = proof if proof in Consent.Channel.values else Consent.Channel.SPOKEN
    people.give_consent(resident, Consent.Kind.PROXY, channel=channel, by=by, at=at)
    wanted = Wanted(
        resident=resident, station=station, item=item, words=words, address=address, phone=phone, proof=proof
    )
    return place(wanted, by=by, at=at)


def track(code: str, four: str, *, address: str, at: datetime) -> Order | None:
    """The order of a slip, for whoever has the code and the last four digits. Each try is counted."""
    if not take_try("track", blind(f"track:{address}:{at:%Y%m%d%H}"), tries=TRIES):
        raise TooMany(_("Too many tries from here. Please wait an hour, or call your station."))
    return Order.objects.with_nouns().filter(code=code, phone_tail=tail(four)).first()
