"""What the demo county asks people to promise, whom a village remembers, and what a township collects."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from baixing.demo import rules
from baixing.demo.actions.activities import STAFF
from baixing.demo.actions.people import Company
from baixing.kernel.calendar import LOCAL
from baixing.programme import actions
from baixing.programme.actions import Aim, Call, Counted, Entered
from baixing.programme.models import Campaign

DAY = timedelta(days=1)
NINE, SIX = time(9), time(18)  # from nine in the morning to six in the evening
ASKS = ("title", "words", "promise", "counted", "measure")


def matters(company: Company, at: datetime) -> None:
    _remember(rules.data("matters")["remembrance"], company, at)
    _collect(rules.data("matters")["contest"], company, at)
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


def _remember(row: dict[str, Any], company: Company, at: datetime) -> None:
    by, begun = company[STAFF[row["tier"]]], at - 20 * DAY
    facts = {"title": row["title"], "words": row["words"].strip(), "invented": True}
    found = actions.add_remembrance(company.units[row["tier"]], facts, by=by, at=begun)
    actions.publish_remembrance(found, by=by, at=begun)
    for who, flower, words, is_read in row["left"]:
        left = actions.leave_tribute(found, flower, words, by=company[who], at=at - 3 * DAY)
        if is_read:
            actions.show_words(left, by=by, at=at - 2 * DAY)


def _collect(row: dict[str, Any], company: Company, at: datetime) -> None:
    """It is open: one work is taken in, one is to be looked at, and two people are asked to judge."""
    by, begun = company[STAFF[row["tier"]]], at - 10 * DAY
    facts = {"title": row["title"], "words": row["words"], "invented": True}
    today = at.astimezone(LOCAL).date()
    first, last = datetime.combine(today - 10 * DAY, NINE, LOCAL), datetime.combine(today + 20 * DAY, SIX, LOCAL)
    call = Call(first, last, row["categories"], facts)
    found = actions.add_contest(company.units[row["tier"]], call, by=by, at=begun)
    actions.publish_contest(found, by=by, at=begun)
    categories = list(found.categories.all())
    for number, (who, title, words, maker, is_in) in enumerate(row["works"]):
        told = {"title": title, "words": words, "maker": maker}
        unit = None if who == "resident" else company.station
        entered = Entered(categories[number], told, unit=unit)
        work = actions.enter_work(found, entered, by=company[who], at=at - 4 * DAY)
        if is_in:
            actions.admit_work(work, by=by, at=at - 3 * DAY)
    for who in ("county", "city"):
        actions.name_juror(found, company[who], by=by, at=at - 5 * DAY)
