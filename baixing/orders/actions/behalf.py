"""Staff place an order for somebody who rang or came by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotAllowed
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.network.rules import OFFICERS
from baixing.orders.actions.placing import Wanted, place
from baixing.orders.models import Order
from baixing.orders.rules import Standing
from baixing.people.actions import enrol, give_consent
from baixing.people.models import Consent, Person


@dataclass(frozen=True)
class Told:
    """What staff write down of somebody who rang or came by."""

    name: str
    phone: str
    village: Unit
    item: ServiceItem | None
    words: str
    address: str
    proof: str
    speech: str = ""  # "": nothing was said of it


@transaction.atomic
def place_for(told: Told, *, by: Person, at: datetime) -> Order:
    """Find the resident behind the phone, or enrol them with the consent they gave, and order."""
    if not Standing(by, at).holds_over(OFFICERS, told.village):
        raise NotAllowed(_("Only staff of this village's units may order on behalf."))
    known = Person.objects.living().behind(told.phone).filter(name=told.name).first()
    resident = known or enrol(told.name, told.phone, None, at=at, by=by)
    if resident.pk != by.pk:
        give_consent(resident, Consent.Kind.PROXY, channel=told.proof, by=by, at=at)
    wanted = Wanted(resident=resident, station=told.village, item=told.item, words=told.words, proof=told.proof)
    said = replace(wanted, address=told.address, phone=told.phone, speech=told.speech or None)
    return place(said, by=by, at=at)
