"""A team's days off: nothing is offered on them, and nothing agreed is lost by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from unittest.mock import patch

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.orders import actions as orders
from baixing.orders.queries.eligible import fitness
from baixing.orders.queries.facts import next_day
from baixing.schedule import actions, queries
from baixing.schedule.models import DaysOff, DaysOffQuerySet, Session
from tests.kernel.threads import at_once
from tests.town import NINE, VISIT, Town, build
from tests.web import Web

TODAY = NINE.date()  # a Thursday
FRIDAY, SATURDAY, MONDAY = (TODAY + timedelta(days=n) for n in (1, 2, 4))


@pytest.fixture
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def rest(town: Town, first: date = FRIDAY, last: date | None = None) -> DaysOff:
    return actions.take_days_off(town.plumbers, first, last or first, words="", by=town.luo, at=NINE)


def test_team_that_is_off_on_all_days_of_the_resident_is_not_offered_the_order(town: Town) -> None:
    order = town.order_in("pending")
    rest(town)

    found = fitness(order, town.plumbers, TODAY)

    assert found.barriers == ("居民方便的那几天休息",)
    with pytest.raises(NotNow):
        orders.dispatch(order, town.plumbers, by=town.shi, at=NINE)


def test_next_free_day_comes_after_the_days_off(town: Town) -> None:
    order = town.place(windows=())
    rest(town, TODAY, FRIDAY)

    found = fitness(order, town.plumbers, TODAY)

    assert (found.next_free, found.barriers) == (SATURDAY, ())


def test_menu_tells_the_next_day_on_which_somebody_is_there(town: Town) -> None:
    town.others.delete()
    rest(town, TODAY, FRIDAY)

    assert next_day(town.tap_repair, TODAY) == SATURDAY


def test_no_visit_is_set_on_a_day_off(town: Town) -> None:
    order = town.order_in("accepted")
    rest(town)

    with pytest.raises(NotNow, match="这天休息"):
        orders.appoint(order, VISIT, volunteers=[town.luo], by=town.luo, at=NINE)


def test_days_with_a_visit_cannot_be_taken_off(town: Town) -> None:
    town.order_in("appointed")

    with pytest.raises(NotNow, match="3月6日 09:00"):
        rest(town, TODAY, MONDAY)

    assert not DaysOff.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (MONDAY, FRIDAY, "last"),
        (TODAY - timedelta(days=3), TODAY - timedelta(days=1), "last"),
        (TODAY, TODAY + timedelta(days=92), "last"),
        (FRIDAY, MONDAY, "first"),
    ],
)
def test_days_off_that_cannot_be_are_refused(town: Town, first: date, last: date, field: str) -> None:
    rest(town, MONDAY)

    with pytest.raises(Unfit) as refused:
        rest(town, first, last)

    assert refused.value.field == field


def test_days_off_are_dropped_again(town: Town) -> None:
    days = rest(town, FRIDAY, MONDAY)

    actions.drop_days_off(days, by=town.zhou, at=NINE)

    assert queries.days_off([town.plumbers], TODAY, 10) == frozenset()
    verbs = Entry.objects.of(town.plumbers).values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["take_days_off", "drop_days_off"]


def test_a_member_sees_the_calendar_and_changes_nothing(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.take_days_off(town.plumbers, FRIDAY, FRIDAY, words="", by=town.min, at=NINE)


def test_days_off_are_counted_within_the_days_asked_for(town: Town) -> None:
    rest(town, TODAY, MONDAY)

    found = queries.days_off([town.plumbers, town.others], FRIDAY, 2)

    assert found == {(town.plumbers.pk, FRIDAY), (town.plumbers.pk, FRIDAY + timedelta(days=1))}


def test_month_shows_whole_weeks_with_visits_and_days_off(town: Town) -> None:
    town.order_in("appointed")
    rest(town, MONDAY)

    month = queries.month_of(town.plumbers, TODAY, TODAY)

    days = [day for week in month.weeks for day in week]
    assert {len(week) for week in month.weeks} == {7}
    assert [day.day for day in days if day.visits] == [FRIDAY]
    assert [day.day for day in days if day.off] == [MONDAY]
    assert [day.day for day in days if day.today] == [TODAY]
    assert (month.before, month.after) == (date(2026, 2, 1), date(2026, 4, 1))


def weekly(town: Town, first: date, last: date) -> DaysOff:
    return actions.take_days_off(town.plumbers, first, last, weekly=True, words="", by=town.luo, at=NINE)


def test_every_friday_is_off_and_no_other_day(town: Town) -> None:
    weekly(town, FRIDAY, FRIDAY + timedelta(days=20))

    off = sorted(day for _team, day in queries.days_off([town.plumbers], TODAY, 40))

    assert off == [FRIDAY, FRIDAY + timedelta(days=7), FRIDAY + timedelta(days=14)]


def test_a_weekly_day_off_is_found_by_exactly_the_spans_that_hold_one(town: Town) -> None:
    rest = weekly(town, FRIDAY, FRIDAY + timedelta(days=15))
    spans = [
        (TODAY + timedelta(days=start), TODAY + timedelta(days=start + length))
        for start in range(-9, 30)
        for length in range(9)
    ]

    found = [(one, two) for one, two in spans if DaysOff.objects.touching(one, two).exists()]

    assert found == [(one, two) for one, two in spans if any(one <= day <= two for day in rest.days())]


def test_no_visit_is_set_on_the_weekday_off(town: Town) -> None:
    order = town.order_in("accepted")
    weekly(town, FRIDAY - timedelta(days=7), FRIDAY + timedelta(days=70))

    with pytest.raises(NotNow, match="这天休息"):
        orders.appoint(order, VISIT, volunteers=[town.luo], by=town.luo, at=NINE)


def test_a_weekday_with_a_visit_on_it_cannot_be_taken_off_but_others_can(town: Town) -> None:
    town.order_in("appointed")

    with pytest.raises(NotNow, match="3月6日 09:00"):
        weekly(town, FRIDAY, FRIDAY + timedelta(days=70))

    assert weekly(town, MONDAY, MONDAY + timedelta(days=70)).weekday == 0


def test_two_weekdays_are_off_side_by_side_and_none_twice(town: Town) -> None:
    weekly(town, FRIDAY, FRIDAY + timedelta(days=70))
    weekly(town, MONDAY, MONDAY + timedelta(days=70))

    with pytest.raises(Unfit):
        rest(town, FRIDAY + timedelta(days=7))
    with pytest.raises(Unfit):
        weekly(town, MONDAY + timedelta(days=7), MONDAY + timedelta(days=400))


@pytest.mark.usefixtures("_at_nine")
def test_leader_takes_every_wednesday_off_for_a_year(town: Town) -> None:
    web = Web(town.luo)

    web.post(f"/teams/{town.plumbers.pk}/days-off/", first="2026-03-11", last="", weekly="on", words="集市")

    assert "every Wednesday" in web.get(f"/teams/{town.plumbers.pk}/calendar/")
    assert DaysOff.objects.get().last == date(2027, 3, 10)


@pytest.mark.usefixtures("_at_nine")
def test_leader_takes_days_off_on_the_calendar(town: Town) -> None:
    web = Web(town.luo)

    answer = web.post(f"/teams/{town.plumbers.pk}/days-off/", first="2026-03-10", last="", words="春耕")

    assert answer.status_code == 302
    assert "春耕" in web.get(f"/teams/{town.plumbers.pk}/calendar/?month=2026-03")


@pytest.mark.usefixtures("_at_nine")
@pytest.mark.parametrize("typed", [{}, {"first": "soon"}, {"first": "2026-03-10", "last": "2026-03-01"}])
def test_days_that_cannot_be_are_answered_with_the_form_and_what_was_typed(town: Town, typed: dict[str, str]) -> None:
    answer = Web(town.luo).post(f"/teams/{town.plumbers.pk}/days-off/", **typed, words="春耕")

    assert answer.status_code == 422
    assert "春耕" in answer.content.decode()


@pytest.mark.usefixtures("_at_nine")
@pytest.mark.parametrize("month", ["", "2026-13", "9999-01", "-", "2025-02"])
def test_any_month_has_an_answer(town: Town, month: str) -> None:
    page = Web(town.min).get(f"/teams/{town.plumbers.pk}/calendar/?month={month}")

    assert "Take these days off" not in page


def _both_at_once(town: Town) -> tuple[bool, bool]:
    """A visit is set while the day is taken off: which of the two came about?"""
    order = town.order_in("accepted")
    at_once(
        lambda: orders.appoint(order, VISIT, volunteers=[town.luo], by=town.luo, at=NINE),
        lambda: rest(town),
    )
    return Session.objects.filter(team=town.plumbers, state="open").exists(), DaysOff.objects.exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_a_visit_and_a_day_off_never_meet() -> None:
    visit, off = _both_at_once(build())

    assert visit != off


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_a_look_at_the_calendar_they_would_meet() -> None:
    blind = patch.object(DaysOffQuerySet, "touching", lambda self, *_: self.none())

    with blind, patch.object(actions.days_off, "_check_nothing_agreed"):
        both = _both_at_once(build())

    assert both == (True, True)
