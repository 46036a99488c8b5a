"""Series, tours and activity lists: who keeps them, what they show, and how far a promise has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.programme import actions
from baixing.programme.actions import Promise
from baixing.programme.models import ActivityList, Series
from baixing.programme.queries.collections import Progress, list_page, list_rows, series_page, visible_lists
from baixing.programme.rules import LIST_LIFE, Standing
from baixing.schedule.actions import cancel_session
from tests.programme.stage import a_list, draft, held, published, sessions
from tests.town import NINE, Town
from tests.web import Web

TOUR = {"title": "乡音宣讲", "kind": Series.Kind.TOUR}
#   state        the head and the staff of the unit and above         the leader, the auditor, a stranger
POWERS = {
    "draft": ("change_list enter publish_list strike", ""),
    "published": ("change_list close_list enter strike", ""),
    "closed": ("", ""),
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def list_in(town: Town, state: str) -> ActivityList:
    made = a_list(town, published(town), draft=state == "draft")
    if state == "closed":
        actions.close_list(made, by=town.zhou, at=NINE)
    return made


@pytest.mark.parametrize("state", POWERS)
def test_powers(town: Town, state: str) -> None:
    found = list_in(town, state)

    def powers(person: object) -> str:
        return " ".join(sorted(LIST_LIFE.powers(Standing(person, NINE), found)))  # type: ignore[arg-type]  # of the town

    those, others = POWERS[state]
    assert {powers(one) for one in (town.zhou, town.wu, town.gao)} == {those}
    assert {powers(one) for one in (town.luo, town.shen, town.wei)} == {others}


def test_a_promise_counts_what_is_planned_and_held_within_its_days(town: Town) -> None:
    activity = published(town, 0, 7, 14, 40)  # the last in April
    cancel_session(sessions(activity)[1], words="下雪", by=town.zhou, at=NINE)
    held(town, activity)

    found = a_list(town, activity, published(town, 1))

    assert list_page(found, None).progress == Progress(target=10, planned=3, held=1)
    assert [row.progress for row in list_rows(None)] == [Progress(10, 3, 1)]


def test_the_last_day_of_a_list_ends_at_midnight_here(town: Town) -> None:
    first = sessions(activity := published(town, 0, 1))[0].start.date()

    within = a_list(town, activity, first=first, last=first)

    assert list_page(within, None).progress.planned == 1


def test_a_draft_is_read_by_those_who_keep_it(town: Town) -> None:
    found = a_list(town, published(town), draft=True)

    assert not visible_lists(None).exists()
    assert not visible_lists(Standing(town.jin, NINE)).exists()
    assert list(visible_lists(Standing(town.wu, NINE))) == [found]


def test_an_empty_list_is_not_published(town: Town) -> None:
    with pytest.raises(NotNow):
        a_list(town)


def test_an_activity_comes_onto_a_list_once_and_from_within(town: Town) -> None:
    activity, made = published(town), a_list(town, draft=True)
    far = actions.plan_activity(town.county, actions.Idea({"title": "县里的"}), by=town.gao, at=NINE)
    actions.enter(made, activity, by=town.zhou, at=NINE)

    with pytest.raises(NotNow):
        actions.enter(made, activity, by=town.zhou, at=NINE)
    with pytest.raises(Unfit):
        actions.enter(made, far, by=town.zhou, at=NINE)
    actions.strike(made, activity, by=town.zhou, at=NINE)

    assert not made.listed.exists()


def test_a_target_that_is_lowered_leaves_a_line(town: Town) -> None:
    made = a_list(town, published(town))

    lower = Promise(date(2026, 3, 1), date(2026, 3, 31), 2, {"title": "百场活动清单"})
    actions.change_list(made, lower, by=town.zhou, at=NINE)

    line = Entry.objects.of(made).get(verb="change_list")
    assert (line.facts["before"], line.facts["target"]) == (10, 2)


def test_what_is_withdrawn_counts_no_more_and_drafts_show_to_no_stranger(town: Town) -> None:
    hidden, shown = draft(town), published(town)
    made = a_list(town, hidden, shown)

    assert [one.title for one in list_page(made, None).activities] == [shown.title]
    assert len(list_page(made, Standing(town.zhou, NINE)).activities) == 2
    actions.withdraw(hidden, by=town.zhou, at=NINE)
    assert list_page(made, None).progress.planned == 1


def test_only_those_in_charge_found_a_series(town: Town) -> None:
    for person in (town.luo, town.jin, town.shen):
        with pytest.raises(NotAllowed):
            actions.add_series(town.station, TOUR, by=person, at=NINE)


def test_of_two_who_change_a_series_at_once_one_is_told(town: Town) -> None:
    made = actions.add_series(town.station, TOUR, by=town.zhou, at=NINE)
    actions.change_series(made, {"title": "甲"}, version=1, by=town.zhou, at=NINE)

    with pytest.raises(Overtaken):
        actions.change_series(made, {"title": "乙"}, version=1, by=town.wu, at=NINE)


def test_a_tour_goes_from_unit_to_unit(town: Town) -> None:
    tour = actions.add_series(town.city, TOUR, by=town.gao, at=NINE)
    activity = actions.plan_activity(town.city, actions.Idea({"title": "宣讲", "series": tour}), by=town.gao, at=NINE)
    address = f"/activities/{activity.pk}/stops/add/"
    lines = "2026-03-20 09:30 柳树村\n2026/3/21 14：00 河湾镇\n"

    done = Web(town.gao).post(address, stops=lines, hours="1.5", seats="")
    actions.publish(type(activity).objects.get(pk=activity.pk), by=town.gao, at=NINE)

    assert done.status_code == 302
    assert [(one.unit, f"{one.end:%d %H:%M}") for one in sessions(activity)] == [
        (town.station, "20 03:00"),  # UTC
        (town.institute, "21 07:30"),
    ]
    page = series_page(tour, None, NINE)
    assert [row.session.unit for row in page.to_come] == [town.station, town.institute]
    assert Web().get(f"/series/{tour.pk}/").count('href="/sessions/') == 2


@pytest.mark.parametrize(
    ("stops", "words"),
    [
        ("明天 柳树村", "write day, time and unit"),
        ("2026-02-31 09:30 柳树村", "no such day"),
        ("2026-03-20 09:30 没有村", "We do not know this place"),
        ("2026-01-01 09:30 柳树村", "over already"),
    ],
)
def test_a_stop_that_cannot_be_is_named(town: Town, stops: str, words: str) -> None:
    activity = draft(town)

    answer = Web(town.gao).post(f"/activities/{activity.pk}/stops/add/", stops=stops, hours="1")

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert len(sessions(activity)) == 1


def test_a_series_of_the_city_can_be_named_in_the_village_and_one_of_the_village_not_beside_it(town: Town) -> None:
    city = actions.add_series(town.city, {"title": "全市的"}, by=town.gao, at=NINE)
    own = actions.add_series(town.station, {"title": "村里的"}, by=town.zhou, at=NINE)
    activity = draft(town)

    page = Web(town.zhou).get(f"/activities/{activity.pk}/change/")
    of_county = Web(town.he).get("/activities/plan/")

    assert (f'value="{city.pk}">全市的' in page, f'value="{own.pk}">村里的' in page) == (True, True)
    assert ("全市的" in of_county, "村里的" in of_county) == (True, False)
