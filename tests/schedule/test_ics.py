"""A calendar as a file: what an event says, what is sent again and what is not, and that others can read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from baixing.schedule import actions
from baixing.schedule.models import Session
from baixing.schedule.views import ics
from tests.schedule.phone import ask, events, own
from tests.schedule.stage import EVENING, again, come, evening
from tests.town import DAY, HOUR, NINE, Town

LATER = NINE + HOUR


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_an_event_says_what_when_and_where(town: Town) -> None:
    session = evening(town, words="带小板凳；早到，有座", meeting_point="村口", link="https://live.example/1")

    event = events(f"/sessions/{session.pk}/calendar.ics")["百姓大舞台"]

    assert (event.start, event.end) == (EVENING, EVENING + 2 * HOUR)
    assert str(event.start.tzinfo) == "Asia/Shanghai"
    assert (event["location"], event["status"], event.sequence) == ("文化广场", "CONFIRMED", session.version)
    assert event["url"] == f"http://testserver/sessions/{session.pk}/"
    lines = ["带小板凳；早到，有座", "志愿者集合地点：村口", "线上参加：https://live.example/1", town.station.name]
    assert event["description"].splitlines() == lines
    assert event["dtstamp"].dt == event["last-modified"].dt == NINE.astimezone(UTC)


def test_a_change_keeps_the_name_and_raises_the_number(town: Town) -> None:
    session = evening(town)
    address = f"/units/{town.station.pk}/calendar.ics"
    before = events(address)["百姓大舞台"]

    actions.change(session, {"start": EVENING + HOUR}, [], by=town.zhou, at=LATER)

    after = events(address)["百姓大舞台"]
    assert after["uid"] == before["uid"]
    assert after.sequence > before.sequence
    assert (after.start, after["dtstamp"].dt) == (EVENING + HOUR, LATER.astimezone(UTC))


def test_what_a_device_has_is_not_sent_again_until_it_changes(town: Town) -> None:
    session = evening(town)
    address = f"/units/{town.station.pk}/calendar.ics"
    first = ask(address)
    known = {"if-none-match": first.headers["ETag"]}

    same = ask(address, **known)
    actions.change(session, {"place": "礼堂"}, [], by=town.zhou, at=LATER)
    other = ask(address, **known)

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (other.status_code, "礼堂" in other.content.decode()) == (200, True)
    assert other.headers["Last-Modified"] == "Thu, 05 Mar 2026 02:00:00 GMT"


def test_a_device_that_knows_only_the_hour_is_told_what_was_taken_out(town: Town) -> None:
    signup, feed = come(evening(town), town.jin), own(town.jin)
    address = f"/calendars/{feed.secret}.ics"
    before = ask(address)

    actions.cancel(again(signup), by=town.jin, at=LATER)

    after = ask(address, **{"if-modified-since": before.headers["Last-Modified"]})
    assert (after.status_code, Calendar.from_ical(after.content).events) == (200, [])


def test_secret_calendars_are_kept_by_no_shared_cache(town: Town) -> None:
    feed = own(town.jin)

    private, public = ask(f"/calendars/{feed.secret}.ics"), ask(f"/units/{town.station.pk}/calendar.ics")

    assert [one.headers["Cache-Control"] for one in (private, public)] == [
        "private, max-age=600",
        "public, max-age=600",
    ]
    assert {one.headers["Content-Type"] for one in (private, public)} == {"text/calendar; charset=utf-8"}


def test_each_language_has_its_own_words_and_mark(town: Town) -> None:
    actions.cancel_session(evening(town), words="下雨", by=town.zhou, at=NINE)
    address = f"/units/{town.station.pk}/calendar.ics"

    chinese, english = ask(address), ask(address, **{"accept-language": "en"})

    assert chinese.headers["ETag"] != english.headers["ETag"]
    assert "Called off: " in english.content.decode()


def test_only_the_year_around_today_is_told(town: Town) -> None:
    session = evening(town)
    address = f"/units/{town.station.pk}/calendar.ics"
    counts: list[int] = []
    for start in (NINE - 93 * DAY, NINE - 91 * DAY, NINE + 365 * DAY, NINE + 367 * DAY):
        Session.objects.filter(pk=session.pk).update(start=start, end=start + HOUR, version=len(counts) + 9)
        counts.append(len(events(address)))

    assert counts == [0, 1, 1, 0]


def test_a_calendar_asks_the_same_of_one_event_and_of_many(town: Town) -> None:
    session, feed = evening(town), own(town.jin)
    come(session, town.jin)
    addresses = [f"/units/{town.station.pk}/calendar.ics", f"/calendars/{feed.secret}.ics"]
    before = [_asks(address) for address in addresses]

    more = [_another(session) for _ in range(100)]
    for one in more[:20]:
        come(one, town.jin)

    assert [_asks(address) for address in addresses] == before
    assert [len(Calendar.from_ical(ask(address).content).events) for address in addresses] == [101, 21]


def _another(session: Session) -> Session:
    """The same again some hours later, with its seats."""
    copy, roles = Session.objects.get(pk=session.pk), list(session.roles.all())
    copy.pk = None
    shift = Session.objects.count() * 3 * HOUR
    copy.start, copy.end = copy.start + shift, copy.end + shift
    copy.save(force_insert=True)
    for role in roles:
        role.pk, role.session, role.taken = None, copy, 0
        role.save(force_insert=True)
    return copy


def _asks(address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask(address)
    return len(asked)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_whatever_is_typed_is_read_as_it_was_written(words: str) -> None:
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", ics._text("DESCRIPTION", words), "END:VEVENT", "END:VCALENDAR"]

    text = "".join(f"{ics._folded(line)}\r\n" for line in lines)

    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert str(event.get("description", "")) == ics.CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= ics.LONGEST


def test_file_names_its_zone_and_is_what_the_library_would_write(town: Town) -> None:
    session = evening(town, words="很长的话" * 60)

    text = ask(f"/sessions/{session.pk}/calendar.ics").content.decode()

    read = Calendar.from_ical(text)
    assert read.timezones[0].to_tz().utcoffset(datetime(2026, 7, 1)) == 8 * HOUR  # noqa: DTZ001 - as the zone is asked
    again_written = Calendar.from_ical(read.to_ical())
    assert sorted(text.replace("\r\n ", "").split("\r\n")) == sorted(
        again_written.to_ical().decode().replace("\r\n ", "").split("\r\n")
    )
