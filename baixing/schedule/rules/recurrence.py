"""What repeats, by RFC 5545: a rule with an end, and the days that are left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Final

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL, is_workday
from baixing.kernel.refusals import Unfit

MOST_OCCURRENCES: Final = 100
MOST_APART: Final = 12  # days, weeks or months from one to the next
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST_WEEK: Final = 4  # the fifth of a month is missing in most: it is said as the last
Every: Final = ("daily", "workdays", "weekly", "monthly", "monthly_day")


@dataclass(frozen=True)
class Repeat:
    """How somebody says that it repeats: until a day, or so many times."""

    every: str  # one of Every; monthly_day: the second Saturday of each month; workdays: ours, with make-up days
    apart: int = 1
    weekdays: tuple[int, ...] = ()  # of a weekly one; 0 is Monday. None named: the weekday of the first
    until: date | None = None
    count: int | None = None


def rule_of(repeat: Repeat, first: date) -> str:
    """The RRULE, refused when it has no end or two."""
    if repeat.until is None and repeat.count is None:
        raise Unfit(_("Nothing goes on without end. Say until which day, or how many times."), field="until")
    if repeat.until is not None and repeat.count is not None:
        raise Unfit(_("Say until which day, or how many times: one of the two."), field="until")
    if repeat.until is not None and repeat.until < first:
        raise Unfit(_("The last day is before the first."), field="until")
    if repeat.count is not None and not 1 <= repeat.count <= MOST_OCCURRENCES:
        raise Unfit(_("At most %(most)d times in one go.") % {"most": MOST_OCCURRENCES}, field="count")
    if not 1 <= repeat.apart <= MOST_APART:
        raise Unfit(_("From one to %(most)d apart.") % {"most": MOST_APART}, field="apart")
    parts = [_frequency(repeat, first), f"INTERVAL={repeat.apart}" if repeat.apart > 1 else "", _end(repeat)]
    return ";".join(filter(None, parts))


def occurrences(rule: str, start: datetime, left_out: Collection[date] = ()) -> list[datetime]:
    """When it begins each time, in local time. Refused when there are too many, or none at all.

    The rule is one of ours (`rule_of`): it always ends. With COUNT, days that are left out count, as RFC 5545 has it.
    """
    begins = start.astimezone(LOCAL)
    return _kept(set(islice(rrulestr(rule, dtstart=begins), MOST_OCCURRENCES + 1)), left_out)


def times(
    repeat: Repeat, start: datetime, *, left_out: Collection[date] = (), also: Collection[date] = ()
) -> list[datetime]:
    """When it begins each time: by its rule, on the days added by hand, and never on those left out.

    RFC 5545 knows nothing of our working days: of each day, the days off are left out one by one.
    """
    begins = start.astimezone(LOCAL)
    found = islice(rrulestr(rule_of(repeat, begins.date()), dtstart=begins), MOST_OCCURRENCES + 1)
    ruled = [moment for moment in found if repeat.every != "workdays" or is_workday(moment.date())]
    added = {datetime.combine(day, begins.time(), LOCAL) for day in also}
    return _kept({*ruled, *added}, left_out)


def check_apart(starts: Sequence[datetime], length: timedelta) -> None:
    if any(second < first + length for first, second in pairwise(starts)):
        raise Unfit(_("One ends after the next has begun. Make it shorter, or further apart."), field="every")


def exdates_of(days: Collection[date]) -> str:
    return ",".join(f"{day:%Y%m%d}" for day in sorted(days))


def _kept(found: Collection[datetime], left_out: Collection[date]) -> list[datetime]:
    if len(found) > MOST_OCCURRENCES:
        raise Unfit(_("At most %(most)d times in one go.") % {"most": MOST_OCCURRENCES}, field="until")
    kept = sorted(moment for moment in found if moment.date() not in left_out)
    if not kept:
        raise Unfit(_("No day is left. Look at the days again."), field="until")
    return kept


def _frequency(repeat: Repeat, first: date) -> str:
    if repeat.every in {"daily", "workdays"}:
        return "FREQ=DAILY"
    if repeat.every == "weekly":
        return f"FREQ=WEEKLY;BYDAY={','.join(DAYS[day] for day in sorted(set(repeat.weekdays) or {first.weekday()}))}"
    if repeat.every == "monthly":
        return f"FREQ=MONTHLY;BYMONTHDAY={first.day}"
    week = (first.day - 1) // 7
    return f"FREQ=MONTHLY;BYDAY={-1 if week == LAST_WEEK else week + 1}{DAYS[first.weekday()]}"


def _end(repeat: Repeat) -> str:
    """UNTIL is in UTC, as RFC 5545 asks of a start with a time zone: the end of the local day."""
    if repeat.until is None:
        return f"COUNT={repeat.count}"
    last = datetime.combine(repeat.until + timedelta(days=1), time.min, LOCAL) - timedelta(seconds=1)
    return f"UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}"
