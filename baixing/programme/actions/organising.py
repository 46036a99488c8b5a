"""Units that put an activity on together: they are asked, they answer, and they hear of what changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import Unfit
from baixing.network.models import Unit
from baixing.network.queries import holders
from baixing.network.rules import IN_CHARGE
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.programme.models import Activity, Organiser
from baixing.programme.rules import PART_LIFE, Standing
from baixing.schedule.models import Session

MOST_ORGANISERS = 20
N = Organiser.State


def set_organisers(activity: Activity, together: Sequence[tuple[str, Unit]], *, by: Person, at: datetime) -> None:
    """Who stays as they were named keeps their answer; who is new, or is named for something else, is asked."""
    _check(activity, [unit for _kind, unit in together])
    wanted = {unit.pk: kind for kind, unit in together}
    there = {row.unit_id: row for row in activity.organisers.select_related("unit")}
    gone = [row for key, row in there.items() if wanted.get(key) != row.kind]
    new = [(kind, unit) for kind, unit in together if unit.pk not in there or there[unit.pk].kind != kind]
    activity.organisers.filter(pk__in=[row.pk for row in gone]).delete()
    one = Standing(by, at)
    made = [Organiser(activity=activity, unit=unit, kind=kind, state=_begun(one, unit)) for kind, unit in new]
    Organiser.objects.bulk_create(made)
    activity.__dict__.pop("_prefetched_objects_cache", None)
    for row in made:
        tell([row], f"activity.named_{row.kind}", by=by, at=at, host=activity.unit.short)
    named_still = {row.unit_id for row in made}
    tell([row for row in gone if row.unit_id not in named_still], "activity.unnamed", by=by, at=at)


@transaction.atomic
def take_part(row: Organiser, *, by: Person, at: datetime) -> None:
    """From now on everybody reads that the unit puts it on with the others; a host may change it too."""
    PART_LIFE.move("take_part", Standing(by, at), row)
    journal.write("take_part", row.activity, by=by, at=at, unit=row.unit_id, kind=row.kind)
    _tell_planner(row, "activity.taken", by=by, at=at)


@transaction.atomic
def decline_part(row: Organiser, *, by: Person, at: datetime) -> None:
    """It costs nothing, and no reason is asked."""
    PART_LIFE.move("decline_part", Standing(by, at), row)
    journal.write("decline_part", row.activity, by=by, at=at, unit=row.unit_id, kind=row.kind)
    _tell_planner(row, "activity.declined", by=by, at=at)


def tell_called_off(session: Session, words: str, *, by: Person, at: datetime) -> None:
    """A session of an activity is called off: whoever puts it on together hears of it."""
    rows = Organiser.objects.filter(activity__occasions__session=session).exclude(state=N.DECLINED)
    when = session.start.astimezone(LOCAL).isoformat(timespec="minutes")
    tell(rows.select_related("activity", "unit"), "activity.called_off", by=by, at=at, when=when, words=words)


def partners(activity: Activity) -> list[Organiser]:
    """All who are named and have not said no."""
    return list(activity.organisers.exclude(state=N.DECLINED).select_related("activity", "unit"))


def tell(rows: Iterable[Organiser], kind: str, *, by: Person, at: datetime, **facts: str) -> None:
    """Those in charge of each unit; not whoever does it."""
    words = []
    for row in rows:
        people = [person for person in holders(row.unit, IN_CHARGE, at) if person.pk != by.pk]
        said = {"title": row.activity.title, "unit": row.unit.short, **facts}
        words.append(Word(people, kind, said, f"/activities/{row.activity_id}/", thing=name_of(row.activity)))
    notices.tell_all(words, at=at)


def _begun(one: Standing, unit: Unit) -> str:
    """Who is in charge of the unit too has answered by naming it."""
    return N.ACCEPTED if one.is_in_charge(unit) else N.ASKED


def _tell_planner(row: Organiser, kind: str, *, by: Person, at: datetime) -> None:
    planner = row.activity.made_by
    people = [planner] if planner is not None and planner.pk != by.pk else []
    said = {"title": row.activity.title, "unit": row.unit.short}
    notices.tell_all([Word(people, kind, said, f"/activities/{row.activity_id}/", thing=name_of(row.activity))], at=at)


def _check(activity: Activity, units: list[Unit]) -> None:
    keys = [unit.pk for unit in units]
    if len(keys) > MOST_ORGANISERS:
        raise Unfit(_("At most %(most)d units put on one activity.") % {"most": MOST_ORGANISERS}, field="supporters")
    if activity.unit_id in keys or len(set(keys)) < len(keys):
        raise Unfit(_("One unit is named twice. Name each once, by what it does most."), field="organisers")
