"""What the programme hears from the floors below."""

from __future__ import annotations

from baixing.people.news import Erased, erased
from baixing.programme import actions


@erased.hear
def forget_person(news: Erased) -> None:
    """Counts stay; whose they were goes."""
    actions.forget_person(news.person, by=news.by, at=news.at)
