"""Many people at one moment and few seats: never one too many (I12), never an empty one beside a line (I13, I14)."""

from __future__ import annotations

import inspect
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.db.models import F

from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, seats
from baixing.schedule.models import Role, Session, Signup
from tests.kernel.threads import at_once
from tests.schedule.stage import RESIDENTS, again, come, evening, seat, states, taken
from tests.town import NINE, Town, build


def rush(session: Session, people: list[Person]) -> list[object]:
    return at_once(*[partial(come, session, person) for person in people])


def crowd(number: int) -> list[Person]:
    return Person.objects.bulk_create(Person(name=f"众{n}", made_at=NINE) for n in range(number))


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_twelve_at_once_for_five_seats_five_sit() -> None:
    session = evening(build(), Need(RESIDENTS, 5))

    rush(session, crowd(12))

    assert sorted(states(session)) == ["confirmed"] * 5 + ["waiting"] * 7
    assert taken(session) == 5


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_guard_more_sit_than_there_are_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: everybody looks for a free seat before anybody takes one, each statement by itself."""
    session, looked = evening(build(), Need(RESIDENTS, 5)), Barrier(12)

    def look(place: Role, heads: int) -> bool:
        free = Signup.objects.seated().filter(role=place).count() + heads <= place.seats
        looked.wait()
        return free

    monkeypatch.setattr(seats, "take_or_wait", look)
    unguarded = inspect.unwrap(actions.sign_up)
    at_once(*[partial(unguarded, seat(session, person), by=person, at=NINE) for person in crowd(12)])

    assert states(session) == ["confirmed"] * 12


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_giving_back_and_asking_at_once_leaves_no_seat_empty_beside_a_line() -> None:
    session = evening(build(), Need(RESIDENTS, 3))
    people = crowd(9)
    first = [(come(session, person), person) for person in people[:3]]
    backs = [partial(actions.cancel, again(one), by=person, at=NINE) for one, person in first]

    at_once(*backs, *[partial(come, session, person) for person in people[3:]])

    assert sorted(states(session)) == ["cancelled"] * 3 + sorted(states(session))[3:]
    assert taken(session) == Signup.objects.seated().filter(session=session).count() == 3
    assert Signup.objects.in_line().filter(session=session).count() == 3


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_if_the_full_were_not_held_a_seat_would_stay_empty_beside_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: one is given back between somebody's look for a seat and their step into the line."""
    session = evening(build(), Need(RESIDENTS, 1))
    first, second = crowd(2)
    one, given_back = come(session, first), Barrier(2)

    def look_and_let_go(place: Role, heads: int) -> bool:
        full = Role.objects.get(pk=place.pk).free < heads
        given_back.wait()  # to begin with
        given_back.wait()
        return full

    def give_back() -> None:
        given_back.wait()
        actions.cancel(again(one), by=first, at=NINE)
        given_back.wait()

    monkeypatch.setattr(seats, "_stays_full", look_and_let_go)
    unguarded = inspect.unwrap(actions.sign_up)
    at_once(partial(unguarded, seat(session, second), by=second, at=NINE), give_back)

    assert sorted(states(session)) == ["cancelled", "waiting"]
    assert taken(session) == 0


@pytest.mark.django_db
def test_the_database_itself_refuses_one_too_many(town: Town) -> None:
    session = evening(town)
    with pytest.raises(IntegrityError):
        Role.objects.filter(session=session).update(taken=F("seats") + 1)
