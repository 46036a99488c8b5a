"""One of each kind of thing that an address of campaigns names; and many of what its pages list."""

from __future__ import annotations

import secrets
from datetime import date

from baixing.network.models import Unit
from baixing.programme.models import Campaign, Pledge, Tally
from tests.access.held import copies
from tests.programme.matters import campaign, told
from tests.town import NINE, Town


def things(town: Town) -> dict[str, int | str]:
    """A campaign of the county that runs, in which the village has counted, and one that is a draft."""
    runs = campaign(town)
    return {"campaign": runs.pk, "draft_campaign": campaign(town, draft=True).pk, "tally": told(town, runs).pk}


def grow(town: Town, near: dict[str, int | str], by: int) -> None:
    """More campaigns and promises; more units that count, each with one that is confirmed and one that waits."""
    runs = Campaign.objects.get(pk=near["campaign"])
    Campaign.objects.bulk_create(copies(runs, by))
    Pledge.objects.bulk_create(
        Pledge(campaign=runs, kind="person", holder=secrets.token_hex(8), at=NINE) for _ in range(by)
    )
    units = Unit.objects.within(town.institute).tier(1).order_by("-pk")[:by]
    told_by = {"campaign": runs, "number": 2, "told_by": town.zhou, "told_at": NINE}
    decided = {"state": "confirmed", "decided_by": town.wu, "decided_at": NINE}
    Tally.objects.bulk_create(Tally(unit=unit, month=date(2026, 2, 1), **told_by, **decided) for unit in units)
    Tally.objects.bulk_create(Tally(unit=unit, month=date(2026, 3, 1), **told_by) for unit in units)
