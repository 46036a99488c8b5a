"""Calendars that people's own devices read: who makes their addresses, who reads them, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from icalendar import Calendar

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.people.actions import erase
from baixing.schedule import actions
from baixing.schedule.models import Feed, Session
from baixing.teams.models import Membership
from tests.schedule.phone import ask, events, of, own
from tests.schedule.stage import again, come, evening
from tests.town import HOUR, NINE, VISIT, Town
from tests.web import Web

LATER = NINE + HOUR


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_calendar_of_a_unit_has_what_it_holds_for_everybody(town: Town) -> None:
    shown = evening(town)
    evening(town, public=False)
    town.order_in("appointed")
    session = evening(town)
    Session.objects.filter(pk=session.pk).update(state="draft")

    found = events(f"/units/{town.station.pk}/calendar.ics")

    assert [event["uid"] for event in found.values()] == [f"session-{shown.pk}@testserver"]


def test_what_is_called_off_stays_and_says_so(town: Town) -> None:
    session = evening(town)
    come(session, town.jin)
    feed = own(town.jin)

    actions.cancel_session(session, words="下雨", by=town.zhou, at=LATER)

    for found in (of(feed), events(f"/units/{town.station.pk}/calendar.ics")):
        assert {title: event["status"] for title, event in found.items()} == {"【取消】百姓大舞台": "CANCELLED"}


def test_own_calendar_has_ones_seats_and_nobody_elses(town: Town) -> None:
    session = evening(town)
    come(session, town.wei)
    feeds = [own(person) for person in (town.jin, town.wei)]

    assert [list(of(feed)) for feed in feeds] == [[], ["百姓大舞台"]]


def test_a_place_in_the_line_is_not_yet_sure_and_what_was_cancelled_is_gone(town: Town) -> None:
    session = evening(town)
    come(session, town.wei)
    come(session, town.shi)
    waiting, feed = come(session, town.jin), own(town.jin)

    event = of(feed)["百姓大舞台"]
    actions.cancel(again(waiting), by=town.jin, at=LATER)

    assert (event["status"], event["description"].splitlines()[0]) == ("TENTATIVE", "候补中")
    assert of(feed) == {}


def test_a_visit_shows_the_village_and_nothing_of_the_resident(town: Town) -> None:
    order = town.order_in("appointed")
    volunteer, feed = town.luo, own(town.luo)

    answer = ask(f"/calendars/{feed.secret}.ics")

    (event,) = Calendar.from_ical(answer.content).events
    assert (event["summary"], event["location"], event.start) == ("水龙头维修", town.station.short, VISIT.start)
    text = answer.content.decode().replace("\r\n ", "")
    hidden = (order.resident.name, order.phone, order.phone[-11:], order.address, order.words, order.code, order.number)
    assert [secret for secret in hidden if secret and secret in text] == []
    assert volunteer.name not in text


def test_calendar_of_a_team_shows_strangers_what_is_for_everybody_and_members_all(town: Town) -> None:
    town.order_in("appointed")
    Session.objects.filter(pk=evening(town).pk).update(team=town.plumbers)

    inside = actions.make_feed(town.plumbers, by=town.min, at=NINE)

    assert list(events(f"/teams/{town.plumbers.pk}/calendar.ics")) == ["百姓大舞台"]
    assert list(of(inside)) == ["水龙头维修", "百姓大舞台"]


def test_whoever_leaves_a_team_reads_its_calendar_no_longer(town: Town) -> None:
    feed = actions.make_feed(town.plumbers, by=town.min, at=NINE)

    Membership.objects.filter(team=town.plumbers, person=town.min).update(state="left")

    assert ask(f"/calendars/{feed.secret}.ics").status_code == 404


def test_nobody_makes_an_address_for_a_team_of_others(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.make_feed(town.plumbers, by=town.zhou, at=NINE)


@pytest.mark.both
def test_each_calendar_has_one_address_and_the_next_is_another(town: Town) -> None:
    first = own(town.min)
    actions.make_feed(town.plumbers, by=town.min, at=NINE)
    for team in (None, town.plumbers):
        with pytest.raises(NotNow):
            actions.make_feed(team, by=town.min, at=NINE)

    actions.revoke_feed(first, by=town.min, at=LATER)

    assert own(town.min).secret != first.secret
    lines = Entry.objects.of(first).values_list("verb", "by", "facts")
    assert list(lines) == [("make_feed", town.min.pk, {"team": None}), ("revoke_feed", town.min.pk, {})]


@pytest.mark.both
def test_address_is_kept_sealed_and_not_at_all_once_it_is_revoked(town: Town) -> None:
    feed = own(town.jin)
    kept = _raw(feed)

    actions.revoke_feed(feed, by=town.jin, at=LATER)

    assert feed.secret not in "".join(kept)
    assert _raw(feed)[0] == ""
    with pytest.raises(NotNow):
        actions.revoke_feed(feed, by=town.jin, at=LATER)


def _raw(feed: Feed) -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, digest FROM schedule_feed WHERE id = %s", [feed.pk])
        found: tuple[str, str] = cursor.fetchone()
    return found


def test_a_revoked_address_and_a_wrong_one_are_said_to_be_so(town: Town) -> None:
    feed = own(town.jin)
    actions.revoke_feed(feed, by=town.jin, at=LATER)

    for secret in (feed.secret, "a", "x" * 300, "日历", "..", "%00"):
        answer = ask(f"/calendars/{secret}.ics")
        assert answer.status_code in {400, 404}, secret
    assert "这个日历地址不对，或者已经作废了" in ask(f"/calendars/{feed.secret}.ics").content.decode()


def test_whoever_is_forgotten_leaves_no_calendar(town: Town) -> None:
    feed = own(town.wei)

    erase(town.wei, by=town.wei, at=LATER)

    assert ask(f"/calendars/{feed.secret}.ics").status_code == 404
    assert Feed.objects.get().secret == ""


def test_address_is_made_shown_and_revoked_on_ones_own_page(town: Town) -> None:
    web = Web(town.min)

    web.post("/me/calendars/make/")
    web.post(f"/me/calendars/make/{town.plumbers.pk}/")
    mine, teams = Feed.objects.order_by("pk")
    page = web.get("/me/calendars/")
    web.post(f"/me/calendars/{mine.pk}/revoke/")

    assert [f"//testserver/calendars/{feed.secret}.ics" in page for feed in (mine, teams)] == [True, True]
    assert f'href="webcal://testserver/calendars/{mine.secret}.ics"' in page
    shown = web.get("/me/calendars/")
    assert [feed.secret in shown for feed in (mine, teams)] == [False, True]


def test_nobody_sees_or_revokes_the_address_of_another(town: Town) -> None:
    feed, web = own(town.jin), Web(town.wei)

    answer = web.post(f"/me/calendars/{feed.pk}/revoke/")

    assert (answer.status_code, feed.secret in web.get("/me/calendars/")) == (404, False)
    assert Feed.objects.live().count() == 1
    with pytest.raises(NotAllowed):
        actions.revoke_feed(feed, by=town.wei, at=NINE)
