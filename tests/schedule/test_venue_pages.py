"""The pages of venues and bookings: what was typed is kept, what clashes is named, the deed is done once."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from baixing.people.models import Person
from baixing.schedule.forms.venues import Hours
from baixing.schedule.models import Booking, Closure, OpenHours, Space, Venue
from tests.schedule.rooms import SATURDAY, TEN, Circle, again, for_others, for_station, for_team, hall, slot, states
from tests.town import NINE, Town


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(person: Person, address: str, **typed: object) -> HttpResponse:
    return browser(person).post(address, {"key": uuid4().hex, **typed})  # type: ignore[return-value]  # the test's own


def typed(town: Town, **changes: object) -> dict[str, object]:
    said = {"day": "2026-03-07", "start": "10:00", "end": "11:00", "headcount": "20", "purpose": "合唱排练"}
    return {**said, "name": f"unit-{town.station.pk}", **changes}


def test_booked_from_the_page_and_shown(town: Town) -> None:
    space = hall(town)

    answer = post(town.zhou, f"/spaces/{space.pk}/book/", **typed(town))
    page = browser(town.zhou).get(answer.headers["Location"]).content.decode()

    assert (answer.status_code, states(space), Booking.objects.get().start) == (302, ["confirmed"], TEN.start)
    assert "合唱排练" in page
    assert "已确认" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end": "09:00"}, "结束时间要晚于开始时间"),
        ({"day": "2026-03-01"}, "已经过去"),
        ({"start": "12:30", "end": "13:00"}, "只在 08:00–12:00"),
        ({"headcount": "41"}, "最多容纳 40 人"),
        ({"every": "weekly"}, "到哪一天为止"),
        ({"every": "daily", "until": "2026-12-31"}, "一次最多预约 100 回"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(town: Town, changes: dict[str, str], words: str) -> None:
    space = hall(town)

    answer = post(town.zhou, f"/spaces/{space.pk}/book/", **typed(town, **changes))
    page = answer.content.decode()

    assert (answer.status_code, states(space)) == (422, [])
    assert words in page
    assert "合唱排练" in page


def test_the_clashing_times_of_many_are_named_and_then_the_others_booked(town: Town) -> None:
    space = hall(town)
    for_station(town, space, slot(10, day=7))
    weekly = typed(town, every="weekly", count="3")

    named = post(town.zhou, f"/spaces/{space.pk}/book/", **weekly)
    page = named.content.decode()
    done = post(town.zhou, f"/spaces/{space.pk}/book/", **weekly, others="on")

    assert (named.status_code, done.status_code) == (422, 302)
    assert "其中 1 个时间约不到" in page
    assert 'name="others"' in page
    assert len(states(space)) == 3


def test_until_midnight_is_until_24(town: Town) -> None:
    space = hall(town)
    OpenHours.objects.filter(weekday=5, closes=22 * 60).update(closes=24 * 60)

    answer = post(town.zhou, f"/spaces/{space.pk}/book/", **typed(town, start="23:00", end="00:00"))

    assert (answer.status_code, states(space)) == (302, ["confirmed"])


def test_whoever_may_not_book_reads_so_and_sees_no_form(town: Town) -> None:
    space = hall(town, asks=Circle.UNITS)

    page = browser(town.luo).get(f"/spaces/{space.pk}/book/").content.decode()

    assert "您不能预约这个场室" in page
    assert 'name="purpose"' not in page


def test_two_who_ask_for_one_time_read_of_each_other_and_so_does_its_owner(town: Town) -> None:
    space = hall(town)
    first, second = for_team(town, space), for_others(town, space)

    read = [
        (reader, browser(reader).get(f"/bookings/{booking.pk}/").content.decode())
        for reader, booking in ((town.luo, first), (town.others.leader, second), (town.zhou, first))
    ]

    assert [town.others.name in page for _reader, page in read] == [True, True, True]
    assert [town.plumbers.name in page for _reader, page in read] == [True, True, True]
    assert [f"/bookings/{second.pk}/" in page for _reader, page in read] == [False, True, True]
    assert "另有 1 个申请" in browser(town.zhou).get("/bookings/").content.decode()


def test_answered_from_the_page(town: Town) -> None:
    space = hall(town)
    asked = for_team(town, space)

    no_reason = post(town.zhou, f"/bookings/{asked.pk}/refuse/", version=asked.version, words="")
    done = post(town.zhou, f"/bookings/{asked.pk}/refuse/", version=asked.version, words="那天修灯")

    assert (no_reason.status_code, done.status_code, again(asked).answer) == (422, 302, "那天修灯")
    assert "那天修灯" in browser(town.luo).get(f"/bookings/{asked.pk}/").content.decode()


def test_a_page_that_has_grown_old_confirms_nothing(town: Town) -> None:
    asked = for_team(town, hall(town))

    post(town.wu, f"/bookings/{asked.pk}/refuse/", version=asked.version, words="那天修灯")
    late = post(town.zhou, f"/bookings/{asked.pk}/confirm/", version=asked.version)

    assert (late.status_code, again(asked).state) == (409, "refused")


def test_a_venue_and_its_space_are_made_from_the_pages(town: Town) -> None:
    hours = {f"hours_{day}": "8:30-12:00，14：30～18:00" for day in range(5)}

    made = post(town.zhou, f"/units/{town.station.pk}/venues/add/", name="图书室", kind="library", in_use="on", **hours)
    space = post(town.zhou, made.headers["Location"], name="书架间", capacity="12", at_once="1", asks="4", in_use="on")

    assert (made.status_code, space.status_code, Space.objects.get().capacity) == (302, 302, 12)
    assert sorted(set(OpenHours.objects.values_list("opens", "closes"))) == [(510, 720), (870, 1080)]
    assert Venue.objects.get().hours.count() == 10


@pytest.mark.parametrize("text", ["早上", "8-12", "12:00-8:30", "8:30-12:00, 11:00-14:00", "20:00-25:00"])
def test_hours_that_are_none(text: str) -> None:
    field = Hours()

    with pytest.raises(Exception, match=r"8:30-12:00|24:00"):
        field.clean(text)


def test_days_are_closed_once_the_person_insists(town: Town) -> None:
    space = hall(town)
    booked = for_station(town, space)
    said = {"first": "2026-03-07", "words": "消防演练"}

    named = post(town.zhou, f"/venues/{space.venue_id}/close/", **said)
    done = post(town.zhou, f"/venues/{space.venue_id}/close/", **said, insist="on")

    assert (named.status_code, done.status_code, Closure.objects.count()) == (422, 302, 1)
    assert "柳树村" in named.content.decode()
    assert again(booked).state == "called_off"


def test_a_leader_finds_what_is_free_and_is_led_to_book_it(town: Town) -> None:
    space = hall(town)

    page = browser(town.luo).get("/spaces/free/?day=2026-03-07&start=10:00&end=11:00&heads=30&fitted=projector")

    assert f"/spaces/{space.pk}/book/?day=2026-03-07&start=10:00" in page.content.decode()


def test_an_empty_list_and_an_empty_venue_say_what_will_stand_there(town: Town) -> None:
    empty = Client().get("/venues/").content.decode()
    space = hall(town)
    space.delete()

    pages = [Client().get(f"/venues/{space.venue_id}/{name}").content.decode() for name in ("", "day/", "month/")]

    assert "没有找到场所" in empty
    assert "这里还没有可以预约的场室" in pages[0]
    assert all("还没有场室" in page for page in pages[1:])


def test_a_day_that_is_none_is_today(town: Town) -> None:
    space = hall(town)

    pages = [Client().get(f"/venues/{space.venue_id}/day/?day={day}") for day in ("", "x", "9999-12-31", "2026-02-31")]

    assert {page.status_code for page in pages} == {200}
    assert all(f"?day={(SATURDAY.date().replace(day=6)).isoformat()}" in page.content.decode() for page in pages)
