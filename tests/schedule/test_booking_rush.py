"""Many who want one space at one moment: one has it (on both databases), and without the turn several would."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import combinations
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from baixing.kernel.refusals import NotNow, Unfit
from baixing.schedule import actions
from baixing.schedule.actions import Days, booking, spaces
from baixing.schedule.models import Booking, Closure, Space
from baixing.schedule.queries.openings import Openings
from baixing.schedule.rules.recurrence import Repeat
from tests.kernel.threads import at_once
from tests.schedule.rooms import (
    SATURDAY,
    Circle,
    again,
    for_others,
    for_station,
    for_team,
    hall,
    hold,
    house,
    slot,
    states,
)
from tests.town import NINE, Town, build

CALLERS = 8


def wanting(town: Town, space: Space) -> list[Callable[[], Booking]]:
    """All for overlapping times: each shares a moment with each other."""
    return [partial(for_station, town, space, slot(9 + n / 10, 2)) for n in range(CALLERS)]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_has_the_hall() -> None:
    town = build()
    space = hall(town)

    found = at_once(*wanting(town, space))

    assert states(space) == ["confirmed"]
    assert sorted(type(one).__name__ for one in found) == ["Booking"] + ["Unfit"] * (CALLERS - 1)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_turn_all_eight_would_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: everybody looks before anybody writes, each statement by itself."""
    town = build()
    space, looked, barrier = hall(town), Barrier(CALLERS), Openings.barrier

    def look(free: Openings, *span: Any) -> str:  # noqa: ANN401 - as it is called
        found = barrier(free, *span)
        looked.wait()
        return found

    monkeypatch.setattr(spaces, "take_turn", lambda _space: None)
    monkeypatch.setattr(Openings, "barrier", look)
    unguarded = inspect.unwrap(booking.book)
    at_once(
        *[
            partial(unguarded, hold(space, slot(9 + n / 10, 2), unit=town.station), by=town.zhou, at=NINE)
            for n in range(CALLERS)
        ]
    )

    assert states(space) == ["confirmed"] * CALLERS


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_yeses_at_once_give_it_to_one() -> None:
    town = build()
    space = hall(town)
    asked = [for_team(town, space), for_others(town, space, slot(10.5))]

    at_once(*[partial(actions.confirm_booking, again(one), by=town.zhou, at=NINE) for one in asked])

    assert sorted(states(space)) == ["confirmed", "refused"]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_nobody_slips_into_days_that_are_being_closed() -> None:
    town = build()
    space, day = hall(town), SATURDAY.date()
    close = partial(actions.close_days, space.venue, Days(day, day), words="盘点", by=town.zhou, at=NINE)

    at_once(close, *wanting(town, space)[:3])

    assert (Closure.objects.count(), len(states(space))) in {(1, 0), (0, 1)}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_recurrences_at_once_never_share_a_moment() -> None:
    town = build()
    space = hall(town)
    repeat = Repeat("daily", count=10)
    wanted = [hold(space, slot(9 + n / 4), unit=town.station) for n in range(3)]

    at_once(*[partial(actions.book_again, one, repeat, by=town.zhou, at=NINE) for one in wanted])

    rows = list(Booking.objects.confirmed().filter(space=space))
    assert len(rows) == 10
    assert not sharing(rows)


def sharing(rows: list[Booking]) -> list[tuple[Booking, Booking]]:
    return [(one, two) for one, two in combinations(rows, 2) if one.start < two.end and two.start < one.end]


SPANS = st.tuples(st.integers(32, 95), st.integers(1, 12), st.integers(0, 2))  # quarters of an hour, days
DEEDS = st.lists(st.tuples(st.sampled_from(["station", "team", "others", "confirm", "release"]), SPANS), max_size=14)


@pytest.mark.both
@pytest.mark.django_db
@given_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
def test_whatever_is_done_no_two_confirmed_ones_share_a_moment(town: Town, deeds: list[tuple[str, Any]]) -> None:
    space = hall(
        town, town.station.venues.first() or house(town), name=f"厅{Space.objects.count()}", at_once=Circle.OWN
    )

    for verb, (quarter, quarters, day) in deeds:
        with suppress(Unfit, NotNow):
            _do(town, space, verb, slot(quarter / 4, quarters / 4, day))

    rows = list(Booking.objects.filter(space=space))
    confirmed = [row for row in rows if row.state == "confirmed"]
    asked = [row for row in rows if row.state == "asked"]
    assert not sharing(confirmed)
    assert not any(one.start < two.end and two.start < one.end for one in confirmed for two in asked)


def _do(town: Town, space: Space, verb: str, span: actions.Slot) -> None:
    makers = {"station": for_station, "team": for_team, "others": for_others}
    if verb in makers:
        makers[verb](town, space, span)
    elif (row := Booking.objects.live().filter(space=space).with_nouns().last()) is not None:
        if verb == "confirm":
            actions.confirm_booking(row, by=town.zhou, at=NINE)
        else:
            actions.release_booking(row, by=row.by, at=NINE)
