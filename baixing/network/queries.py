"""What the network knows: the tree, who is in office, how near two units are, when one is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.dateformat import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.kernel.calendar import LOCAL
from baixing.kernel.prepared import prepared
from baixing.kernel.refusals import Unfit
from baixing.look.said import WEEK, WORD_JOINER, said_day, said_near_date
from baixing.network.models import WORKWEEK, Deputy, Home, Post, PostQuerySet, Unit, UnitQuerySet
from baixing.network.rules import IN_CHARGE, OFFICERS, posts_of
from baixing.people.models import Person
from baixing.people.rules import plain_name
from baixing.people.rules.above import Fact, Held

FOUND_AT_MOST: Final = 30
LONGEST_NUMBER: Final = 9  # digits of a key
NAMED: Final = 5  # of several with one name
ELSEWHERE: Final = 4
_NEARNESS: Final = (
    gettext_lazy("same village or community"),
    gettext_lazy("same township"),
    gettext_lazy("same county"),
    gettext_lazy("same city"),
    gettext_lazy("elsewhere"),
)
DAYS: Final = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


@dataclass(frozen=True)
class Step:
    """One step of choosing a village: where one stands, what lies below, what was found."""

    here: Unit | None
    line: list[Unit]
    below: list[Unit]
    found: list[Unit]
    words: str


def officers(unit: Unit, on: datetime) -> list[Person]:
    """Who can act for the unit now, those who stand in included."""
    return _officers(unit.pk, on)


@prepared
def _officers(unit: int, on: datetime) -> QuerySet[Person]:
    return holders(unit, OFFICERS, on)


def holders(unit: Unit | int, kinds: Iterable[Post.Kind], on: datetime) -> QuerySet[Person]:
    posts = Post.objects.held(on).of_kinds(kinds).filter(unit=unit)
    deputies = Deputy.objects.running(on).filter(post__in=posts)
    acting = posts.order_by().values("person").union(deputies.order_by().values("person"))
    return Person.objects.living().filter(pk__in=acting).order_by("pk")  # with "or" everybody in the city is looked at


def staffed(unit: Unit, on: datetime) -> bool:
    return bool(officers(unit, on))


def offices_of(person: Person, on: datetime) -> list[Unit]:
    """The units in which a person acts as an officer, the highest first."""
    return list({post.unit_id: post.unit for post in posts_of(person, on, OFFICERS)}.values())


def posts_in(unit: Unit, on: datetime) -> PostQuerySet:
    """The posts of a unit that run or will run, with who stands in for them."""
    live = Post.objects.filter(Q(until=None) | Q(until__gt=on), unit=unit)
    return live.select_related("person", "unit").prefetch_related("deputies__person").order_by("pk")


def who_answers(unit: Unit, on: datetime) -> PostQuerySet:
    """Whom a caller reaches: the head and the staff."""
    posts = Post.objects.held(on).of_kinds(IN_CHARGE).filter(unit=unit)
    return posts.select_related("person").order_by("kind", "pk")


def line_of(unit: Unit) -> list[Unit]:
    """The unit and those above it, the highest first."""
    return list(Unit.objects.above(unit))


def children(unit: Unit) -> UnitQuerySet:
    """The units one tier down."""
    return Unit.objects.filter(parent=unit, tier__gt=0).order_by("code", "pk")


def partners(unit: Unit) -> UnitQuerySet:
    """Member units and practice bases hung on the unit."""
    return Unit.objects.filter(parent=unit).partners().order_by("kind", "name")


def stations(unit: Unit) -> UnitQuerySet:
    return Unit.objects.within(unit).tier(1)


def unit_named(number: str) -> Unit | None:
    """The unit of the tree whose number an address carries, if it is one."""
    fits = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return Unit.objects.filter(pk=int(number), tier__gt=0).first() if fits else None


def top() -> Unit | None:
    return next(iter(_top()), None)


@prepared
def _top() -> QuerySet[Unit]:
    return Unit.objects.filter(parent=None).order_by("pk")[:1]


def home_of(person: Person) -> Home | None:
    """Asked once of the same object, which a request or an action has read for itself."""
    if not Person.home.is_cached(person):
        for home in _home(person.pk):
            home.person = person  # which lets the person keep it
            return home
        return None
    return person.home


@prepared
def _home(person: int) -> QuerySet[Home]:
    return Home.objects.filter(person=person).select_related("station")


def named_behind(phone: str, name: str) -> Person | None:
    """The person of this name who signs in with this number."""
    plain = plain_name(name)
    return next((p for p in Person.objects.living().behind(phone).order_by("pk") if plain_name(p.name) == plain), None)


def units_kept(person: Person, on: datetime) -> list[Unit]:
    """The units in which a person holds any post, the highest first."""
    return list({post.unit_id: post.unit for post in posts_of(person, on)}.values())


def find(words: str, tier: int | None = None) -> list[Unit]:
    """Units by name or pinyin, those whose name begins so first; never more than a page."""
    typed = " ".join(words.split()[:4])[:40]
    if not typed:
        return []
    units = Unit.objects.matching(typed).select_related("parent", "parent__parent")
    if tier is not None:
        units = units.tier(tier)
    ranked = sorted(units.order_by("path")[:200], key=lambda u: not u.short.startswith(typed))
    return ranked[:FOUND_AT_MOST]


def called(typed: str, tier: int | None = None) -> Unit:
    """The one unit of this name or pinyin. Unfit when there is none, or when several share the name."""
    found = find(typed, tier)
    exact = [unit for unit in found if typed in (unit.name, unit.short)] or found
    if not exact:
        raise Unfit(_("We do not know this place. Try another way of writing it."))
    if len(exact) > 1:
        some = _(", ").join(f"{unit.short} ({unit.parent.short if unit.parent else ''})" for unit in exact[:NAMED])
        raise Unfit(_("Several have this name: %(some)s. Write more of it.") % {"some": some})
    return exact[0]


def picking(here: str, words: str, tier: int | None = 1) -> Step:
    """What to show somebody who is looking for their village, or for any unit when `tier` is None."""
    unit = unit_named(here)
    start = unit or top()
    below = list(children(start)) if start else []
    return Step(unit, line_of(start) if start else [], below, find(words, tier=tier), words)


def nearness(a: Unit, b: Unit) -> int:
    """0 same village, 1 same township, 2 same county, 3 same city, 4 elsewhere."""
    (line_a, lowest), (line_b, _lowest) = _in_tree(a), _in_tree(b)
    shared = sum(1 for x, y in zip(line_a, line_b, strict=False) if x == y)
    return lowest + len(line_a) - shared - 1 if shared else ELSEWHERE


def nearness_words(number: int) -> str:
    return str(_NEARNESS[min(number, ELSEWHERE)])


def distance_km(a: Unit, b: Unit) -> float | None:
    """Kilometres as the crow flies, only where both places are known."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    rise, run = sin((lat_b - lat_a) / 2), sin(radians(b.lon - a.lon) / 2)
    return 2 * 6371 * asin(sqrt(rise**2 + cos(lat_a) * cos(lat_b) * run**2))


def hours_words(unit: Unit) -> str:
    """Mon-Fri, 08:30-12:00, 14:30-18:00."""
    return _("%(days)s, %(hours)s") % {"days": _days_words(unit), "hours": _times(unit)}


def open_words(unit: Unit, at: datetime) -> str:
    """Is it open, and if not, when does it open next?"""
    if unit.is_open(at):
        here = at.astimezone(LOCAL).time()
        to_noon = unit.noon_from is not None and here < unit.noon_from
        end = unit.noon_from if to_noon and unit.noon_from else unit.closes
        return _("Open now, until %(time)s") % {"time": time_format(end, "H:i")}
    opens = _next_opening(unit, at)
    if opens is None:
        return _("Closed now")
    words = {"day": _day_words(opens, at), "time": time_format(opens.time(), "H:i")}
    return _("Closed now; opens %(day)s at %(time)s") % words


def _in_tree(unit: Unit) -> tuple[list[str], int]:
    """The line of the tree unit it is or hangs on, and that unit's tier."""
    if unit.tier or unit.parent is None:
        return unit.line(), unit.tier
    return unit.line()[:-1], unit.parent.tier


def _next_opening(unit: Unit, at: datetime) -> datetime | None:
    here = at.astimezone(LOCAL)
    starts = [unit.opens] + ([unit.noon_to] if unit.noon_to else [])
    for days in range(15):
        day = here.date() + timedelta(days=days)
        for start in starts:
            moment = datetime.combine(day, start, LOCAL)
            if moment > here and unit.is_open(moment):
                return moment
    return None


def _day_words(moment: datetime, at: datetime) -> str:
    day, today = moment.date(), at.astimezone(LOCAL).date()
    if (day - today).days > WEEK:
        return _("on %(day)s") % {"day": said_near_date(day)}
    return said_day(day, today)


def _days_words(unit: Unit) -> str:
    if unit.open_days == WORKWEEK:
        return _("Workdays")
    if unit.open_days == "1234567":
        return _("Every day")
    return _(", ").join(str(DAYS[int(day) - 1]) for day in unit.open_days)


def _times(unit: Unit) -> str:
    def span(start: object, end: object) -> str:
        return f"{start:%H:%M}–{WORD_JOINER}{end:%H:%M}"

    if unit.noon_from is None or unit.noon_to is None:
        return span(unit.opens, unit.closes)
    return _(", ").join((span(unit.opens, unit.noon_from), span(unit.noon_to, unit.closes)))


def held(person: Person, _at: datetime) -> list[Held]:
    """Where they live and which posts they hold or stand in for, for the copy that everybody may ask for."""
    homes = Home.objects.filter(person=person).select_related("station")
    posts = Post.objects.filter(person=person).select_related("unit").order_by("since")
    stood_in = Deputy.objects.filter(person=person).select_related("post__unit").order_by("since")
    lived: list[Mapping[str, Fact]] = [
        {_("Village"): home.station.name, _("Address"): home.address, _("I live alone"): home.alone} for home in homes
    ]
    return [
        Held(_("Where I live"), lived),
        Held(
            _("Posts"),
            [
                *(_post_row(post, post.since, post.until) for post in posts),
                *(_post_row(deputy.post, deputy.since, deputy.until) for deputy in stood_in),
            ],
        ),
    ]


def _post_row(post: Post, since: datetime, until: datetime | None) -> dict[str, Fact]:
    return {
        _("Post"): post.get_kind_display(),
        _("Unit"): post.unit.name,
        _("Since"): f"{since.astimezone(LOCAL):%F}",
        _("Until"): f"{until.astimezone(LOCAL):%F}" if until else "",
    }
