"""What is on: what fits is listed, nothing else, page by page, and an empty page offers something."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baixing.network.actions import add_unit
from baixing.network.models import Unit
from baixing.programme.forms.whats_on import written
from baixing.programme.queries import whats_on
from baixing.programme.queries.outlines import scheme
from baixing.programme.queries.whats_on import Asked, Listing, by_county, listing, soon, soon_in
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import Role, Session
from tests.programme.stage import EVENING, draft, published, sessions
from tests.schedule.stage import come
from tests.town import DAY, HOUR, NINE, Town
from tests.web import Web


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def titles(found: Listing) -> list[str]:
    return [row.session.title for day in found.days for row in day.rows]


def on(town: Town, title: str, unit: Unit | None = None, days: int = 0, **more: object) -> Session:
    """Open for everybody, so many days after the evening of the town."""
    need = {name: more.pop(name) for name in ("age_from", "age_to") if name in more}
    seats = int(str(more.pop("seats", 30)))
    needs = [Need(Role.Side.RESIDENT, seats, **need)] if seats else []  # type: ignore[arg-type]  # ages
    start, kind = EVENING + days * DAY, str(more.pop("kind", "activity"))
    facts = {"public": True, **more}
    wanted = Planned(kind, title, unit or town.station, start, start + 2 * HOUR, needs=needs, facts=facts)
    made = schedule.plan(wanted, by=town.gao, at=NINE)
    schedule.open(made, by=town.gao, at=NINE)
    return made


def test_what_is_open_to_everybody_is_listed_day_by_day_and_nothing_else(town: Town) -> None:
    on(town, "后天", days=1)
    on(town, "今晚")
    on(town, "内部", public=False)
    off = on(town, "取消的")
    schedule.cancel_session(off, words="下雨", by=town.gao, at=NINE)
    draft(town)
    town.order_in("appointed")

    found = listing(Asked(), NINE)

    assert titles(found) == ["今晚", "后天"]
    assert [day.day for day in found.days] == [EVENING.date(), (EVENING + DAY).date()]


@pytest.mark.both
def test_each_filter_keeps_what_fits(town: Town) -> None:
    platform = town.tap_repair.platform
    on(town, "孩子", age_from=6, age_to=12)
    on(town, "老人", age_from=60, unit=town.county)
    on(town, "科普", platform=platform, seats=0)
    full = on(town, "满了", seats=1, kind="lesson")
    come(full, town.jin)

    def those(**asked: object) -> set[str]:
        return set(titles(listing(Asked(**asked), NINE)))  # type: ignore[arg-type]  # as each test line says

    assert those(age=8) == {"孩子", "科普", "满了"}
    assert those(age=70) == {"老人", "科普", "满了"}
    assert those(free=True) == {"孩子", "老人", "科普"}
    assert those(platform=platform.pk) == {"科普"}
    assert those(kind="lesson") == {"满了"}
    assert those(unit=town.institute) == {"孩子", "科普", "满了"}
    assert those(unit=town.county, age=70) == {"老人", "科普", "满了"}
    assert those(day=(EVENING + DAY).date()) == set()


def test_what_began_before_and_goes_on_is_still_there(town: Town) -> None:
    fair = on(town, "庙会")
    Session.objects.filter(pk=fair.pk).update(end=EVENING + 3 * DAY)

    during = listing(Asked(day=(EVENING + 2 * DAY).date()), NINE)
    after = listing(Asked(day=(EVENING + 4 * DAY).date()), NINE)
    now_on = listing(Asked(), EVENING + DAY)

    assert (titles(during), titles(after), titles(now_on)) == (["庙会"], [], ["庙会"])
    assert during.days[0].day == (EVENING + 2 * DAY).date()


@pytest.mark.both
def test_pages_follow_each_other_without_a_gap_or_a_repeat(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whats_on, "PER_PAGE", 3)
    for n in range(8):
        on(town, f"{n}", days=n // 3)

    seen, asked = [], Asked()
    while True:
        found = listing(asked, NINE)
        seen += titles(found)
        if found.more is None:
            break
        asked = Asked(after=found.more)

    assert seen == [str(n) for n in range(8)]


def test_the_address_of_the_next_page_says_where_this_one_ended(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whats_on, "PER_PAGE", 1)
    first, second = on(town, "甲"), on(town, "乙")

    page = Web().get("/whats-on/")
    after = written((first.start, first.pk))
    following = Web().get(f"/whats-on/?after={after}")

    assert f"after={after}" in page
    assert (f"/sessions/{first.pk}/" in following, f"/sessions/{second.pk}/" in following) == (False, True)


@pytest.mark.parametrize(
    "asked",
    ["day=x", "day=9999-12-31", "unit=0", "unit=99999999999", "platform=1e9", "age=-1", "kind=visit", "after=nan-1",
     "after=1e400-1", "after=-5", "after=9999999999999-9", "after=1-99999999999999999999", "free=1&age=x"],
)  # fmt: skip
def test_whatever_is_asked_there_is_an_answer(town: Town, asked: str) -> None:
    on(town, "今晚")

    Web().get(f"/whats-on/?{asked}")
    Web().get(f"/whats-on/map/?{asked}")


def test_an_empty_day_offers_the_next_one_that_is_not(town: Town) -> None:
    on(town, "今晚")

    page = Web().get(f"/whats-on/?day={NINE:%F}")

    assert "Nothing is on then" in page
    assert f"day={EVENING:%F}" in page


def test_an_empty_city_offers_a_wish(town: Town) -> None:
    assert "Tell us your wish" in Web().get("/whats-on/")


def test_the_week_says_how_much_is_on_each_day(town: Town) -> None:
    on(town, "甲")
    on(town, "乙")
    on(town, "丙", unit=town.county)

    whole, village = listing(Asked(), NINE), listing(Asked(unit=town.station), NINE)

    assert [(one.day.isoweekday(), one.count) for one in whole.week if one.count] == [(7, 3)]
    assert [one.count for one in village.week if one.count] == [2]


def test_the_scheme_counts_as_the_list_does(town: Town) -> None:
    Unit.objects.filter(pk=town.county.pk).update(code="620402000000")
    other = add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)
    on(town, "甲")
    on(town, "乙", unit=town.county)
    on(town, "丙", unit=other, kind="lesson")
    counties = whats_on.counties()

    counts = by_county(Asked(), counties, NINE)
    drawn = scheme(counties, counts)

    listed = {one.pk: len(titles(listing(Asked(unit=one), NINE))) for one in counties}
    assert counts == listed == {town.county.pk: 2, other.pk: 1}
    assert by_county(Asked(kind="lesson"), counties, NINE) == {town.county.pk: 0, other.pk: 1}
    assert drawn is not None
    assert [(shape.unit.short, shape.count) for shape in drawn.shapes] == [("东区", 2)]


def test_the_nearest_of_the_coming_days_stand_on_the_front_page(town: Town) -> None:
    far = add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)
    for n in range(4):
        on(town, f"远{n}", unit=far)
    on(town, "近", days=1)
    on(town, "太晚", days=20)

    assert [one.title for one in soon(town.station, NINE, 2)] == ["远0", "近"]
    assert [one.title for one in soon(None, NINE, 2)] == ["远0", "远1"]
    assert [one.title for one in soon_in(town.station, NINE, 4)] == ["近", "太晚"]
    assert "近" in Web(town.jin).get("/")


def test_what_is_called_off_leaves_the_kept_front_page_at_once(town: Town) -> None:
    session = on(town, "看得见的")
    before = Web().get("/")

    schedule.cancel_session(session, words="下雨", by=town.gao, at=NINE)

    assert ("看得见的" in before, "看得见的" in Web().get("/")) == (True, False)


def test_a_long_list_asks_as_often_as_a_short_one(town: Town) -> None:
    asked: list[int] = []
    on(town, "甲")
    for more in (0, 2, 26):
        for n in range(more):
            on(town, f"{n}", days=n % 5)
        with CaptureQueriesContext(connection) as queries:
            listing(Asked(unit=town.county, age=30, free=True), NINE)
        asked.append(len(queries))

    assert asked == [asked[0]] * 3


def test_the_sessions_of_an_activity_are_listed_once_it_is_published(town: Town) -> None:
    activity = published(town, 0, 1)

    page = Web().get("/whats-on/")

    assert {int(pk) for pk in re.findall(r"/sessions/(\d+)/", page)} == {one.pk for one in sessions(activity)}
