"""A phone that reads calendars: signed in nowhere, with another maker's library."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar

from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.models import Feed
from tests.town import NINE


def ask(address: str, **headers: str) -> HttpResponse:
    """As the calendar of a phone asks."""
    client = Client(headers={"accept-language": "zh-hans", **headers})
    return client.get(address)  # type: ignore[return-value]  # the test's own answer


def events(address: str) -> dict[str, Any]:
    """The events by their titles, as another maker's library reads them."""
    answer = ask(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).events}


def of(feed: Feed) -> dict[str, Any]:
    return events(f"/calendars/{feed.secret}.ics")


def own(person: Person) -> Feed:
    return actions.make_feed(by=person, at=NINE)
