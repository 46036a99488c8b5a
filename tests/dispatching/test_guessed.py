"""Places that nobody has measured: how much rests on a guess is said, marked on the map, and no sum pretends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse

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
