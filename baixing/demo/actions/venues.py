"""Venues and spaces of the demo city, and what is booked in them: by their own verbs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from baixing.demo import rules
from baixing.demo.actions.people import Company
from baixing.demo.actions.teams import CENTRE, CITY, OURS
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Days, Hold, Slot, SpaceFacts, VenueFacts
from baixing.schedule.models import Space, Venue
from baixing.schedule.rules.recurrence import Repeat
from baixing.teams.models import Team

Row = dict[str, Any]
TOWN = 2  # tier


def venues(company: Company, at: datetime) -> None:
    """Made by the head of the city, then booked by whoever each booking is for."""
    rows = rules.data("venues")
    made = {row["name"]: _venue(row, company, at) for row in rows["venue"]}
    _close(made["矿冶故事馆"], company, at)
    for row in rows["booking"]:
        _book(row, made[row["venue"]], company, at)


def _venue(row: Row, company: Company, at: datetime) -> Venue:
    by, unit = company["city"], _unit(row["of"], company)
    week = {int(day) - 1: [(opens, closes) for opens, closes in row["hours"]] for day in row["days"]}
    facts = VenueFacts(row["name"], row["kind"], unit.address, row["about"], row["access"])
    venue = actions.add_venue(unit, facts, week, by=by, at=at, invented=True)
    for space in row["space"]:
        actions.add_space(venue, SpaceFacts(**space), by=by, at=at)
    return venue


def _close(venue: Venue, company: Company, at: datetime) -> None:
    first = at.astimezone(LOCAL).date() + timedelta(days=9)
    days = Days(first, first + timedelta(days=1))
    actions.close_days(venue, days, words="换展板", by=company["city"], at=at)


def _unit(of: str, company: Company) -> Unit:
    named = {"station": company.station, "institute": company.units[TOWN]}
    named |= {"county": company.units[CENTRE], "city": company.units[CITY]}
    return named[of] if of in named else Unit.objects.get(name=of)


def _book(row: Row, venue: Venue, company: Company, at: datetime) -> None:
    space = Space.objects.select_related("venue__unit").get(venue=venue, name=row["space"])
    day = _open_day(venue, at.astimezone(LOCAL).date() + timedelta(days=row["ahead"]))
    slot = Slot(*(datetime.combine(day, time.fromisoformat(row[end]), LOCAL) for end in ("from", "to")))
    by, whose = _whose(row["for"], company)
    hold = Hold(space, slot, row["heads"], row["purpose"], **whose)
    if weeks := row.get("weeks"):
        actions.book_again(hold, Repeat("weekly", count=weeks), others=True, by=by, at=at)
    else:
        actions.book(hold, by=by, at=at)


def _open_day(venue: Venue, day: date) -> date:
    weekdays = set(venue.hours.values_list("weekday", flat=True))
    return next(found for n in range(7) if (found := day + timedelta(days=n)).weekday() in weekdays)


def _whose(name: str, company: Company) -> tuple[Person, dict[str, Any]]:
    """Who books, and in whose name."""
    if name == "resident":
        return company["resident"], {}
    if name == "team":
        return company["leader"], {"team": Team.objects.get(name=OURS)}
    return company["clerk" if name == "station" else name], {"unit": _unit(name, company)}
