"""The one sum of hours: profile, certificate, report and published root are all this question."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Sum

from baixing.hours.models import HoursEntry, HoursEntryQuerySet, LedgerRoot, StarLevel
from baixing.hours.rules.ledger import head, root_of
from baixing.kernel import merkle
from baixing.teams.models import Volunteer


def minutes_of(entries: HoursEntryQuerySet) -> dict[int, int]:
    """The minutes that these lines add up to, by volunteer."""
    rows = entries.order_by().values_list("volunteer_id").annotate(all=Sum("minutes"))
    return dict(rows)


def total_of(volunteer: Volunteer) -> int:
    return minutes_of(HoursEntry.objects.of(volunteer)).get(volunteer.pk, 0)


def total_of_all(until: datetime | None = None) -> int:
    """The sum over the city: of the report and of the root."""
    return sum(minutes_of(_before(until)).values())


@dataclass(frozen=True)
class Under:
    """What stands under a root: each volunteer's last line, and how much they all come to."""

    root: str
    heads: list[list[object]]
    entries: int
    minutes: int


def under_root(until: datetime) -> Under:
    """All lines before this moment."""
    heads, lines = _heads(until), _before(until).aggregate(lines=Count("pk"), minutes=Sum("minutes", default=0))
    return Under(root_of(heads), heads, lines["lines"], lines["minutes"])


def _heads(until: datetime) -> list[list[object]]:
    """The last line of each volunteer: those that none of theirs follows."""
    rows = _before(until)
    following = rows.filter(volunteer=OuterRef("volunteer"), seq=OuterRef("seq") + 1)
    last = rows.filter(~Exists(following)).order_by("volunteer__number")
    return [head(number, seq, digest) for number, seq, digest in last.values_list("volunteer__number", "seq", "digest")]


def way_to(root: LedgerRoot, number: str) -> tuple[int, merkle.Path] | None:
    """The number of a volunteer's last line under a root, and the way from it up; None when they had none."""
    grown = _grown(root.root, root.until)
    place = bisect_left(grown.numbers, number)
    if place == len(grown.numbers) or grown.numbers[place] != number:
        return None
    return grown.seqs[place], grown.tree.path(place)


@dataclass(frozen=True)
class _Grown:
    """All that stands under a root, so that the next volunteer's way up is only read off."""

    numbers: tuple[str, ...]
    seqs: array[int]
    tree: merkle.Tree


@lru_cache(maxsize=1)
def _grown(_root: str, until: datetime) -> _Grown:
    """Of the root asked for last. Lines before it stay for ever as they are, and whoever changes one changes the root
    that is reckoned from the file.
    """
    heads = sorted(_heads(until), key=lambda one: str(one[0]))
    numbers, seqs = (str(one[0]) for one in heads), (int(str(one[1])) for one in heads)
    return _Grown(tuple(numbers), array("I", seqs), merkle.Tree.over([merkle.leaf(one) for one in heads]))


def star_of(minutes: int, levels: Iterable[StarLevel]) -> StarLevel | None:
    """The highest level whose hours are reached."""
    reached = [level for level in levels if minutes >= level.hours * 60]
    return max(reached, key=lambda level: level.hours, default=None)


def _before(until: datetime | None) -> HoursEntryQuerySet:
    return HoursEntry.objects.filter(at__lt=until) if until else HoursEntry.objects.all()
