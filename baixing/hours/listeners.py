"""What hours hear from the floors below; what they do then is loaded when the first of it is heard."""

from __future__ import annotations

from baixing.people.news import Erased, erased
from baixing.schedule.news import Reported, reported


@reported.hear
def claim_hours(news: Reported) -> None:
    """A session is over: what its volunteers have served is reckoned."""
    from baixing.hours import actions

    actions.claim_session(news.session, by=news.by, at=news.at)


@erased.hear
def forget_names(news: Erased) -> None:
    """Names and words go; numbers, sums and the chain stay."""
    from baixing.hours import actions

    actions.forget_person(news.person, at=news.at)
