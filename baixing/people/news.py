"""What people announce."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from baixing.kernel.news import News
from baixing.people.models import Person


@dataclass(frozen=True)
class Erased:
    """Somebody deletes their account. Told while the person still has name and phone, so that others
    can find what they hold and empty it: addresses, free words, copies of the phone. Accounts of service stay.
    """

    person: Person
    by: Person
    at: datetime


erased: News[Erased] = News()
