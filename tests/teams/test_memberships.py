"""Joining a team and leaving it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Refused, Unfit
from baixing.notices.models import Notice
from baixing.people.actions import ask_guardian, confirm_guardian
from baixing.people.models import Person
from baixing.teams import actions
from baixing.teams.models import Membership, Volunteer
from baixing.teams.rules import is_volunteer_number
from tests.kernel.threads import at_once
from tests.town import DAY, NINE, Town, build

State = Membership.State
pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def applied(town: Town) -> Membership:
    return actions.apply_to(town.plumbers, by=town.wei, at=NINE)


def stale(membership: Membership) -> Membership:
    """As another browser has it."""
    return Membership.objects.get(pk=membership.pk)


def test_applicant_waits_and_the_leader_is_told(town: Town) -> None:
    membership = applied(town)

    assert (membership.state, membership.person) == (State.APPLIED, town.wei)
    assert told(town.luo) == ["teams.applied"]


def test_leader_is_told_once_a_day_however_often_somebody_applies(town: Town) -> None:
    for _ in range(3):
        actions.withdraw(applied(town), by=town.wei, at=NINE)
    actions.apply_to(town.plumbers, by=town.wei, at=NINE + DAY)

    assert told(town.luo) == ["teams.applied"] * 2


def test_staff_are_told_where_the_leader_has_gone(town: Town) -> None:
    Person.objects.filter(pk=town.luo.pk).update(is_active=False)

    applied(town)

    assert told(town.zhou) == ["teams.applied"]


def test_admitted_member_is_a_volunteer_with_a_number(town: Town) -> None:
    membership = applied(town)

    actions.admit(membership, by=town.luo, at=NINE + DAY)

    assert (membership.state, membership.at) == (State.MEMBER, NINE + DAY)
    assert is_volunteer_number(Volunteer.objects.get(person=town.wei).number)
    assert told(town.wei) == ["teams.admitted"]
    assert [entry.verb for entry in Entry.objects.of(membership)] == ["apply_to", "admit"]


def test_member_of_two_teams_has_one_number(town: Town) -> None:
    actions.admit(applied(town), by=town.luo, at=NINE)

    second = actions.apply_to(town.others, by=town.wei, at=NINE)
    actions.admit(second, by=town.others.leader, at=NINE)

    assert Volunteer.objects.filter(person=town.wei).count() == 1


def test_refused_applicant_reads_why_and_may_apply_again(town: Town) -> None:
    membership = applied(town)

    actions.refuse(membership, words="目前人手够了", by=town.luo, at=NINE)

    assert membership.state == State.REFUSED
    assert Notice.objects.get(person=town.wei).facts["words"] == "目前人手够了"
    assert applied(town).state == State.APPLIED


def test_member_leaves(town: Town) -> None:
    membership = Membership.objects.get(person=town.min)

    actions.leave(membership, by=town.min, at=NINE)

    assert membership.state == State.LEFT
    assert told(town.luo) == ["teams.left"]


def test_removed_member_reads_why(town: Town) -> None:
    membership = Membership.objects.get(person=town.min)

    actions.remove(membership, words="三次未到", by=town.luo, at=NINE)

    assert membership.state == State.LEFT
    assert Notice.objects.get(person=town.min).facts["words"] == "三次未到"


@pytest.mark.parametrize("deed", [actions.refuse, actions.remove])
@pytest.mark.parametrize("words", ["", "  ", "长" * 201])
def test_nobody_is_turned_away_without_words(town: Town, deed: Callable[..., None], words: str) -> None:
    with pytest.raises(Unfit):
        deed(applied(town), words=words, by=town.luo, at=NINE)


def test_leader_does_not_go_without_handing_over(town: Town) -> None:
    actions.hand_over_lead(town.plumbers, town.min, by=town.luo, at=NINE)
    lead = Membership.objects.members().get(team=town.plumbers, person=town.min)

    with pytest.raises(NotNow):
        actions.leave(lead, by=town.min, at=NINE)
    actions.leave(Membership.objects.get(person=town.luo), by=town.luo, at=NINE)

    assert [one.person for one in Membership.objects.members()] == [town.min]


@pytest.mark.parametrize("name", ["luo", "min"])
def test_nobody_applies_to_the_team_they_are_in(town: Town, name: str) -> None:
    with pytest.raises(NotNow):
        actions.apply_to(town.plumbers, by=getattr(town, name), at=NINE)


def test_nobody_applies_to_a_closed_team(town: Town) -> None:
    actions.close_team(town.plumbers, words="合并", by=town.zhou, at=NINE)

    with pytest.raises(NotNow):
        applied(town)


def test_child_applies_once_a_guardian_has_said_yes(town: Town) -> None:
    Person.objects.filter(pk=town.wei.pk).update(born=date(2016, 5, 1))
    Person.objects.filter(pk=town.jin.pk).update(born=date(1960, 5, 1))
    town.wei.refresh_from_db()
    town.jin.refresh_from_db()

    with pytest.raises(NotNow):
        applied(town)
    asked = ask_guardian(town.wei, town.jin.phone, address="192.0.2.1", by=town.wei, at=NINE)
    confirm_guardian(asked, by=town.jin, at=NINE)

    assert applied(town).state == State.APPLIED


@pytest.mark.parametrize("name", ["wei", "min", "zhou", "jin"])
def test_others_admit_nobody(town: Town, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.admit(applied(town), by=getattr(town, name), at=NINE)

    assert not Volunteer.objects.exists()


def test_application_taken_back_meanwhile_is_not_admitted(town: Town) -> None:
    membership = applied(town)
    shown = stale(membership)
    actions.withdraw(membership, by=town.wei, at=NINE)

    with pytest.raises(Overtaken):
        actions.admit(shown, by=town.luo, at=NINE)

    assert not Volunteer.objects.exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_eight_applications_at_once_are_one() -> None:
    town = build()

    results = at_once(*[partial(actions.apply_to, town.plumbers, by=town.wei, at=NINE)] * 8)

    assert sum(isinstance(result, NotNow) for result in results) == 7
    assert Membership.objects.waiting().count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_admitted_and_withdrawn_at_once_one_wins() -> None:
    town = build()
    membership = applied(town)
    deeds = [
        partial(actions.admit, stale(membership), by=town.luo, at=NINE),
        partial(actions.withdraw, stale(membership), by=town.wei, at=NINE),
    ]

    results = at_once(*deeds)

    assert sorted(isinstance(result, Refused) for result in results) == [False, True]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_leader_and_heir_do_not_both_go() -> None:
    """One hands over to a member who leaves at the same moment: the team has a leader who is in it."""
    town = build()
    heir = Membership.objects.get(person=town.min)
    deeds = [
        partial(actions.hand_over_lead, town.plumbers, town.min, by=town.luo, at=NINE),
        partial(actions.leave, heir, by=town.min, at=NINE),
    ]

    at_once(*deeds)

    town.plumbers.refresh_from_db()
    heir.refresh_from_db()
    assert (town.plumbers.leader == town.min) == (heir.state == State.MEMBER)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_database_itself_keeps_one_live_membership() -> None:
    """The control: without the turn the constraint is the last to refuse."""
    town = build()
    make = partial(Membership.objects.create, team=town.plumbers, person=town.wei, state=State.APPLIED, at=NINE)

    results = at_once(*[make] * 8)

    assert sum(isinstance(result, IntegrityError) for result in results) == 7
