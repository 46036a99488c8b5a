"""Campaigns of the small town: plain weddings in the whole county."""

from __future__ import annotations

from datetime import date
from typing import Any

from baixing.programme import actions
from baixing.programme.actions import Aim, Counted
from baixing.programme.models import Campaign, Tally
from tests.town import NINE, Town

FEBRUARY, MARCH = date(2026, 2, 1), date(2026, 3, 1)
SAID = {"title": "婚事简办", "promise": "办事不比阔，份子不过百", "counted": "简办的婚事", "measure": "件"}


def aim(**facts: Any) -> Aim:  # noqa: ANN401 - any columns of a campaign
    return Aim(date(2026, 2, 1), date(2026, 6, 30), {**SAID, **facts})


def campaign(town: Town, *, draft: bool = False, **facts: Any) -> Campaign:  # noqa: ANN401
    made = actions.add_campaign(town.county, aim(**facts), by=town.he, at=NINE)
    if not draft:
        actions.publish_campaign(made, by=town.he, at=NINE)
    return made


def told(town: Town, of: Campaign, number: int = 3, month: date = FEBRUARY) -> Tally:
    """What the village has counted."""
    return actions.tell_tally(of, town.station, Counted(month, number, "村务台账"), by=town.zhou, at=NINE)


def confirmed(town: Town, of: Campaign, number: int = 3, month: date = FEBRUARY) -> Tally:
    tally = told(town, of, number, month)
    actions.confirm_tally(tally, by=town.wu, at=NINE)
    return tally
