"""Who may change whose number, reset whose second step and correct whose birth, in the real tree of units.

Whoever holds a post goes to a head above; nobody takes the way in of their own head, nor of another county's people.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import pytest
from django.db import transaction

from baixing.kernel.refusals import NotAllowed
from baixing.network.actions import add_unit
from baixing.network.models import Deputy, Home, Post, Unit
from baixing.people import actions
from baixing.people.actions import agree, enrol
from baixing.people.models import Factor, Person
from tests.second_step import app_of
from tests.town import DAY, NINE, Town
from tests.web import Web

pytestmark = pytest.mark.django_db
K = Post.Kind
NEW: Final = "+8612800000088"
BORN: Final = date(1950, 3, 5)
#              whose number and second step each of them may take
REACH: Final = {
    "city head": {
        "county head",
        "county staff",
        "institute head",
        "station head",
        "clerk",
        "far head",
        "second city head",
    },
    "second city head": {
        "county head",
        "county staff",
        "institute head",
        "station head",
        "clerk",
        "far head",
        "city head",
    },
    "county head": {"institute head", "station head", "clerk"},
    "county staff": set(),
    "institute head": {"station head", "clerk"},
    "station head": set(),
    "clerk": set(),
    "far head": set(),
    "resident": set(),
}
Deed = Callable[[Person, Person], object]


def ask_for_a_code(by: Person, person: Person) -> None:
    actions.ask_recovery(person, NEW, address="192.0.2.1", by=by, at=NINE)


def give_number(by: Person, person: Person) -> None:
    nonce, code = actions.ask_code(NEW, purpose="recover", address="192.0.2.1", at=NINE)
    actions.answer_code(nonce, code, at=NINE)
    actions.recover(person, NEW, nonce, paper="id_card", by=by, at=NINE)


def reset_factor(by: Person, person: Person) -> None:
    actions.reset_factor(person, paper="id_card", by=by, at=NINE)


def correct_birth(by: Person, person: Person) -> None:
    actions.correct_birth(person, BORN, paper="id_card", by=by, at=NINE)


DEEDS: Final = {deed.__name__: deed for deed in (ask_for_a_code, give_number, reset_factor, correct_birth)}


@pytest.fixture
def cast(town: Town) -> dict[str, Person]:
    """Heads on each tier, and one of another county."""
    far = add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)
    posts = (
        ("second city head", town.city, K.HEAD),
        ("county head", town.county, K.HEAD),
        ("institute head", town.institute, K.HEAD),
        ("station head", town.station, K.HEAD),
        ("far head", far, K.HEAD),
    )
    people = {name: _person(name, number) for number, (name, _unit, _kind) in enumerate(posts, 40)}
    Post.objects.bulk_create(
        Post(person=people[name], unit=unit, kind=kind, since=NINE - DAY) for name, unit, kind in posts
    )
    known = {"city head": town.gao, "county staff": town.he, "clerk": town.zhou, "resident": town.jin}
    for person in (*people.values(), *known.values()):
        app_of(person)
    return {**people, **known}


def _person(name: str, number: int) -> Person:
    person = enrol(name, f"+86128000000{number}", None, at=NINE - DAY, by=None)
    agree(person, by=person, at=NINE - DAY)
    return person


def reached(deed: Deed, by: Person, cast: dict[str, Person]) -> set[str]:
    """With whom this person may do it. Nothing of it is kept."""
    found = set()
    for name, person in cast.items():
        mark = transaction.savepoint()
        try:
            deed(by, Person.objects.get(pk=person.pk))
        except NotAllowed:
            pass
        else:
            found.add(name)
        transaction.savepoint_rollback(mark)
    return found


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_takes_the_way_in_of_their_own_head_or_of_their_like(cast: dict[str, Person], deed: str) -> None:
    found = {name: reached(DEEDS[deed], cast[name], cast) - {"resident"} for name in REACH}

    assert found == REACH


@pytest.mark.parametrize("deed", DEEDS)
def test_a_resident_goes_to_a_desk_above_their_home(cast: dict[str, Person], deed: str) -> None:
    resident = {"resident": cast["resident"]}  # the others are asked about above
    found = {name for name in REACH if reached(DEEDS[deed], cast[name], resident)}

    assert found == REACH.keys() - {"far head", "resident"}


def test_whoever_stands_in_for_a_head_does_not_reach_the_head(cast: dict[str, Person]) -> None:
    """For some days the clerk has the powers of the station's head: those over people below, not over the head."""
    head, clerk = cast["station head"], cast["clerk"]
    Deputy.objects.create(post=head.posts.get(), person=clerk, since=NINE - DAY, until=NINE + DAY)

    assert {name: reached(deed, clerk, cast) for name, deed in DEEDS.items()} == {key: {"resident"} for key in DEEDS}


def test_whoever_stands_in_for_a_head_is_reached_only_from_above_that_head(cast: dict[str, Person]) -> None:
    """A resident with a county head's powers for some days: the desk of their village is too low for them."""
    Deputy.objects.create(
        post=cast["county head"].posts.get(), person=cast["resident"], since=NINE - DAY, until=NINE + timedelta(days=3)
    )

    found = {name for name in REACH if reached(reset_factor, cast[name], {"resident": cast["resident"]})}

    assert found == {"city head", "second city head"}


def test_another_countys_desk_finds_nobody_and_corrects_nothing(cast: dict[str, Person], town: Town) -> None:
    far, jin = Web(cast["far head"]), town.jin
    Home.objects.create(
        person=town.wei, station=add_unit(Unit.Kind.STATION, "远村", _institute(town), by=None, at=NINE)
    )
    typed = {"four": jin.phone[-4:], "born": "", "number": ""}

    looked = far.post("/recover/", name=jin.name, **typed)
    chosen = far.post("/recover/who/", who=jin.pk, paper="id_card")
    corrected = far.post("/recover/birth/", born="19500305")

    jin.refresh_from_db()
    assert (looked.status_code, jin.born) == (422, None)
    assert [answer.headers["Location"] for answer in (chosen, corrected)] == ["/recover/", "/recover/"]
    own = far.post("/recover/", name=town.wei.name, **typed | {"four": town.wei.phone[-4:]})
    assert own.headers["Location"] == "/recover/who/"  # the control: their own people are found


def test_control_a_factor_is_there_to_be_reset(cast: dict[str, Person]) -> None:
    assert Factor.objects.filter(person__in=cast.values()).count() == len(cast)


def _institute(town: Town) -> Unit:
    far = Unit.objects.get(short="西区")
    return add_unit(Unit.Kind.INSTITUTE, "远镇", far, by=town.gao, at=NINE)
