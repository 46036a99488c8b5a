"""Units: hung on the tree, moved, described."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, time
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.pinyin import spell
from baixing.kernel.refusals import NotAllowed, Overtaken, Unfit
from baixing.network.models import WORKWEEK, Unit
from baixing.network.rules import edits, shapes
from baixing.people.models import Person

FULL_NAMES = {
    Unit.Kind.CENTRE: "{}新时代文明实践中心",
    Unit.Kind.INSTITUTE: "{}新时代文明实践所",
    Unit.Kind.STATION: "{}新时代文明实践站",
}
LOWEST_CENTRE, INSTITUTES = 3, 2
SOUTHERNMOST, WESTERNMOST = 90, 180  # degrees


@dataclass(frozen=True)
class UnitFacts:
    """What a unit tells about itself. No break at noon: both its ends empty."""

    phone: str = ""
    opens: time = time(8, 30)
    noon_from: time | None = time(12)
    noon_to: time | None = time(14, 30)
    closes: time = time(18)
    open_days: str = WORKWEEK
    address: str = ""
    about: str = ""


@transaction.atomic
def add_unit(
    kind: Unit.Kind,
    short: str,
    parent: Unit | None,
    *,
    by: Person | None,
    at: datetime,
    name: str = "",
    code: str | None = None,
    invented: bool = False,
) -> Unit:
    """A new unit under its parent. `by=None` is the installation itself, loading its own data."""
    if parent:
        take_tree(parent)
        parent.refresh_from_db()
    if by and not (parent and shapes(by, parent, at)):
        raise NotAllowed
    full = name or full_name(kind, short)
    unit = Unit.objects.create(
        kind=kind,
        tier=tier_of(kind, parent),
        name=full,
        short=short,
        code=code or None,
        parent=parent,
        path=f"?{uuid4().hex}",
        invented=invented,
        search_text=search_text(full, short),
    )
    unit.path = f"{parent.path if parent else ''}{unit.pk:07d}."
    unit.save(update_fields=["path"])
    journal.write("add_unit", unit, by=by, at=at, parent=parent.pk if parent else None)
    return unit


@transaction.atomic
def move_unit(unit: Unit, parent: Unit, *, by: Person, at: datetime) -> None:
    """Hang a unit and all below it under another parent; their paths change in one statement."""
    take_tree(unit)
    unit.refresh_from_db()
    parent.refresh_from_db()
    if unit.parent is None or not (shapes(by, unit.parent, at) and shapes(by, parent, at)):
        raise NotAllowed
    if unit.tier != tier_of(Unit.Kind(unit.kind), parent):
        raise Unfit(_("A unit can only hang on one of the tier above it."), field="parent")
    old, new = unit.path, f"{parent.path}{unit.pk:07d}."
    below = Concat(Value(new), Substr("path", len(old) + 1))
    came_from = unit.parent.pk
    Unit.objects.filter(path__startswith=old).update(path=below)
    Unit.objects.filter(pk=unit.pk).update(parent=parent, version=F("version") + 1)
    unit.refresh_from_db()
    journal.write("move_unit", unit, by=by, at=at, parent=parent.pk, came_from=came_from)


@transaction.atomic
def change_unit(unit: Unit, facts: UnitFacts, *, seen: int | None, by: Person, at: datetime) -> None:
    """Change what a unit tells about itself; `seen` is the version that the person's page showed."""
    if not edits(by, unit, at):
        raise NotAllowed
    check_hours(facts)
    unchanged = Unit.objects.filter(pk=unit.pk, version=seen or 0)
    if not unchanged.update(**asdict(facts), version=F("version") + 1):
        raise Overtaken(_("Somebody has changed this page meanwhile. Reload it to see their words."))
    unit.refresh_from_db()
    journal.write("change_unit", unit, by=by, at=at)


@transaction.atomic
def place_unit(
    unit: Unit, lat: float, lon: float, *, source: str, seen: int | None = None, by: Person | None, at: datetime
) -> None:
    """Say where a unit lies, and who says so: on a page that showed version `seen`, or as it is loaded (None)."""
    if by and not edits(by, unit, at):
        raise NotAllowed
    if not (abs(lat) <= SOUTHERNMOST and abs(lon) <= WESTERNMOST and source):
        raise Unfit(_("A place needs its coordinates and where they come from."))
    place = {"lat": lat, "lon": lon, "place_source": source}
    found = Unit.objects.filter(pk=unit.pk, version=unit.version if seen is None else seen)
    if not found.update(**place, version=F("version") + 1):
        raise Overtaken
    unit.refresh_from_db()
    journal.write("place_unit", unit, by=by, at=at)


def full_name(kind: Unit.Kind, short: str) -> str:
    return FULL_NAMES.get(kind, "{}").format(short)


def search_text(name: str, short: str) -> str:
    """The name, its pinyin apart and together, and its initials."""
    sounds = [sound.lower() for sound in spell(short) if sound.strip()]
    initials = "".join(sound[0] for sound in sounds)
    words = (name.lower(), short.lower(), " ".join(sounds), "".join(sounds), initials)
    return " ".join(words)[:400]


def tier_of(kind: Unit.Kind, parent: Unit | None) -> int:
    if kind in {Unit.Kind.MEMBER, Unit.Kind.BASE}:
        tier = 0
        fits = parent is not None and parent.tier > 0
    else:
        tier = parent.tier - 1 if parent else 4
        centre = tier >= LOWEST_CENTRE
        fits = tier > 0 and (kind == Unit.Kind.CENTRE) == centre
        fits &= centre or kind == (Unit.Kind.INSTITUTE if tier == INSTITUTES else Unit.Kind.STATION)
    if not fits:
        raise Unfit(_("A unit can only hang on one of the tier above it."), field="parent")
    return tier


def take_tree(unit: Unit) -> None:
    """All who change the shape of one tree are served in turn, at its top."""
    Unit.objects.filter(path=unit.line()[0]).update(turn=F("turn") + 1)


def check_hours(facts: UnitFacts) -> None:
    if facts.opens >= facts.closes:
        raise Unfit(_("It must close after it opens."), field="closes")
    if (facts.noon_from is None) != (facts.noon_to is None):
        raise Unfit(_("Give both ends of the noon break, or neither."), field="noon_to")
    if facts.noon_from and facts.noon_to:
        inside = facts.opens < facts.noon_from < facts.noon_to < facts.closes
        if not inside:
            raise Unfit(_("The noon break must lie within the opening hours."), field="noon_from")
    if not facts.open_days or set(facts.open_days) - set("1234567"):
        raise Unfit(_("Choose at least one day."), field="open_days")
