"""What sessions announce."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from baixing.kernel.news import News
from baixing.people.models import Person
from baixing.schedule.models import Session


@dataclass(frozen=True)
class Reported:
    """A session is over and who came is told: what was served can be counted.

    Told again for an end that is known only afterwards, so whoever hears it counts each attendance once.
    """

    session: Session
    by: Person | None
    at: datetime


@dataclass(frozen=True)
class CalledOff:
    """A session does not take place. Everybody who has signed up is told by the schedule itself."""

    session: Session
    words: str
    by: Person
    at: datetime


reported: News[Reported] = News()
called_off: News[CalledOff] = News()
