"""Where people live."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.network.models import Home, Unit
from baixing.network.rules import keeps_home
from baixing.people.models import Person


@transaction.atomic
def set_home(person: Person, station: Unit, address: str, *, alone: bool, by: Person, at: datetime) -> Home:
    """Say which village a person lives in. The journal names the village, never the address."""
    if not keeps_home(by, person, station, at):
        raise NotAllowed
    if station.tier != 1:
        raise Unfit(_("Choose a village or community."), field="station")
    home, _made = Home.objects.update_or_create(
        person=person, defaults={"station": station, "address": address, "alone": alone}
    )
    journal.write("set_home", home, by=by, at=at, station=station.pk)
    return home
