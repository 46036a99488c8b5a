"""What the schedule hears from the floors below."""

from __future__ import annotations

from baixing.people.news import Erased, erased
from baixing.schedule import actions


@erased.hear
def forget_signups(news: Erased) -> None:
    """What is to come is given back; what was stays as a count."""
    actions.forget_person(news.person, by=news.by, at=news.at)
