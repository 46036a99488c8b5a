"""Stars are a volunteer's own choice; how many hours they ask for is the city's."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.hours.models import Record, StarLevel
from baixing.hours.rules.levels import keeps_levels
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.people.models import Person
from baixing.teams.models import Volunteer

DATA = files("baixing.hours") / "data"


@transaction.atomic
def choose_stars(volunteer: Volunteer, *, on: bool, by: Person, at: datetime) -> None:
    """Whether one's own page shows a star. Nobody else's page ever does."""
    if volunteer.person_id != by.pk:
        raise NotAllowed
    record, _made = Record.objects.get_or_create(volunteer=volunteer)
    Record.objects.filter(pk=record.pk).update(stars=on)
    journal.write("choose_stars", record, by=by, at=at, on=on)


@transaction.atomic
def change_level(
    level: StarLevel, facts: Mapping[str, str | int], *, version: int | None, by: Person, at: datetime
) -> None:
    if not keeps_levels(by, at):
        raise NotAllowed(_("Only the head of the city centre sets the star levels."))
    if version is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    hours = int(facts["hours"])
    beside = StarLevel.objects.exclude(pk=level.pk)
    if any((other.stars < level.stars) == (other.hours >= hours) for other in beside):
        raise Unfit(_("A higher level asks for more hours than a lower one."), field="hours")
    changed = StarLevel.objects.filter(pk=level.pk, version=version).update(**facts, version=version + 1)
    if not changed:
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    journal.write("change_level", level, by=by, at=at, hours=hours)


@transaction.atomic
def load_levels() -> None:
    """The five levels of the package, where a city has none yet."""
    if not StarLevel.objects.exists():
        rows = tomllib.loads((DATA / "levels.toml").read_text("utf-8"))["level"]
        StarLevel.objects.bulk_create(StarLevel(**row) for row in rows)
