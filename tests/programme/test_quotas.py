"""What is asked of units in a month, against what they plan and held; each cell opens what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed
from baixing.programme import actions
from baixing.programme.models import Quota
from baixing.programme.queries.quotas import Cell, plan_of, rows_behind
from baixing.schedule.actions import cancel_session
from tests.programme.stage import draft, held, published, sessions
from tests.town import NINE, Town
from tests.web import Web

MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def ask(town: Town, least: int, tier: int = 1) -> None:
    actions.set_quotas({(tier, town.tap_repair.platform.pk): least}, by=town.gao, at=NINE)


def cell_of(town: Town) -> Cell:
    return plan_of(town.station, MARCH).rows[0].cells[0]


def test_a_cell_counts_what_the_unit_itself_plans_and_held_in_the_month(town: Town) -> None:
    ask(town, 4)
    platform = town.tap_repair.platform
    activity = published(town, 0, 7, 14, 40, platform=platform)  # the last in April
    cancel_session(sessions(activity)[1], words="下雪", by=town.zhou, at=NINE)
    held(town, activity)
    draft(town, 1, platform=platform)
    published(town)  # of no platform
    town.order_in("appointed")

    cell = cell_of(town)

    assert (cell.least, cell.planned, cell.held, cell.state) == (4, 3, 1, "missing")
    assert len(rows_behind(town.station, platform, MARCH, NINE)) == cell.planned


@pytest.mark.parametrize(("least", "state"), [(0, "none"), (1, "reached"), (2, "planned"), (3, "missing")])
def test_its_colour_says_how_it_stands(town: Town, least: int, state: str) -> None:
    ask(town, least)
    held(town, published(town, 0, 7, platform=town.tap_repair.platform))

    assert cell_of(town).state == state


def test_each_tier_is_asked_for_its_own(town: Town) -> None:
    ask(town, 4, tier=1)
    ask(town, 2, tier=2)

    rows = plan_of(town.institute, MARCH).rows

    assert [(row.unit, row.cells[0].least) for row in rows] == [(town.institute, 2), (town.station, 4)]


def test_only_the_editors_of_the_city_ask(town: Town) -> None:
    for person in (town.he, town.zhou, town.shen):
        with pytest.raises(NotAllowed):
            actions.set_quotas({(1, town.tap_repair.platform.pk): 4}, by=person, at=NINE)


def test_what_is_asked_no_more_is_no_row_and_every_change_is_a_line(town: Town) -> None:
    for least in (4, 4, 2, 0):
        ask(town, least)

    lines = Entry.objects.filter(verb="set_quota").order_by("pk").values_list("facts", flat=True)
    assert not Quota.objects.exists()
    assert [(line["before"], line["least"]) for line in lines] == [(0, 4), (4, 2), (2, 0)]


def test_two_who_ask_at_once_see_both_numbers(town: Town) -> None:
    web, name = Web(town.gao), f"t1-p{town.tap_repair.platform.pk}"
    seen = web.get("/programme/quotas/").partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    web.post("/programme/quotas/", seen=seen, **{name: 3})

    second = web.post("/programme/quotas/", seen=seen, **{name: 5})

    assert (second.status_code, Quota.objects.get().least) == (409, 3)
    assert f'name="take-{name}"' in second.content.decode()


def test_each_cell_opens_the_rows_behind_it(town: Town) -> None:
    activity = published(town, platform=town.tap_repair.platform)

    page = Web(town.zhou).get(f"/units/{town.station.pk}/plan/?month=2026-03")
    rows = Web(town.zhou).get(f"/units/{town.station.pk}/plan/science/?month=2026-03")
    april = Web(town.zhou).get(f"/units/{town.station.pk}/plan/science/?month=2026-04")

    address = f"/sessions/{sessions(activity)[0].pk}/"
    assert f"/units/{town.station.pk}/plan/science/?month=2026-03" in page
    assert (address in rows, address in april) == (True, False)


@pytest.mark.parametrize("month", ["2026-13", "x", "9999-01", ""])
def test_whatever_month_is_asked_for_there_is_an_answer(town: Town, month: str) -> None:
    Web(town.zhou).get(f"/units/{town.station.pk}/plan/?month={month}")


def test_a_month_ends_at_midnight_here(town: Town) -> None:
    published(town, 23, platform=town.tap_repair.platform)  # 31 March, 19:00

    counted = [plan_of(town.station, month).rows[0].cells[0].planned for month in (MARCH, date(2026, 4, 1))]

    assert counted == [1, 0]
