"""Campaigns, contests and pages of remembrance as lists show them, and which of them there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.kernel.calendar import LOCAL
from baixing.look.said import said_moment
from baixing.network.models import Unit
from baixing.programme.models import Campaign, Contest, Remembrance
from baixing.programme.queries.campaigns import numbers_of

C, K, R = Campaign.State, Contest.State, Remembrance.State


@dataclass(frozen=True)
class Line:
    """One row. `said` is in the words of its unit, `words` in those of the reader."""

    url: str
    title: str
    unit: Unit
    words: str
    state: tuple[str, str]
    said: str = ""


def campaign_lines(found: Iterable[Campaign], _at: datetime) -> list[Line]:
    rows = list(found)
    numbers = numbers_of(rows)
    return [_campaign(row, numbers.get(row.pk, 0)) for row in rows]


def contest_lines(found: Iterable[Contest], at: datetime) -> list[Line]:
    return [_line("contests", row, _until(row, at)) for row in found]


def remembrance_lines(found: Iterable[Remembrance], _at: datetime) -> list[Line]:
    """Each with its flowers counted."""
    return [_line("remembrance", row, _flowers(row.flowers)) for row in found]  # type: ignore[attr-defined]  # counted


def matters_there_are() -> frozenset[str]:
    """Which kinds anybody can read, by the names of their lists."""
    return _kinds(
        Campaign.objects.exclude(state=C.DRAFT),
        Contest.objects.exclude(state=K.DRAFT),
        Remembrance.objects.exclude(state=R.DRAFT),
    )


def matters_that_run(at: datetime) -> frozenset[str]:
    """Which kinds somebody can take part in now."""
    return _kinds(
        Campaign.objects.filter(state=C.PUBLISHED, last__gte=at.astimezone(LOCAL).date()),
        Contest.objects.filter(state=K.OPEN, closes_at__gt=at),
        Remembrance.objects.filter(state=R.PUBLISHED),
    )


def _kinds(*found: QuerySet[Campaign] | QuerySet[Contest] | QuerySet[Remembrance]) -> frozenset[str]:
    """In one question: of each only that there is one."""
    names = ("campaigns", "contests", "remembrances")
    asked = [
        rows.order_by().annotate(matter=Value(name, CharField())).values_list("matter", flat=True)
        for name, rows in zip(names, found, strict=True)
    ]
    return frozenset(asked[0].union(*asked[1:]))


def _campaign(row: Campaign, number: int) -> Line:
    said = " · ".join(filter(None, (f"{row.counted} {number} {row.measure}", str(row.theme or ""))))
    promised: int = row.promised  # type: ignore[attr-defined]  # counted
    words = ngettext("%(n)d promise", "%(n)d promises", promised) % {"n": promised}
    return _line("campaigns", row, words, said)


def _line(where: str, row: Campaign | Contest | Remembrance, words: str, said: str = "") -> Line:
    state = (row.state, str(row.get_state_display()))
    return Line(f"/{where}/{row.pk}/", row.title, row.unit, words, state, said)


def _until(row: Contest, at: datetime) -> str:
    return _("until %(when)s") % {"when": said_moment(row.closes_at, at)}


def _flowers(number: int) -> str:
    return ngettext("%(n)d flower", "%(n)d flowers", number) % {"n": number}
