"""The sheet of paper: how many rows it has, and which moments stand on it as circles."""

from __future__ import annotations

import secrets
from datetime import datetime, time, timedelta
from typing import Final

from baixing.kernel.calendar import LOCAL
from baixing.schedule.models import Session
from baixing.schedule.rules.signup import GRACE, OPENS

LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that is taken for another one
LENGTH: Final = 8
A_DAY: Final = timedelta(hours=20)
ROWS, BLANKS = 20, 6  # of one page
CIRCLES: Final = 11  # that fit beside a name, for one direction
STEPS: Final = tuple(timedelta(minutes=n) for n in (5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880))


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


def plain_code(typed: str) -> str:
    """As it stands in its row, however it was typed."""
    return "".join(letter for letter in typed.upper() if letter in LETTERS)[:12]


def arrivals(session: Session) -> list[datetime]:
    """From the opening of the door on, until it is over."""
    return _circles(session.start - OPENS, session.end - timedelta(minutes=1))


def departures(session: Session) -> list[datetime]:
    """From its start until half an hour after the end."""
    return _circles(session.start, session.end + GRACE)


def _circles(first: datetime, last: datetime) -> list[datetime]:
    """Round moments of the clock, as many as fit."""
    step = next(step for step in STEPS if int((last - first) / step) < CIRCLES)
    midnight = datetime.combine(first.astimezone(LOCAL).date(), time.min, LOCAL)
    begin = -(-(first - midnight) // step)
    return [midnight + n * step for n in range(begin, (last - midnight) // step + 1)]


def said(moment: datetime, session: Session) -> str:
    """As it stands on the paper and in the grid; with the day, where it lasts into another one."""
    here = moment.astimezone(LOCAL)
    return f"{here:%H:%M}" if session.length < A_DAY else f"{here:%d %H:%M}"
