"""The one sum of hours: profile, certificate, report and published root are all this question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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
    heads = _heads(root.until)
    place = next((n for n, one in enumerate(heads) if one[0] == number), None)
    if place is None:
        return None
    leaves = [merkle.leaf(one) for one in heads]
    seq = heads[place][1]
    assert isinstance(seq, int)  # noqa: S101 - as `head` made it
    return seq, merkle.path(leaves, place)


def star_of(minutes: int, levels: Iterable[StarLevel]) -> StarLevel | None:
    """The highest level whose hours are reached."""
    reached = [level for level in levels if minutes >= level.hours * 60]
    return max(reached, key=lambda level: level.hours, default=None)


def _before(until: datetime | None) -> HoursEntryQuerySet:
    return HoursEntry.objects.filter(at__lt=until) if until else HoursEntry.objects.all()
