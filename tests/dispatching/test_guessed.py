"""Places that nobody has measured: how much rests on a guess is said, marked on the map, and no sum pretends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import override

from baixing.dispatching import actions
from baixing.dispatching.actions.reckoning import work
from baixing.dispatching.models import WhatIf
from baixing.dispatching.queries.beside import beside
from baixing.dispatching.queries.road_words import guesses_of_both, rest_words, road_change, road_from_to
from baixing.dispatching.queries.words import Told
from baixing.dispatching.rules.changes import Changes, More
from baixing.network.actions import add_unit
from baixing.network.models import Unit
from baixing.teams.models import Team
from tests.dispatching.stage import dispatcher, located, plan_of, waiting
from tests.town import NINE, Town
from tests.web import Web

DASHED = "chart-guessed"


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def pages_of(town: Town, web: Web) -> list[str]:
    return [web.get(reverse(f"dispatching:{name}", args=[town.institute.pk])) for name in ("desk", "map", "coverage")]


@pytest.mark.django_db
def test_how_much_rests_on_a_guess_is_said_and_marked(town: Town) -> None:
    shi, villages = dispatcher(town), located(town)
    web = Web(shi)
    waiting(town, villages[0], 1)
    plan_of(town.institute, shi)
    measured = pages_of(town, web)

    far = add_unit(Unit.Kind.STATION, "远村", town.institute, by=None, at=NINE)
    waiting(town, far, 1)
    some = plan_of(town.institute, shi)
    partly = pages_of(town, web)
    Unit.objects.filter(pk__in=[*(one.pk for one in villages), *Team.objects.values_list("home", flat=True)]).update(
        lat=None, lon=None
    )
    plan_of(town.institute, shi)
    nowhere = pages_of(town, web)

    assert some.parts["plan"]["guessed"] == 1
    assert [words in page for page in measured for words in (DASHED, "guessed", "not measured")] == [False] * 9
    assert ["Road: about " in partly[0], "Of 1 way nobody has measured" in partly[0]] == [True, True]
    assert [DASHED in page for page in partly] == [False, True, True]
    assert "where 1 of these villages lie" in partly[2]
    assert ["Road: not measured" in nowhere[0], "km of road" in nowhere[0].partition("Road:")[2]] == [True, False]


def what_if(town: Town, home: Unit, n: int) -> WhatIf:
    """With one more team, which could make n visits."""
    one = More(skill=town.tap_repair.skill_id, home=home.pk, reach=2, a_day=n, a_week=n)
    asked = actions.ask_what_if(town.institute, date(2026, 3, 1), Changes(more=(one,)), by=town.gao, at=NINE)
    assert work(lambda: NINE)
    return WhatIf.objects.get(pk=asked.pk)


def less_and_less_known(town: Town) -> Iterator[WhatIf]:
    """Everything is measured; of a village more nobody knows where it lies; of none."""
    villages = located(town)
    waiting(town, villages[1], 1)
    yield what_if(town, villages[1], 1)
    waiting(town, add_unit(Unit.Kind.STATION, "远村", town.institute, by=None, at=NINE), 1)
    yield what_if(town, villages[1], 2)
    Unit.objects.update(lat=None, lon=None)
    yield what_if(town, villages[1], 3)


@pytest.mark.django_db
def test_what_a_what_if_says_of_kilometres_is_no_surer_than_its_places(town: Town) -> None:
    pages, roads, rows = [], [], []

    for asked in less_and_less_known(town):
        pages.append(Web(town.gao).get(reverse("dispatching:what_if", args=[asked.pk])))
        with override("en"):
            told = beside(asked.found["as_is"], asked.found["changed"], 10, {})
        roads.append(next((one.one, one.other, one.change) for one in told.figures if one.label == "Road"))
        rows.append([row.road for row in told.below])

    assert roads == [
        ("7 km", "0 km", "7 km less"),
        ("about 12 km", "about 5 km", "about 7 km less"),
        ("not measured", "not measured", "not measured"),
    ]
    assert rows == [["7 → 0 km"], ["7 → 0 km"], ["not measured"]]
    signs = ("spared by as much as 7.2", "spared by about as much as 7.2", "likely spared", "nobody has measured where")
    assert [[sign in page for sign in signs] for page in pages] == [
        [True, False, False, False],
        [False, True, False, True],
        [False, False, True, True],
    ]


MEASURED, SOME, NOWHERE = ({"km": 12, "ways": 4, "guessed": n} for n in (0, 1, 4))
NEARER = {"km": 9, "ways": 3, "guessed": 0}


@pytest.mark.parametrize(
    ("one", "other", "change", "row", "rest"),
    [
        (NEARER, MEASURED, "3 km more", "9 → 12 km", "cost as much as"),
        (NEARER, SOME, "about 3 km more", "9 km → about 12 km", "cost about as much as"),
        (SOME, NEARER, "about 3 km less", "about 12 km → 9 km", "cost about as much as"),
        (NEARER, NOWHERE, "not measured", "9 km → not measured", "likely cost more"),
        (NOWHERE, NEARER, "not measured", "not measured → 9 km", "likely cost more"),
        ({"km": 12}, MEASURED, "the same", "12 km", "cost as much as"),  # reckoned before guesses were counted
    ],
)
def test_a_difference_is_no_surer_than_the_less_sure_of_both(
    one: Told, other: Told, change: str, row: str, rest: str
) -> None:
    with override("en"):
        assert (road_change(one, other), road_from_to(one, other)) == (change, row)
        assert rest in rest_words(-3, guesses_of_both(one, other))
