"""What if, as people ask and read it; and as somebody who would like to make an offer of it tries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
import time_machine
from django.urls import reverse

from baixing.dispatching.actions.reckoning import work
from baixing.dispatching.models import Proposal, WhatIf
from baixing.dispatching.queries.beside import beside
from baixing.dispatching.rules.changes import WEIGHED
from baixing.dispatching.urls import urlpatterns
from baixing.orders.models import Offer
from tests.access.plans import made, reckoned
from tests.dispatching.stage import dispatcher, located, team_at, waiting
from tests.town import NINE, Town
from tests.web import Web

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def asked(town: Town, **said: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of it
    weights = {one.name: one.default for one in WEIGHED}
    return {"month": "2026-03-01", **weights, **said}


def two_asked(town: Town, web: Web) -> tuple[str, str, list[int]]:
    """One more team, and one that is away: the page of the first while it waits and when it is there, and both keys."""
    villages = located(town)
    waiting(town, villages[0], 1)
    page, skill = reverse("dispatching:ask_what_if", args=[town.institute.pk]), town.tap_repair.skill_id
    first = web.post(page, **asked(town, more_1_skill=skill, more_1_home=villages[1].name, more_1_reach=1))
    waits = web.get(first.headers["Location"])
    work(lambda: NINE)
    there = web.get(first.headers["Location"])
    web.post(page, **asked(town, away=town.plumbers.name, wait=10))
    work(lambda: NINE)
    return waits, there, sorted(WhatIf.objects.values_list("pk", flat=True))


def test_from_asking_to_the_answer_and_to_two_side_by_side(town: Town) -> None:
    web, here = Web(dispatcher(town)), [town.institute.pk]

    waits, there, (one, other) = two_asked(town, web)
    both = web.get(f"{reverse('dispatching:compare', args=here)}?one={one}&other={other}")
    again = web.get(f"{reverse('dispatching:ask_what_if', args=here)}?like={one}")

    signs = ('hx-trigger="every 2s"', "Side by side", "1 of 1", "A new team for", "0 号村")
    assert [[sign in text for sign in signs] for text in (waits, there)] == [
        [True, False, False, False, True],
        [False, True, True, True, True],
    ]
    assert "A day of waiting weighs 10 instead of 5" in both
    assert "is away for the whole month" in web.get(reverse("dispatching:what_ifs", args=here))
    assert "0 号村" in again


FAULTS: Final[tuple[tuple[dict[str, Any], str], ...]] = (
    ({}, "at least one thing"),
    ({"away": "没有这样的队"}, "do not know a team called 没有这样的队"),
    ({"away": "水电队"}, "Several teams go by 水电队"),
    ({"more_1_home": "柳树村"}, "what the new team is for"),
    ({"more_1_skill": True, "more_1_home": "月球"}, "do not know this place"),
    ({"more_1_skill": True, "more_1_a_day": 9, "more_1_a_week": 3}, "no more visits in a day than in a week"),
    ({"hours_1_team": "铜城水电队"}, "tick at least one day"),
    ({"hours_1_team": "铜城水电队", "hours_1_days": ["5"], "away": "铜城水电队"}, "cannot be away and serve"),
    ({"hours_1_team": "铜城水电队", "hours_1_days": ["9"]}, "9"),
    ({"wait": 5000}, "1000"),
    ({"month": "2019-01-01", "wait": 9}, "month"),
)


def test_what_does_not_fit_is_said_and_what_was_typed_stays(town: Town) -> None:
    waiting(town, located(town)[0], 1)
    web, page = Web(town.gao), reverse("dispatching:ask_what_if", args=[town.institute.pk])
    for said, words in FAULTS:
        typed = {name: town.tap_repair.skill_id if value is True else value for name, value in said.items()}
        answer = web.post(page, **asked(town, **typed))
        text = answer.content.decode()
        assert (answer.status_code, words in text) == (422, True), said
        kept = [str(value) for name, value in said.items() if name in ("away", "more_1_home", "hours_1_team", "wait")]
        assert all(value in text for value in kept), said

    assert WhatIf.objects.count() == 0


def test_a_name_that_two_share_is_told_apart_by_its_place(town: Town) -> None:
    villages = located(town)
    two = [team_at(town, village, "便民队") for village in villages[1:3]]
    waiting(town, villages[0], 1)
    web, page = Web(town.gao), reverse("dispatching:ask_what_if", args=[town.institute.pk])

    unclear = web.post(page, **asked(town, away="便民队"))
    clear = web.post(page, **asked(town, away=f"便民队 ({villages[2].short})"))

    assert ([unclear.status_code, clear.status_code], "1 号村" in unclear.content.decode()) == ([422, 302], True)
    assert WhatIf.objects.get().changes["away"] == [two[1].pk]


def test_two_of_different_months_do_not_stand_side_by_side(town: Town) -> None:
    march = reckoned(town)
    april = reckoned(town, month=NINE.date().replace(month=4, day=1))
    web, page = Web(town.zhou), reverse("dispatching:compare", args=[town.station.pk])

    answers = [web.client.get(f"{page}?one={march.pk}&other={other}") for other in (april.pk, march.pk, "x", 10**9)]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert ["<dl" in answer.content.decode() for answer in answers] == [False] * 4
    assert "different months" in answers[0].content.decode()


VERBS = ("confirm_all", "confirm", "pin", "unpin", "change")


def test_there_is_no_way_to_make_an_offer_of_it(town: Town) -> None:
    """Its key sent to every address that does something with a plan; and where a plan has the same key."""
    what_if, web = reckoned(town), Web(town.shi)
    for name in VERBS:
        forged = web.post(reverse(f"dispatching:{name}", args=[what_if.pk]), version=1, team=town.plumbers.pk)
        assert forged.status_code == 404, name
    plan = made(town)
    twin = reckoned(town, pk=plan.pk) if plan.pk != what_if.pk else what_if
    assert web.post(reverse("dispatching:confirm_all", args=[plan.pk])).status_code == 302

    assert (Offer.objects.count(), Proposal.objects.count()) == (0, 0)
    assert WhatIf.objects.get(pk=twin.pk).state == "made"
    names = {one.name for one in urlpatterns if "what-if" in str(one.pattern)}
    assert names == {"what_ifs", "what_if", "ask_what_if", "compare", "remove_what_if"}


def test_the_map_and_the_table_say_the_same_villages(town: Town) -> None:
    villages = located(town)
    rows = {str(village.pk): [1, n % 2, 0, 10] for n, village in enumerate(villages)}
    turned = {key: [1, 1 - row[1], 0, 10] for key, row in rows.items()}
    side = {**reckoned(town).found["as_is"], "below": {}, "items": {}, "teams": {}}

    told = beside({**side, "villages": rows}, {**side, "villages": turned}, 10, {})

    assert told.chart is not None
    drawn = {tone: {dot.name for dot in told.chart.dots if dot.tone == tone} for tone in ("patina", "red")}
    assert drawn == {"patina": {one.unit.short for one in told.gain}, "red": {one.unit.short for one in told.lose}}
    assert all(drawn.values())


def test_it_is_removed_on_its_page_by_who_asked_it(town: Town) -> None:
    what_if = reckoned(town)
    address = reverse("dispatching:remove_what_if", args=[what_if.pk])

    refused = Web(town.zhou).post(address, version=what_if.version)
    stale = Web(town.shi).post(address, version=7)
    done = Web(town.shi).post(address, version=what_if.version)

    assert [refused.status_code, stale.status_code, done.status_code] == [403, 409, 302]
    assert not WhatIf.objects.filter(pk=what_if.pk).exists()
