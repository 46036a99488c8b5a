"""Many units, posts and homes at once: what the verbs for one do, in a few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat, LPad
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.actions import Line
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.network.actions.homes import set_home
from baixing.network.actions.posts import appoint_post
from baixing.network.actions.units import UnitFacts, check_hours, full_name, search_text, take_tree, tier_of
from baixing.network.models import Deputy, Home, Post, Unit
from baixing.network.rules import OFFICERS, appointable, holds_over, shapes
from baixing.people.models import Person

AT_ONCE = 500  # rows named in one statement
PLAIN = UnitFacts()  # what a unit tells of which nobody has told anything yet


@dataclass(frozen=True, eq=False)
class NewUnit:
    """A unit to be hung on one that is there, or on another new one."""

    kind: Unit.Kind
    short: str
    parent: Unit | NewUnit
    name: str = ""
    code: str | None = None
    facts: UnitFacts = PLAIN


@dataclass(frozen=True)
class Filling:
    """A person to be given a post."""

    person: Person
    unit: Unit
    kind: Post.Kind


@dataclass(frozen=True)
class Settling:
    """A person and the village they live in."""

    person: Person
    station: Unit
    address: str = ""
    alone: bool = False


@transaction.atomic
def add_units(wanted: Sequence[NewUnit], *, by: Person, at: datetime) -> list[Unit]:
    """Units under their parents, the higher ones first; given back in the order they were asked for."""
    made: dict[NewUnit, Unit] = {}
    tops = {one.parent.line()[0]: one.parent for one in wanted if isinstance(one.parent, Unit)}
    for top in tops.values():
        take_tree(top)
    waiting = list(wanted)
    while waiting:
        level = [one for one in waiting if isinstance(one.parent, Unit) or one.parent in made]
        if not level:
            raise Unfit(_("A unit can only hang on one of the tier above it."), field="parent")
        made |= _add_level(level, made, by, at)
        waiting = [one for one in waiting if one not in made]
    return [made[one] for one in wanted]


@transaction.atomic
def appoint_all(wanted: Sequence[Filling], *, by: Person, at: datetime) -> list[Post]:
    """Posts for many. Who holds one already, or is given several, is asked about one by one."""
    often = Counter(one.person.pk for one in wanted)
    held = _in_office([one.person for one in wanted])
    alone = [one for one in wanted if often[one.person.pk] == 1 and one.person.pk not in held]
    _check_appointing(alone, by, at)
    posts = [Post(person=one.person, unit=one.unit, kind=one.kind, since=at) for one in alone]
    Post.objects.bulk_create(posts, batch_size=AT_ONCE)
    journal.write_all([_appointed(post) for post in posts], by=by, at=at)
    others = [one for one in wanted if often[one.person.pk] > 1 or one.person.pk in held]
    return posts + [appoint_post(one.person, one.unit, one.kind, by=by, at=at) for one in others]


@transaction.atomic
def set_homes(wanted: Sequence[Settling], *, by: Person, at: datetime) -> list[Home]:
    """The homes of people who have had none so far; of the others one by one."""
    homed = _homed([one.person for one in wanted])
    fresh = [one for one in wanted if one.person.pk not in homed]
    for station in {one.station.pk: one.station for one in fresh}.values():
        _check_settling(station, by, at)
    homes = [Home(person=one.person, station=one.station, address=one.address, alone=one.alone) for one in fresh]
    Home.objects.bulk_create(homes, batch_size=AT_ONCE)
    journal.write_all([Line("set_home", home, {"station": home.station_id}) for home in homes], by=by, at=at)
    moved = [one for one in wanted if one.person.pk in homed]
    return homes + [set_home(one.person, one.station, one.address, alone=one.alone, by=by, at=at) for one in moved]


def hang(units: list[Unit]) -> list[Unit]:
    """One tier at a time: the number in a path is the row's own key, so the rows come first."""
    made = Unit.objects.bulk_create(units, batch_size=AT_ONCE)
    above = Unit.objects.filter(pk=OuterRef("parent_id")).values("path")
    number = LPad(Cast("pk", CharField()), 7, Value("0"))
    parent_path = Coalesce(Subquery(above), Value(""), output_field=CharField())
    for some in _parts([unit.pk for unit in made]):
        Unit.objects.filter(pk__in=some).update(path=Concat(parent_path, number, Value("."), output_field=CharField()))
    return made


def _add_level(level: Sequence[NewUnit], made: Mapping[NewUnit, Unit], by: Person, at: datetime) -> dict[NewUnit, Unit]:
    parents = {one: one.parent if isinstance(one.parent, Unit) else made[one.parent] for one in level}
    for parent in {parent.pk: parent for parent in parents.values()}.values():
        parent.refresh_from_db()
        if not shapes(by, parent, at):
            raise NotAllowed
    units = hang([_unit(one, parents[one]) for one in level])
    lines = [Line("add_unit", unit, {"parent": unit.parent_id}) for unit in units]
    told = [Line("change_unit", unit, {}) for unit, one in zip(units, level, strict=True) if one.facts != PLAIN]
    journal.write_all(lines + told, by=by, at=at)
    return dict(zip(level, units, strict=True))


def _unit(one: NewUnit, parent: Unit) -> Unit:
    check_hours(one.facts)
    full = one.name or full_name(one.kind, one.short)
    return Unit(
        kind=one.kind,
        tier=tier_of(one.kind, parent),
        name=full,
        short=one.short,
        code=one.code or None,
        parent=parent,
        path=f"?{uuid4().hex}",
        search_text=search_text(full, one.short),
        version=1 if one.facts == PLAIN else 2,
        **asdict(one.facts),
    )


def _check_appointing(wanted: Sequence[Filling], by: Person, at: datetime) -> None:
    """May they fill these posts, and are those who get them still here? Waits for whoever names them too."""
    units = {one.unit.pk: one.unit for one in wanted}
    open_kinds = {pk: appointable(by, unit, at) for pk, unit in units.items()}
    if any(one.kind not in open_kinds[one.unit.pk] for one in wanted):
        raise NotAllowed
    for some in _parts(sorted(one.person.pk for one in wanted)):
        if Person.objects.living().filter(pk__in=some).update(is_active=F("is_active")) != len(some):
            raise NotAllowed(_("This person's account is closed."))


def _check_settling(station: Unit, by: Person, at: datetime) -> None:
    if not holds_over(by, OFFICERS, over=station, on=at):
        raise NotAllowed
    if station.tier != 1:
        raise Unfit(_("Choose a village or community."), field="station")


def _in_office(people: Sequence[Person]) -> set[int]:
    """Those who hold or have held any post, or have stood in for one."""
    found: set[int] = set()
    for some in _parts([person.pk for person in people]):
        found |= set(Post.objects.filter(person__in=some).values_list("person_id", flat=True))
        found |= set(Deputy.objects.filter(Q(person__in=some)).values_list("person_id", flat=True))
    return found


def _homed(people: Sequence[Person]) -> set[int]:
    found: set[int] = set()
    for some in _parts([person.pk for person in people]):
        found |= set(Home.objects.filter(person__in=some).values_list("person_id", flat=True))
    return found


def _appointed(post: Post) -> Line:
    return Line("appoint_post", post, {"kind": str(post.kind), "unit": post.unit_id, "person": post.person_id})


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
