"""Hours in which a person is sent nothing that can wait."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.notices import actions
from baixing.notices.models import Outgoing, Quiet
from baixing.notices.rules import NIGHT, heard_at
from baixing.people.models import Person
from tests.notices.conftest import AT
from tests.web import Web

MINUTES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


def at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("moment", "heard"),
    [
        (at(21, 59), at(21, 59)),
        (at(22), at(7, day=25)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
    ],
)
def test_night_ends_at_seven(moment: datetime, heard: datetime) -> None:
    assert heard_at(moment, NIGHT) == heard


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)), MINUTES, MINUTES, st.booleans())  # noqa: DTZ001 - given its zone below
def test_nothing_is_heard_before_its_time_nor_in_the_quiet_hours(
    naive: datetime, since: time, until: time, on: bool
) -> None:
    quiet, moment = Quiet(on=on, since=since, until=until), naive.replace(tzinfo=LOCAL)

    heard = heard_at(moment, quiet)

    assert moment <= heard <= moment + timedelta(days=1)
    assert since == until or heard_at(heard, quiet) == heard


def test_what_can_wait_is_sent_in_the_morning(jin: Person) -> None:
    actions.tell([jin], "lamp.lit", at=at(23), name="A")

    row = Outgoing.objects.get()
    assert (row.due, row.next_try, row.expires) == (at(7, day=25), at(7, day=25), at(19, day=25))


def test_what_is_urgent_is_sent_at_once(jin: Person) -> None:
    actions.tell([jin], "lamp.lit", at=at(23), urgent=True, name="A")

    assert Outgoing.objects.get().due == at(23)


def test_everybody_has_hours_of_their_own(jin: Person, luo: Person) -> None:
    actions.keep_quiet(luo, on=False, since=time(22), until=time(7), by=luo, at=AT)

    actions.tell([jin, luo], "lamp.lit", at=at(23), name="A")

    assert dict(Outgoing.objects.values_list("notice__person", "due")) == {jin.pk: at(7, day=25), luo.pk: at(23)}


def test_quiet_hours_end(jin: Person) -> None:
    with pytest.raises(Unfit):
        actions.keep_quiet(jin, on=True, since=time(22), until=time(22), by=jin, at=AT)


def test_nobody_sets_them_for_another(jin: Person, luo: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.keep_quiet(jin, on=True, since=time(22), until=time(7), by=luo, at=AT)


def test_hours_are_chosen_on_the_page(jin: Person) -> None:
    web = Web(jin)

    web.post("/notices/quiet/", on="on", since="21:30", until="06:00")

    assert 'value="21:30"' in web.get("/notices/choices/")


@pytest.mark.parametrize("typed", [{}, {"since": "25:00", "until": "6"}, {"since": "06:00", "until": "06:00"}])
def test_hours_that_cannot_be_are_answered_with_the_form(jin: Person, typed: dict[str, str]) -> None:
    answer = Web(jin).post("/notices/quiet/", **typed)

    assert answer.status_code == 422
    assert not Quiet.objects.exists()
