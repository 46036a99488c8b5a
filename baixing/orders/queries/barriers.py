"""What is in the way of a team: a code and what it is about, which are kept, and their words, which are not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.kernel.refusals import NotNow
from baixing.look.said import said_near_date
from baixing.schedule.queries import week_of

Told = Mapping[str, Any]
WEEK: Final = timedelta(days=7)
WORDS: Final = {
    "inactive": gettext_lazy("is not active any more"),
    "off_duty": gettext_lazy("is off duty at the moment"),
    "off_until": gettext_lazy("is off duty until %(day)s"),
    "unskilled": gettext_lazy("does not know this craft"),
    "too_far": gettext_lazy("does not go that far"),
    "unlicensed": gettext_lazy("has no valid licence for it"),
    "declined": gettext_lazy("has declined this order"),
    "own": gettext_lazy("is the resident's own team"),
    "short": gettext_lazy("has too few people on duty"),
    "days_off": gettext_lazy("has the days off that the resident gave"),
    "week_full": gettext_lazy("takes %(most)d visits a week and has as many %(when)s"),
    "no_day": gettext_lazy("has no free day in the next three weeks"),
    "day_off": gettext_lazy("is off on %(day)s"),
    "day_full": gettext_lazy("has no room left on %(day)s"),
}


class Barrier(str):
    """Its words for whoever asks now; `told` is what they say, in numbers and days."""

    __slots__ = ("told",)
    told: dict[str, Any]

    @classmethod
    def of(cls, code: str, on: date, **about: int | date) -> Self:
        told = {name: one.isoformat() if isinstance(one, date) else one for name, one in about.items()}
        barrier = cls(said({"code": code, **told}, on))
        barrier.told = {"code": code, **told}
        return barrier


class CannotBeAsked(NotNow):
    """A team that something is in the way of."""

    def __init__(self, team: str, barrier: Barrier) -> None:
        self.barrier = barrier
        super().__init__(cannot_be_asked(team, barrier))


def cannot_be_asked(team: str, why: str) -> str:
    return _("%(team)s cannot be asked: %(why)s") % {"team": team, "why": why}


def said(told: Told, on: date) -> str:
    """In words, for somebody who reads them on that day."""
    about = dict(told)
    if "day" in told:
        about["day"] = said_near_date(date.fromisoformat(told["day"]))
    if "monday" in told:
        about["when"] = week_words(date.fromisoformat(told["monday"]), on)
    return str(WORDS[told["code"]]) % about


def week_words(monday: date, on: date) -> str:
    this = week_of(on)
    near = {this: _("this week"), this + WEEK: _("next week")}
    return near.get(monday) or _("in the week from %(monday)s") % {"monday": said_near_date(monday)}
