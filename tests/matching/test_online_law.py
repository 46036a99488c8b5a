"""What is learnt of orders to come: how many, of what, and how futures are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from baixing.matching.arrays import Floats
from baixing.matching.online.deck import Deck
from baixing.matching.online.law import Lore
from baixing.matching.online.orders import Orders
from baixing.matching.online.shares import Shares
from baixing.matching.online.trust import concentration, rate_after
from tests.matching.worlds import drawn

UNEVEN = np.arange(1, 41) ** -0.7 / (np.arange(1, 41) ** -0.7).sum()


def error(shares: Floats, true: Floats) -> float:
    return float(((shares - true) ** 2 / true).sum())


def test_worlds_that_are_alike_are_worth_more_than_worlds_that_are_not() -> None:
    dice = np.random.default_rng(3)
    shares = dice.dirichlet(np.ones(20))

    alike = concentration(dice.multinomial(2000, shares, 5))
    unlike = concentration(np.array([dice.multinomial(2000, dice.permutation(shares)) for _ in range(5)]))

    assert alike > 100 * unlike


@pytest.mark.parametrize("swapped", [False, True])
def test_shares_are_learnt_from_earlier_worlds_whether_items_keep_their_places_or_not(swapped: bool) -> None:
    dice = np.random.default_rng(4)
    worlds = [dice.permutation(UNEVEN) if swapped else UNEVEN for _ in range(4)]
    earlier, own = np.array([dice.multinomial(4000, one) for one in worlds[:3]]), dice.multinomial(300, worlds[3])

    found = Shares.of(own, earlier, concentration(earlier))

    assert found.swapped == pytest.approx(float(swapped), abs=0.01)
    mean = found.drawn(dice, 2000).mean(axis=0)
    assert error(mean, worlds[3]) < 0.7 * error(own / own.sum(), worlds[3])


def test_without_earlier_worlds_shares_are_those_of_our_own_orders() -> None:
    own = np.random.default_rng(5).multinomial(50_000, UNEVEN)

    found = Shares.of(own, np.zeros((0, 40), np.int64), concentration(np.zeros((0, 40), np.int64)))

    assert found.drawn(np.random.default_rng(6), 500).mean(axis=0) == pytest.approx(own / own.sum(), rel=0.02, abs=1e-3)


def test_earlier_worlds_tell_how_many_come_unless_ours_is_of_another_size() -> None:
    earlier, days = np.array([10_020, 9_950, 10_040]), np.array([28, 28, 28])

    assert rate_after(340, 1, earlier, days)[0] == pytest.approx(357, rel=0.01)
    assert rate_after(715, 1, earlier, days)[0] == pytest.approx(715, rel=0.03)
    assert rate_after(340, 2, earlier[:0], days[:0])[0] == 170


def test_a_deck_has_of_each_item_what_all_futures_have_on_the_mean_and_deals_each_card_once() -> None:
    dice = np.random.default_rng(7)
    mean = dice.gamma(2, 10, (6, 30))
    mean[:, 3] = 0

    deck = Deck.of(dice, mean)
    hands = [np.bincount(hand, minlength=6) for hand in (deck.dealt(dice) for _ in range(400))]

    counts = np.bincount(deck.item, minlength=30)
    assert np.abs(counts - mean.sum(axis=0)).max() <= 1
    assert np.mean(hands, axis=0) == pytest.approx(mean.sum(axis=1), rel=0.02)
    many = int(counts.argmax())
    for even in (deck.when, deck.where):
        assert (np.sort(even[deck.item == many]) * counts[many]).astype(int).tolist() == list(range(counts[many]))


def test_orders_are_drawn_of_the_days_that_are_left() -> None:
    world = drawn(1, teams=5, orders=80, days=9)
    seen = Orders.of(world).only(np.flatnonzero(world.first <= 3))

    futures = Lore.of([], 3).law(seen, 3, 9).futures(np.random.default_rng(1), 3, 9, 8)

    assert np.mean([len(one) for one in futures]) == pytest.approx(len(seen) / 4 * 5, rel=0.25)
    for one in futures:
        assert one.first.min() == 4
        assert (one.last >= one.first).all()
        assert one.last.max() <= 8
        assert {tuple(place) for place in one.place.tolist()} <= {tuple(place) for place in seen.place.tolist()}


def test_on_the_last_day_nothing_is_to_come() -> None:
    world = drawn(1, teams=5, orders=80, days=9)

    futures = Lore.of([world], 3).law(Orders.of(world), 8, 9).futures(np.random.default_rng(1), 8, 9, 2)

    assert [len(one) for one in futures] == [0, 0]
