"""Series, tours and activity lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow, Overtaken, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.programme.models import Activity, ActivityList, Listed, Series
from baixing.programme.rules import LIST_LIFE, Standing, check_keeper


@dataclass(frozen=True)
class Promise:
    """So many sessions from a day to a day. `facts` are plain columns of a list."""

    first: date
    last: date
    target: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def add_series(unit: Unit, facts: Mapping[str, Any], *, by: Person, at: datetime) -> Series:
    check_keeper(Standing(by, at), unit)
    series = Series.objects.create(unit=unit, made_by=by, made_at=at, **facts)
    journal.write("add_series", series, by=by, at=at, unit=unit.pk)
    return series


@transaction.atomic
def change_series(series: Series, facts: Mapping[str, Any], *, version: int | None, by: Person, at: datetime) -> None:
    check_keeper(Standing(by, at), series.unit)
    if version is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    unmoved = Series.objects.filter(pk=series.pk, version=version)
    if not unmoved.update(version=F("version") + 1, **facts):
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    series.refresh_from_db()
    journal.write("change_series", series, by=by, at=at)


@transaction.atomic
def add_list(unit: Unit, promise: Promise, *, by: Person, at: datetime) -> ActivityList:
    """A draft, until everybody may hold the unit to it."""
    check_keeper(Standing(by, at), unit)
    made = ActivityList(unit=unit, made_by=by, made_at=at, **_columns(promise))
    made.save(force_insert=True)
    journal.write("add_list", made, by=by, at=at, unit=unit.pk)
    return made


@transaction.atomic
def change_list(found: ActivityList, promise: Promise, *, by: Person, at: datetime) -> None:
    """What is promised is changed in the open: the journal keeps the target of before."""
    before = found.target
    LIST_LIFE.check("change_list", Standing(by, at), found)
    found.step(found.state, **_columns(promise))
    journal.write("change_list", found, by=by, at=at, before=before, target=promise.target)


@transaction.atomic
def enter(found: ActivityList, activity: Activity, *, by: Person, at: datetime) -> None:
    """Put an activity of the unit, or of one below it, on the list."""
    if not found.unit.covers(activity.unit):
        raise Unfit(_("This activity is not put on by the unit or by one below it."), field="activity")
    if found.listed.filter(activity=activity).exists():
        raise NotNow(_("This activity stands on the list already."))
    LIST_LIFE.move("enter", Standing(by, at), found)
    Listed.objects.create(on=found, activity=activity)
    journal.write("enter", found, by=by, at=at, activity=activity.pk)


@transaction.atomic
def strike(found: ActivityList, activity: Activity, *, by: Person, at: datetime) -> None:
    LIST_LIFE.move("strike", Standing(by, at), found)
    if not found.listed.filter(activity=activity).delete()[0]:
        raise NotNow(_("This activity is off the list already."))
    journal.write("strike", found, by=by, at=at, activity=activity.pk)


@transaction.atomic
def publish_list(found: ActivityList, *, by: Person, at: datetime) -> None:
    LIST_LIFE.move("publish_list", Standing(by, at), found)
    journal.write("publish_list", found, by=by, at=at, target=found.target)


@transaction.atomic
def close_list(found: ActivityList, *, by: Person, at: datetime) -> None:
    LIST_LIFE.move("close_list", Standing(by, at), found)
    journal.write("close_list", found, by=by, at=at)


def _columns(promise: Promise) -> dict[str, Any]:
    if promise.last < promise.first:
        raise Unfit(_("The last day is before the first."), field="last")
    return {**promise.facts, "first": promise.first, "last": promise.last, "target": promise.target}
