"""Founding, changing, handing over and closing teams; their papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.notices.models import Notice
from baixing.people.models import Person
from baixing.teams import actions
from baixing.teams.actions import TeamFacts
from baixing.teams.models import Licence, LicenceKind, Membership, Team, Volunteer
from baixing.teams.news import TeamClosing, team_closing
from tests.kernel.threads import at_once
from tests.town import NINE, Town, build

FACTS = TeamFacts("柳树医护队", about="量血压", reach=Team.Reach.VILLAGE, day_capacity=1, week_capacity=3)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def verbs(team: Team) -> list[str]:
    return [entry.verb for entry in Entry.objects.of(team)]


def papers(town: Town) -> Licence:
    kind, _made = LicenceKind.objects.get_or_create(slug="electrician", name="电工证")
    return actions.add_licence(town.plumbers, kind, FIRST, LAST, number="T620402", by=town.zhou, at=NINE)


def test_founded_team_has_its_leader_as_first_member_and_volunteer(town: Town) -> None:
    team = actions.found(town.station, FACTS, town.wei, by=town.zhou, at=NINE)

    assert Membership.objects.members().get(team=team).person == town.wei
    assert Volunteer.objects.get().person == town.wei
    assert told(town.wei) == ["teams.leads"]
    assert verbs(team) == ["found"]


@pytest.mark.parametrize("name", ["luo", "shi", "wei", "shen"])
def test_only_those_in_charge_found_a_team(town: Town, name: str) -> None:
    with pytest.raises(NotAllowed):
        actions.found(town.station, FACTS, town.wei, by=getattr(town, name), at=NINE)


def test_name_is_used_once_at_home(town: Town) -> None:
    taken = replace(FACTS, name=town.plumbers.name)

    with pytest.raises(Unfit) as refused:
        actions.found(town.station, taken, town.wei, by=town.zhou, at=NINE)

    assert refused.value.field == "name"
    assert actions.found(town.institute, taken, town.wei, by=town.wu, at=NINE).name == town.plumbers.name


def test_closed_account_leads_nothing(town: Town) -> None:
    Person.objects.filter(pk=town.wei.pk).update(is_active=False)

    with pytest.raises(Unfit):
        actions.found(town.station, FACTS, town.wei, by=town.zhou, at=NINE)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "队" * 61}, "name"),
        ({"reach": 4}, "reach"),
        ({"day_capacity": 0}, "week_capacity"),
        ({"day_capacity": 4}, "week_capacity"),
    ],
)
def test_team_that_cannot_be_is_not_founded(town: Town, change: dict[str, object], field: str) -> None:
    with pytest.raises(Unfit) as refused:
        actions.found(town.station, replace(FACTS, **change), town.wei, by=town.zhou, at=NINE)  # type: ignore[arg-type]  # what cannot be is what is tested

    assert refused.value.field == field


def test_changed_team_is_one_version_on(town: Town) -> None:
    team = town.plumbers

    actions.change_team(team, replace(FACTS, skills=()), version=1, by=town.luo, at=NINE)

    assert (team.name, team.week_capacity, team.version, list(team.skills.all())) == ("柳树医护队", 3, 2, [])


def test_second_of_two_who_change_a_team_is_told_so(town: Town) -> None:
    actions.change_team(town.plumbers, FACTS, version=1, by=town.luo, at=NINE)

    with pytest.raises(Overtaken):
        actions.change_team(town.plumbers, replace(FACTS, name="别的"), version=1, by=town.zhou, at=NINE)

    assert Team.objects.get(pk=town.plumbers.pk).name == FACTS.name


def test_team_is_not_renamed_to_what_another_is_called(town: Town) -> None:
    actions.found(town.station, FACTS, town.wei, by=town.zhou, at=NINE)

    with pytest.raises(Unfit):
        actions.change_team(town.plumbers, FACTS, version=1, by=town.luo, at=NINE)


def test_page_without_a_version_changes_nothing(town: Town) -> None:
    with pytest.raises(NotNow):
        actions.change_team(town.plumbers, FACTS, version=None, by=town.luo, at=NINE)


def test_leader_takes_the_team_off_duty_and_on_again(town: Town) -> None:
    team = town.plumbers

    actions.set_duty(team, on=False, by=town.luo, at=NINE)
    off = team.on_duty
    actions.set_duty(team, on=True, by=town.luo, at=NINE)

    assert (off, team.on_duty) == (False, True)
    with pytest.raises(NotNow):
        actions.set_duty(team, on=True, by=town.luo, at=NINE)
    with pytest.raises(NotAllowed):
        actions.set_duty(team, on=False, by=town.zhou, at=NINE)


def test_lead_is_handed_to_a_member_and_who_led_stays(town: Town) -> None:
    team = town.plumbers

    actions.hand_over_lead(team, town.min, by=town.luo, at=NINE)

    assert team.leader == town.min
    assert {one.person for one in Membership.objects.members().filter(team=team)} == {town.min, town.luo}
    assert [told(town.min), told(town.luo)] == [["teams.leads"], []]


def test_staff_hand_over_what_a_leader_cannot(town: Town) -> None:
    Person.objects.filter(pk=town.luo.pk).update(is_active=False)

    actions.hand_over_lead(town.plumbers, town.min, by=town.zhou, at=NINE)

    assert town.plumbers.leader == town.min
    assert Membership.objects.members().get(team=town.plumbers).person == town.min


@pytest.mark.parametrize(
    ("to", "by", "refusal"), [("wei", "luo", Unfit), ("luo", "luo", NotNow), ("min", "min", NotAllowed)]
)
def test_lead_goes_to_a_member_only(town: Town, to: str, by: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        actions.hand_over_lead(town.plumbers, getattr(town, to), by=getattr(town, by), at=NINE)

    assert Team.objects.get(pk=town.plumbers.pk).leader == town.luo


def test_closed_team_is_closed_until_it_is_reopened(town: Town) -> None:
    team = town.plumbers

    actions.close_team(team, words="队员都搬走了", by=town.zhou, at=NINE)
    closed = team.active
    with pytest.raises(NotNow):
        actions.set_duty(team, on=False, by=town.luo, at=NINE)
    actions.reopen_team(team, by=town.zhou, at=NINE)

    assert (closed, team.active) == (False, True)
    assert told(town.luo) == ["teams.closed", "teams.reopened"]
    assert told(town.min) == ["teams.closed"]
    assert verbs(team) == ["close_team", "reopen_team"]


def test_leader_does_not_close_the_team(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.close_team(town.plumbers, words="不干了", by=town.luo, at=NINE)


def test_team_that_is_still_counted_on_stays_open(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_closing, "_hearers", [])

    @team_closing.hear
    def counts_on_it(closing: TeamClosing) -> None:
        raise NotNow(f"{closing.team}还有订单")

    with pytest.raises(NotNow):
        actions.close_team(town.plumbers, words="合并", by=town.zhou, at=NINE)

    assert Team.objects.get(pk=town.plumbers.pk).active
    assert told(town.luo) == []


def test_paper_holds_from_its_first_to_its_last_day(town: Town) -> None:
    licence = papers(town)

    actions.end_licence(licence, date(2026, 3, 4), by=town.zhou, at=NINE)

    assert (licence.valid_from, licence.valid_until) == (FIRST, date(2026, 3, 4))
    assert verbs(town.plumbers) == ["add_licence", "end_licence"]


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_paper_ends_on_one_of_its_days(town: Town, day: date) -> None:
    with pytest.raises(Unfit):
        actions.end_licence(papers(town), day, by=town.zhou, at=NINE)


def test_paper_does_not_end_before_it_starts(town: Town) -> None:
    kind = papers(town).kind

    with pytest.raises(Unfit):
        actions.add_licence(town.plumbers, kind, LAST, FIRST, number="", by=town.zhou, at=NINE)


def test_team_writes_no_papers_for_itself(town: Town) -> None:
    licence = papers(town)

    with pytest.raises(NotAllowed):
        actions.add_licence(town.plumbers, licence.kind, FIRST, LAST, number="", by=town.luo, at=NINE)
    with pytest.raises(NotAllowed):
        actions.end_licence(licence, FIRST, by=town.luo, at=NINE)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_eight_teams_founded_at_once_under_one_name_there_is_one() -> None:
    town = build()

    results = at_once(*[partial(actions.found, town.station, FACTS, town.wei, by=town.zhou, at=NINE)] * 8)

    assert sum(isinstance(result, Unfit) for result in results) == 7
    assert Team.objects.filter(name=FACTS.name).count() == 1
