"""What hours hear from the floors below."""

from __future__ import annotations

from baixing.hours import actions
from baixing.people.news import Erased, erased
from baixing.schedule.news import Reported, reported


@reported.hear
def claim_hours(news: Reported) -> None:
    """A session is over: what its volunteers have served is reckoned."""
    actions.claim_session(news.session, by=news.by, at=news.at)


@erased.hear
def forget_names(news: Erased) -> None:
    """Names and words go; numbers, sums and the chain stay."""
    actions.forget_person(news.person, at=news.at)
