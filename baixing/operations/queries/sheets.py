"""Behind each sheet of paper stand two people who read it, as its journal tells: neither row nor line is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import F, Q

from baixing.journal.models import Entry
from baixing.schedule.models import Attendance, Reading, Sheet

AT_ONCE = 500  # sheets
Read = set[tuple[int, int | None]]  # which place, and by whom


def sheet_faults() -> Iterator[str]:
    last = 0
    while batch := dict(Sheet.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "code")[:AT_ONCE]):
        last = max(batch)
        yield from _of(batch)
    strays = Attendance.objects.exclude(sheet=None).exclude(sheet__session=F("session"))
    for pk, code in strays.order_by("pk").values_list("pk", "sheet__code"):
        yield f"Attendance {pk} is told from sheet {code}, which is that of another session."


def _of(codes: dict[int, str]) -> Iterator[str]:
    taken = set(Sheet.objects.filter(Q(settled_at__isnull=False), pk__in=codes).values_list("pk", flat=True))
    taken |= set(Attendance.objects.filter(sheet__in=codes).values_list("sheet", flat=True))
    rows, lines = _rows(codes), _lines(codes)
    for pk, code in codes.items():
        if pk in taken and len({by for _place, by in rows[pk]}) != 2:  # noqa: PLR2004 - two people
            yield f"What stands on sheet {code} was taken, and not two people entered it."
        if rows[pk] != lines[pk]:
            yield f"Sheet {code} was entered by others than its journal tells."


def _rows(keys: dict[int, str]) -> dict[int, Read]:
    found: dict[int, Read] = defaultdict(set)
    for sheet, place, by in Reading.objects.filter(sheet__in=keys).values_list("sheet", "place", "by"):
        found[sheet].add((place, by))
    return found


def _lines(keys: dict[int, str]) -> dict[int, Read]:
    names = {f"schedule.sheet:{pk}": pk for pk in keys}
    found: dict[int, Read] = defaultdict(set)
    told = Entry.objects.filter(thing__in=names, verb="read").values_list("thing", "facts", "by")
    for thing, facts, by in told:
        found[names[thing]].add((facts.get("place", 0), by))
    return found
