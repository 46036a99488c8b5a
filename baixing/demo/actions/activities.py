"""What the demo village and the units above it put on: some of it held, some of it to come with seats free."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from baixing.demo import rules
from baixing.demo.actions.people import Company
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Platform, Task, Unit
from baixing.people.models import Person
from baixing.programme import actions
from baixing.programme.actions import Idea, Promise, Sitting
from baixing.programme.models import Activity, Series
from baixing.programme.queries import this_month
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Role, Session

DAY = timedelta(days=1)
BEFORE = timedelta(days=21)  # when all of it was planned
STAFF = {1: "clerk", 2: "institute", 3: "county", 4: "city"}
FACTS = ("place", "meeting_point", "speech", "risk", "insurance")


def activities(company: Company, at: datetime) -> None:
    """All of it stands on a list of the county, where the village's share of the promise can be seen."""
    made = [_put_on(row, company, at) for row in rules.data("activities")["activity"]]
    by, planned, today = company["county"], at - BEFORE, at.astimezone(LOCAL).date()
    for row in rules.data("activities")["list"]:
        facts = {"title": row["title"], "words": row["words"], "invented": True}
        promise = Promise(today - 30 * DAY, today + 60 * DAY, row["target"], facts)
        found = actions.add_list(company.units[row["tier"]], promise, by=by, at=planned)
        for activity in made:
            if found.unit.covers(activity.unit):
                actions.enter(found, activity, by=by, at=planned)
        actions.publish_list(found, by=by, at=planned)


def _put_on(row: dict[str, Any], company: Company, at: datetime) -> Activity:
    by, planned, unit = company[STAFF[row["tier"]]], at - BEFORE, company.units[row["tier"]]
    today = at.astimezone(LOCAL).date()
    tags = {"platform": Platform.objects.get(slug=row["platform"]), "task": Task.objects.get(slug=row["task"])}
    facts = {"title": row["title"], "words": row["words"], "theme": this_month(today), **tags, "invented": True}
    if row.get("tour"):
        named = {"title": row["title"], "words": row["words"], "kind": Series.Kind.TOUR, "invented": True}
        facts["series"] = actions.add_series(unit, named, by=by, at=planned)
    activity = actions.plan_activity(unit, Idea(facts), by=by, at=planned)
    told = {name: row[name] for name in FACTS if name in row}
    times, needs = _times(row, today), _needs(row)
    stops = Unit.objects.within(unit).tier(1).order_by("path")[: len(times)] if row.get("tour") else []
    sittings = [Sitting(stop, [when], needs, told) for stop, when in zip(stops, times, strict=False)]
    actions.add_sessions(activity, *(sittings or [Sitting(unit, times, needs, told)]), by=by, at=planned)
    actions.publish(activity, by=by, at=planned)
    _hold(activity, row, by, at)
    return activity


def _times(row: dict[str, Any], today: date) -> list[tuple[datetime, datetime]]:
    begins = time.fromisoformat(row["starts"])
    starts = [datetime.combine(today + number * DAY, begins, LOCAL) for number in row["days"]]
    return [(start, start + timedelta(hours=row["hours"])) for start in starts]


def _needs(row: dict[str, Any]) -> list[Need]:
    seats = (
        [Need(Role.Side.RESIDENT, row["seats"], age_from=row.get("age_from"), age_to=row.get("age_to"))]
        if "seats" in row
        else []
    )
    return [*seats, *([Need(Role.Side.VOLUNTEER, row["volunteers"], least=2)] if "volunteers" in row else [])]


def _hold(activity: Activity, row: dict[str, Any], by: Person, at: datetime) -> None:
    """What is over was held, and a party of so many heads was there."""
    over = Session.objects.filter(occasion__activity=activity, end__lte=at - 2 * DAY).select_related("unit", "team")
    for session in over.order_by("start"):
        role = session.roles.select_related("session__unit").get(side=Role.Side.RESIDENT)
        party = Seat(role, None, headcount=row["heads"], party=row["party"])
        signup = schedule.sign_up(party, by=by, at=session.start - 5 * DAY)
        schedule.check_in(signup, way="desk", by=by, at=session.start)
        schedule.report(session, by=by, at=session.end)
    if "results" in row:
        actions.tell_results(activity, row["results"], by=by, at=at - DAY)
