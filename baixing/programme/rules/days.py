"""On which days something is held that is held again and again (RFC 5545), and on which it is not."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Final

from dateutil.rrule import rrulestr
from django.db import models
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import is_workday

MOST: Final = 400  # days looked at; a rule ends within a year


class Repeat(models.TextChoices):
    ONCE = "once", _("Once")
    DAILY = "daily", _("Every day")
    WORKDAYS = "workdays", _("Every working day")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every second week")
    MONTHLY = "monthly", _("Every month, on the same weekday")


RULES: Final = {
    Repeat.DAILY: "FREQ=DAILY",
    Repeat.WORKDAYS: "FREQ=DAILY",
    Repeat.WEEKLY: "FREQ=WEEKLY",
    Repeat.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
}


def rule_of(repeat: str, first: date, last: date) -> str:
    """As RFC 5545 writes it: FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261231."""
    begun = RULES.get(Repeat(repeat)) or f"FREQ=MONTHLY;BYDAY={_nth_weekday(first)}"
    return f"{begun};UNTIL={last:%Y%m%d}"


def days_of(
    repeat: str, first: date, last: date, *, but: Collection[date] = (), also: Collection[date] = ()
) -> list[date]:
    """The days from the first to the last, without the exceptions, with the days added by hand."""
    found = {first} if repeat == Repeat.ONCE else set(_recurring(repeat, first, last))
    return sorted((found | set(also)) - set(but))


def _recurring(repeat: str, first: date, last: date) -> list[date]:
    rule = rrulestr(rule_of(repeat, first, last), dtstart=datetime.combine(first, time.min))
    days = [moment.date() for moment in rule.xafter(datetime.combine(first, time.min), count=MOST, inc=True)]
    return [day for day in days if is_workday(day)] if repeat == Repeat.WORKDAYS else days


def _nth_weekday(day: date) -> str:
    """The second Tuesday; of the fifth, the last one, for not every month has five."""
    number = (day.day - 1) // 7 + 1
    name = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
    return f"{number if number < 5 else -1}{name}"  # noqa: PLR2004 - weeks that every month has
