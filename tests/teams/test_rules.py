from __future__ import annotations

from datetime import timedelta

import pytest

from baixing.people.models import Person
from baixing.teams import actions
from baixing.teams.models import Membership, Team
from baixing.teams.rules import LIFE, Standing, keeps_team, leads, oversees, powers, serves_in
from tests.town import DAY, NINE, Town

# fmt: off
POWERS = {
    #           wei, who applies  luo, the leader  zhou, staff at home  he, staff above  min, a member  shi, dispatcher
    "applied": ("withdraw",       "admit refuse",  "",                  "",              "",            ""),
    "member":  ("leave",          "remove",        "",                  "",              "",            ""),
    "refused": ("",               "",              "",                  "",              "",            ""),
    "left":    ("",               "",              "",                  "",              "",            ""),
}
# fmt: on
ANSWERS = frozenset({"admit", "refuse"})


def membership_in(town: Town, state: str) -> Membership:
    membership = actions.apply_to(town.plumbers, by=town.wei, at=NINE)
    match state:
        case "member":
            actions.admit(membership, by=town.luo, at=NINE)
        case "refused":
            actions.refuse(membership, words="人满了", by=town.luo, at=NINE)
        case "left":
            actions.withdraw(membership, by=town.wei, at=NINE)
    return membership


def close_account(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(is_active=False)


@pytest.mark.parametrize("state", POWERS)
def test_powers_over_a_membership(town: Town, state: str) -> None:
    membership = membership_in(town, state)
    cast = (town.wei, town.luo, town.zhou, town.he, town.min, town.shi)

    found = [LIFE.powers(Standing(person, NINE), membership) for person in cast]

    assert found == [frozenset(verbs.split()) for verbs in POWERS[state]]


def test_the_table_knows_every_state() -> None:
    assert set(POWERS) == set(Membership.State)


def test_every_verb_of_the_tables_is_an_action() -> None:
    assert LIFE.verbs <= set(actions.__all__)


@pytest.mark.parametrize(("waited", "open_"), [(3 * DAY, ANSWERS), (3 * DAY - timedelta(seconds=1), frozenset())])
def test_unit_answers_for_a_leader_who_is_silent_for_three_days(
    town: Town, waited: timedelta, open_: frozenset[str]
) -> None:
    membership = membership_in(town, "applied")

    found = [LIFE.powers(Standing(person, NINE + waited), membership) for person in (town.zhou, town.gao)]

    assert found == [open_, open_]


@pytest.mark.parametrize(("state", "verbs"), [("applied", ANSWERS), ("member", frozenset({"remove"}))])
def test_unit_acts_for_a_leader_whose_account_is_closed(town: Town, state: str, verbs: frozenset[str]) -> None:
    membership = membership_in(town, state)
    close_account(town.luo)
    fresh = Membership.objects.get(pk=membership.pk)

    found = [LIFE.powers(Standing(person, NINE), fresh) for person in (town.zhou, town.shi)]

    assert found == [verbs, frozenset()]


def test_nobody_is_admitted_to_a_closed_team(town: Town) -> None:
    membership = membership_in(town, "applied")
    actions.close_team(town.plumbers, words="合并", by=town.zhou, at=NINE)
    fresh = Membership.objects.get(pk=membership.pk)

    assert LIFE.powers(Standing(town.luo, NINE), fresh) == {"refuse"}
    assert LIFE.powers(Standing(town.wei, NINE), fresh) == {"withdraw"}


def test_who_stands_how_to_a_team(town: Town) -> None:
    team, cast = town.plumbers, (town.luo, town.min, town.zhou, town.he, town.shi, town.wei)

    assert [leads(person, team) for person in cast] == [True, False, False, False, False, False]
    assert [serves_in(person, team) for person in cast] == [True, True, False, False, False, False]
    assert [keeps_team(person, team, NINE) for person in cast] == [True, False, True, True, False, False]
    assert [oversees(person, team, NINE) for person in cast] == [False, False, True, True, False, False]


def test_staff_of_the_village_keep_no_team_of_the_township(town: Town) -> None:
    assert not keeps_team(town.zhou, town.others, NINE)
    assert keeps_team(town.wu, town.others, NINE)


LEADS = {"change_team", "hand_over_lead", "set_duty", "take_days_off", "drop_days_off"}
CALENDAR = {"take_days_off", "drop_days_off"}
OVERSEES = {"change_team", "hand_over_lead", "close_team", "add_licence", "end_licence"} | CALENDAR


def test_powers_over_a_team(town: Town) -> None:
    found = [powers(Standing(person, NINE), town.plumbers) for person in (town.luo, town.zhou, town.min, town.shi)]

    assert found == [LEADS, OVERSEES, set(), set()]


def test_closed_team_can_only_be_reopened(town: Town) -> None:
    actions.close_team(town.plumbers, words="合并", by=town.zhou, at=NINE)
    team = Team.objects.get(pk=town.plumbers.pk)

    assert [powers(Standing(person, NINE), team) for person in (town.luo, town.zhou)] == [set(), {"reopen_team"}]
