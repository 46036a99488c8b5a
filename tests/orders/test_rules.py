"""One table: states down, people across, verbs in the cells."""

from __future__ import annotations

import pytest

from baixing.menu.models import ServiceItem
from baixing.orders import actions
from baixing.orders.models import Order
from baixing.orders.rules import LIFE, Standing
from tests.town import NINE, Town

# fmt: off
# ruff: noqa: E501 - a table is read across
POWERS = {
    #            jin, the resident                   zhou, the owner's staff                              luo, the leader                          wu, staff above  wei, a stranger
    "placed":    ("change withdraw urge follow",     "change withdraw urge follow ask admit reject merge transfer reveal", "join",              "join",          "join"),
    "asked":     ("change supply withdraw follow",   "change supply withdraw follow reveal",                     "",                                      "",              ""),
    "pending":   ("change withdraw urge follow",     "change withdraw urge follow merge transfer pause dispatch open reveal", "join",            "join",          "join"),
    "offered":   ("withdraw urge follow",            "withdraw urge follow recall reveal",                "accept decline",                        "join",          "join"),
    "accepted":  ("withdraw urge follow suggest",    "withdraw urge follow suggest pause reveal",         "appoint hand_back alarm reveal",        "join",          "join"),
    "appointed": ("withdraw urge follow suggest miss", "withdraw urge follow suggest pause miss reveal",  "appoint hand_back alarm miss serve reveal", "join",      "join"),
    "served":    ("rate dispute follow",             "rate dispute follow reveal",                        "reveal",                                "",              ""),
    "disputed":  ("follow urge",                     "follow urge",                                       "reveal",                                "redo uphold reveal follow urge", ""),
    "paused":    ("withdraw follow",                 "withdraw follow resume reveal",                     "",                                      "",              ""),
    "closed":    ("",                                "reveal",                                            "reveal",                                "",              ""),
    "withdrawn": ("", "", "", "", ""),
    "rejected":  ("", "", "", "", ""),
    "merged":    ("", "", "", "", ""),
    "unmet":     ("", "", "", "", ""),
}
# fmt: on
JOINABLE = {"placed", "pending", "offered", "accepted", "appointed"}


@pytest.mark.parametrize("state", POWERS)
def test_powers_over_an_order(town: Town, state: str) -> None:
    order = town.order_in(state)
    cast = (town.jin, town.zhou, town.luo, town.wu, town.wei)

    found = [LIFE.powers(Standing(person, NINE), order) - {"join"} for person in cast]

    assert found == [frozenset(verbs.split()) - {"join"} for verbs in POWERS[state]]


@pytest.mark.parametrize("state", POWERS)
def test_anybody_else_may_join_a_shared_visit_while_it_is_under_way(town: Town, state: str) -> None:
    ServiceItem.objects.update(shared=True)
    order = town.order_in(state)

    powers = LIFE.powers(Standing(town.wei, NINE), order)

    assert ("join" in powers) == (state in JOINABLE)


def test_the_table_knows_every_state(town: Town) -> None:
    assert set(POWERS) == set(Order.State)


def test_every_verb_of_the_table_is_an_action() -> None:
    assert LIFE.verbs <= set(actions.__all__)


def test_no_move_leads_out_of_a_terminal_state() -> None:
    ended = {"closed", "withdrawn", "rejected", "merged", "unmet"}

    leaving = [move.verb for move in LIFE if move.start & ended and move.end is not None]

    assert leaving == []
