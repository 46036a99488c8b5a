"""What the demo county asks people to promise, and what has come of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from baixing.demo import rules
from baixing.demo.actions.activities import STAFF
from baixing.demo.actions.people import Company
from baixing.kernel.calendar import LOCAL
from baixing.programme import actions
from baixing.programme.actions import Aim, Counted
from baixing.programme.models import Campaign

DAY = timedelta(days=1)
ASKS = ("title", "words", "promise", "counted", "measure")


def matters(company: Company, at: datetime) -> None:
    for row in rules.data("matters")["campaign"]:
        founded, today = at - 25 * DAY, at.astimezone(LOCAL).date()
        aim = Aim(today - 65 * DAY, today + 60 * DAY, {**{name: row[name] for name in ASKS}, "invented": True})
        by = company[STAFF[row["tier"]]]
        found = actions.add_campaign(company.units[row["tier"]], aim, by=by, at=founded)
        actions.publish_campaign(found, by=by, at=founded)
        _promise(found, company, at)
        for tier, ago, number, words in row["tallies"]:
            _count(found, company, tier, Counted(_month(today, ago), number, words), at)


def _promise(found: Campaign, company: Company, at: datetime) -> None:
    actions.pledge(found, "person", by=company["resident"], at=at - 20 * DAY)
    actions.pledge(found, "household", by=company.grandmother, at=at - 15 * DAY)
    actions.pledge(found, "unit", unit=company.units[1], by=company["clerk"], at=at - 18 * DAY)


def _count(found: Campaign, company: Company, tier: int, counted: Counted, at: datetime) -> None:
    """Of months that are over it is confirmed by the tier above; what is of this month waits."""
    told = actions.tell_tally(found, company.units[tier], counted, by=company[STAFF[tier]], at=at)
    if counted.month < at.astimezone(LOCAL).date().replace(day=1):
        actions.confirm_tally(told, by=company[STAFF[tier + 1]], at=at)


def _month(today: date, ago: int) -> date:
    number = today.year * 12 + today.month - 1 - ago
    return date(number // 12, number % 12 + 1, 1)
