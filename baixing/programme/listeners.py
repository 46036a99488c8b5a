"""What the programme hears from the floors below; what it does then is loaded when the first of it is heard."""

from __future__ import annotations

from baixing.people.news import Erased, erased
from baixing.schedule.news import CalledOff, called_off


@erased.hear
def forget_person(news: Erased) -> None:
    """Counts stay; whose they were goes."""
    from baixing.programme import actions

    actions.forget_person(news.person, by=news.by, at=news.at)


@called_off.hear
def tell_partners(news: CalledOff) -> None:
    """Whoever puts an activity on together hears that one of its sessions does not take place."""
    from baixing.programme import actions

    actions.tell_called_off(news.session, news.words, by=news.by, at=news.at)
