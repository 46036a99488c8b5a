"""What a city asks of its units in a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed
from baixing.people.models import Person
from baixing.programme.models import Quota
from baixing.programme.rules import edits_programme

Cell = tuple[int, int]  # the tier, the platform's key


@transaction.atomic
def set_quotas(wanted: Mapping[Cell, int], *, by: Person, at: datetime) -> None:
    """All of them at once; nothing asked is no row. Each that changes leaves a line with what it was."""
    if not edits_programme(by, at):
        raise NotAllowed(_("Only the editors of the city centre set what is asked of units."))
    there = {(row.tier, row.platform_id): row for row in Quota.objects.all()}
    for (tier, platform), least in wanted.items():
        row = there.get((tier, platform)) or Quota(tier=tier, platform_id=platform, least=0)
        if least != row.least:
            _set(row, least, by, at)


def _set(row: Quota, least: int, by: Person, at: datetime) -> None:
    before, row.least = row.least, least
    if not before:
        row.save(force_insert=True)
    journal.write("set_quota", row, by=by, at=at, tier=row.tier, platform=row.platform_id, before=before, least=least)
    if not least:
        row.delete()
    elif before:
        row.save(update_fields=["least"])
