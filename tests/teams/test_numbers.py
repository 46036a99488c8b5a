from __future__ import annotations

from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotNow
from baixing.people.models import Person
from baixing.teams.actions import enrol_volunteer
from baixing.teams.models import NumberRun, Volunteer
from baixing.teams.rules import check_digit, is_volunteer_number, number_of
from tests.kernel.threads import at_once
from tests.town import NINE

NUMBERS = st.builds(number_of, st.integers(2000, 2099), st.integers(1, 9_999_999))
NEW_YEAR_IN_BEIJING = NINE.replace(month=1, day=1, hour=0)


def persons(count: int) -> list[Person]:
    return [Person.objects.create(name=f"志愿者{number}", made_at=NINE) for number in range(count)]


@given(NUMBERS)
def test_every_number_is_valid_and_fits_its_column(number: str) -> None:
    assert is_volunteer_number(number)
    assert len(number) == 14


@given(NUMBERS, st.integers(2, 13), st.integers(1, 9))
def test_one_wrong_digit_never_goes_unnoticed(number: str, place: int, off: int) -> None:
    wrong = (int(number[place]) + off) % 10

    assert not is_volunteer_number(f"{number[:place]}{wrong}{number[place + 1 :]}")


def test_check_digit_is_that_of_the_standard() -> None:
    assert check_digit("0794") == 5  # the example of ISO 7064 for MOD 11,10


@pytest.mark.parametrize(
    "text", ["", "BY", "by2026000000198", "BY２０２６00000019", " BY20260000001", "BY2026000000１9"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert not is_volunteer_number(text)


@pytest.mark.django_db
def test_first_volunteers_of_a_year_are_numbered_from_one() -> None:
    first, second = (enrol_volunteer(person, by=None, at=NINE) for person in persons(2))

    assert [first.number, second.number] == [number_of(2026, 1), number_of(2026, 2)]
    assert Entry.objects.filter(verb="enrol_volunteer").count() == 2


@pytest.mark.django_db
def test_number_is_for_life() -> None:
    (person,) = persons(1)

    first = enrol_volunteer(person, by=None, at=NINE)
    again = enrol_volunteer(person, by=None, at=NINE.replace(year=2027))

    assert first == again
    assert list(NumberRun.objects.values_list("year", "last")) == [(2026, 1)]


@pytest.mark.django_db
def test_year_begins_at_midnight_here() -> None:
    (person,) = persons(1)

    assert enrol_volunteer(person, by=None, at=NEW_YEAR_IN_BEIJING).number == number_of(2026, 1)


@pytest.mark.django_db
def test_year_whose_numbers_are_all_given_gives_no_more() -> None:
    NumberRun.objects.create(year=2026, last=9_999_999)
    (person,) = persons(1)

    with pytest.raises(NotNow):
        enrol_volunteer(person, by=None, at=NINE)

    assert not Volunteer.objects.exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_sixty_enrolled_at_once_get_sixty_consecutive_numbers() -> None:
    deeds = [partial(enrol_volunteer, person, by=None, at=NINE) for person in persons(60)]

    at_once(*deeds)

    given_ = Volunteer.objects.order_by("number").values_list("number", flat=True)
    assert list(given_) == [number_of(2026, count) for count in range(1, 61)]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_person_enrolled_eight_times_at_once_has_one_number() -> None:
    (person,) = persons(1)

    results = at_once(*[partial(enrol_volunteer, person, by=None, at=NINE)] * 8)

    assert results == [Volunteer.objects.get()] * 8
    assert NumberRun.objects.get().last == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_a_turn_all_but_one_would_be_given_the_same_number() -> None:
    """The negative control: the race above is a real one."""
    everybody = persons(8)
    run, all_have_looked = NumberRun.objects.create(year=2026), Barrier(8)

    def unguarded(person: Person) -> Volunteer:
        last = NumberRun.objects.get(pk=run.pk).last
        all_have_looked.wait()
        return Volunteer.objects.create(person=person, number=number_of(2026, last + 1), at=NINE)

    results = at_once(*[partial(unguarded, person) for person in everybody])

    assert sum(isinstance(result, IntegrityError) for result in results) == 7
