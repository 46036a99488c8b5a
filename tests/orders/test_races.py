"""Several people at the same moment: one wins, the others are told. Each race has its control, the guard taken off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from unittest.mock import patch

import pytest
import time_machine
from django.urls import reverse

from baixing.journal.models import Entry
from baixing.network.models import Post
from baixing.orders import actions
from baixing.orders.actions import dispatching
from baixing.orders.models import Offer, Order
from baixing.orders.views import ordering
from baixing.people.actions import agree, enrol
from baixing.people.models import Person
from baixing.teams.models import Team
from tests.kernel.threads import at_once
from tests.orders.machine.faults import without_compare_and_set
from tests.town import DAY, NINE, Town, build, verbs_of
from tests.web import Web

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
TEAMS, TAPS = 20, 50
S = Order.State
Deed = Callable[[], object]


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def everybody() -> Town:
    """The town, seen by all the threads: nothing of it waits in a transaction."""
    return build()


def read(order: Order) -> Order:
    """What a page showed before anybody moved."""
    return Order.objects.with_nouns().get(pk=order.pk)


def came_to(*deeds: Deed) -> Counter[str]:
    """How each ended: "done", or the name of its refusal. A refusal says why in words."""
    return Counter(_ending(one) for one in at_once(*deeds))


def _ending(one: object) -> str:
    if isinstance(one, Exception):
        return type(one).__name__ if str(one) else f"{type(one).__name__} without a word"
    return "done"


def grown_up(name: str, number: int) -> Person:
    person = enrol(name, f"+86128000009{number:02}", None, at=NINE - DAY, by=None)
    agree(person, by=person, at=NINE - DAY)
    return person


def claims(town: Town, order: Order) -> list[Deed]:
    """A claim by each of twenty teams, all from pages that show the order open."""
    leaders = [grown_up(f"leader {number}", number) for number in range(TEAMS)]
    teams = [
        Team.objects.create(name=f"{leader.name} 队", home=town.station, leader=leader, reach=Team.Reach.COUNTY)
        for leader in leaders
    ]
    for team in teams:
        team.skills.add(town.tap_repair.skill)
    return [partial(actions.claim, read(order), team, by=team.leader, at=NINE) for team in teams]


def open_order(town: Town) -> Order:
    order = town.order_in("pending")
    actions.open(order, by=town.shi, at=NINE)
    return order


def test_of_twenty_teams_that_claim_one_gets_it(everybody: Town) -> None:
    order = open_order(everybody)

    results = came_to(*claims(everybody, order))

    won = Offer.objects.get(order=order)
    assert results == {"done": 1, "Overtaken": TEAMS - 1}
    assert (read(order).team, read(order).state, won.state) == (won.team, S.ACCEPTED, Offer.State.ACCEPTED)
    assert verbs_of(order).count("claim") == 1


def test_without_compare_and_set_only_the_database_stops_nineteen(everybody: Town) -> None:
    """The control."""
    deeds = claims(everybody, open_order(everybody))

    with without_compare_and_set():
        results = came_to(*deeds)

    assert results == {"done": 1, "IntegrityError": TEAMS - 1}


def offers(town: Town, order: Order) -> list[Deed]:
    """Two dispatchers look at the same page and choose different teams."""
    second = grown_up("the second dispatcher", 50)
    Post.objects.create(person=second, unit=town.station, kind=Post.Kind.DISPATCHER, since=NINE - DAY)
    pairs = ((town.shi, town.plumbers), (second, town.others))
    return [partial(actions.dispatch, read(order), team, by=by, at=NINE) for by, team in pairs]


def test_of_two_dispatchers_one_offers(everybody: Town) -> None:
    order = everybody.order_in("pending")

    results = came_to(*offers(everybody, order))

    assert results == {"done": 1, "Overtaken": 1}
    assert Offer.objects.get(order=order).team == read(order).team
    assert verbs_of(order).count("dispatch") == 1


def test_without_compare_and_set_only_the_database_stops_the_second(everybody: Town) -> None:
    """The control."""
    deeds = offers(everybody, everybody.order_in("pending"))

    with without_compare_and_set():
        results = came_to(*deeds)

    assert results == {"done": 1, "IntegrityError": 1}


def taps(town: Town) -> list[Deed]:
    """One form, sent fifty times by an impatient thumb."""
    web, address = Web(town.jin), reverse("orders:order_item", args=[town.tap_repair.code])
    said = {"key": "one-form-one-key", "words": "水龙头滴水", "address": "3 号楼 2 单元 501"}
    return [lambda: web.client.post(address, said)] * TAPS


def test_fifty_taps_place_one_order_and_get_one_answer(everybody: Town) -> None:
    answers = at_once(*taps(everybody))

    order = Order.objects.get()
    assert {str(getattr(one, "headers", {}).get("Location", one)) for one in answers} == {f"/orders/{order.pk}/"}
    assert verbs_of(order) == ["place"]


def test_without_the_key_fifty_taps_place_as_many_as_the_limit_lets(everybody: Town) -> None:
    """The control."""
    with patch.object(ordering, "_place", ordering._place.__wrapped__):  # type: ignore[attr-defined]  # of `wraps`
        at_once(*taps(everybody))

    assert Order.objects.count() == 3


def answers_of_both(town: Town, order: Order) -> list[Deed]:
    accepts = partial(actions.accept, read(order), by=town.luo, at=NINE)
    return [accepts, partial(actions.withdraw, read(order), by=town.jin, at=NINE)]


def test_of_accepting_and_withdrawing_one_happens(everybody: Town) -> None:
    order = everybody.order_in("offered")

    results = came_to(*answers_of_both(everybody, order))

    ended = (read(order).state, Offer.objects.get(order=order).state)
    assert results == {"done": 1, "Overtaken": 1}
    assert ended in {(S.ACCEPTED, Offer.State.ACCEPTED), (S.WITHDRAWN, Offer.State.RECALLED)}
    assert len(verbs_of(order)) == 4


def test_without_compare_and_set_nobody_is_told_that_another_was_faster(everybody: Town) -> None:
    """The control."""
    deeds = answers_of_both(everybody, everybody.order_in("offered"))

    with without_compare_and_set():
        results = came_to(*deeds)

    assert "Overtaken" not in results  # both happen, or a constraint refuses what cannot stand together


def test_of_eight_who_accept_one_does(everybody: Town) -> None:
    order = everybody.order_in("offered")

    results = came_to(*[partial(actions.accept, read(order), by=everybody.luo, at=NINE) for _ in range(8)])

    assert results == {"done": 1, "Overtaken": 7}
    assert verbs_of(order).count("accept") == 1


def lapses(order: Order) -> list[Deed]:
    """Four clocks have all read that the offer is due."""
    return [partial(dispatching.lapse_offer, read(order), by=None, at=NINE + 2 * DAY) for _ in range(4)]


def test_two_ticks_make_each_deed_once(everybody: Town) -> None:
    order = everybody.order_in("offered")

    results = came_to(*lapses(order), *[partial(actions.tick, at=NINE + 2 * DAY)] * 4)

    assert verbs_of(order).count("lapse_offer") == 1
    assert set(results) <= {"done", "Overtaken"}


def test_of_all_that_is_due_two_ticks_make_each_once(everybody: Town) -> None:
    for state in ("offered", "asked", "served"):
        everybody.order_in(state)
    other = actions.place(everybody.wanted(resident=everybody.wei), by=everybody.wei, at=NINE)
    actions.reject(other, everybody.reason("reject"), words="", by=everybody.zhou, at=NINE)

    counts = at_once(*[partial(actions.tick, at=NINE + 20 * DAY)] * 2)

    once = dict.fromkeys(("lapse_offer", "lapse", "close", "lapse_proposal", "escalate"), 1)
    assert Counter(Entry.objects.filter(by=None, verb__in=once).values_list("verb", flat=True)) == once
    assert sum((Counter(one) for one in counts if isinstance(one, dict)), Counter()) == once


def test_without_compare_and_set_four_clocks_make_it_four_times(everybody: Town) -> None:
    """The control."""
    order = everybody.order_in("offered")
    deeds = lapses(order)

    with without_compare_and_set():
        came_to(*deeds)

    assert verbs_of(order).count("lapse_offer") == 4
