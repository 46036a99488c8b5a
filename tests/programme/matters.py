"""Campaigns of the small town: plain weddings in the whole county."""

from __future__ import annotations

from datetime import date
from typing import Any

from baixing.network.actions import add_unit
from baixing.network.models import Post, Unit
from baixing.programme import actions
from baixing.programme.actions import Aim, Counted, Idea
from baixing.programme.models import Campaign, Organiser, Remembrance, Tally
from tests.town import DAY, NINE, Town

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
    actions.confirm_tally(tally, by=town.he, at=NINE)
    return tally


def asked_by_the_village(town: Town, kind: str = "supporter", unit: Unit | None = None) -> Organiser:
    """The township, or another unit, is asked to put on what the village plans."""
    idea = Idea({"title": "春耕集市"}, [(kind, unit or town.institute)])
    return actions.plan_activity(town.station, idea, by=town.zhou, at=NINE).organisers.select_related("unit").get()


def remembrance(town: Town, *, draft: bool = False) -> Remembrance:
    """Of the village."""
    facts = {"title": "清明祭英烈", "words": "村后的烈士墓里埋着三位没有留下姓名的战士。"}
    made = actions.add_remembrance(town.station, facts, by=town.zhou, at=NINE)
    if not draft:
        actions.publish_remembrance(made, by=town.zhou, at=NINE)
    return made


def hospital(town: Town) -> Unit:
    """A member unit of the county centre, which wei works for: nobody in the village or the township is above it."""
    made = add_unit(Unit.Kind.MEMBER, "东区医院", town.county, by=None, at=NINE)
    Post.objects.create(person=town.wei, unit=made, kind=Post.Kind.STAFF, since=NINE - DAY)
    return made
