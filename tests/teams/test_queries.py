from __future__ import annotations

from datetime import date, timedelta

import pytest

from baixing.network.actions import add_unit
from baixing.network.models import Post, Unit
from baixing.people.models import Person
from baixing.teams import actions, queries
from baixing.teams.actions import TeamFacts
from baixing.teams.models import Licence, LicenceKind, Skill, Team
from baixing.teams.queries import Asked
from baixing.teams.rules import Standing
from tests.town import NINE, Town

TODAY = NINE.date()
DAY = timedelta(days=1)


def paper(town: Town, first: date, last: date, number: str = "T620402199901") -> Licence:
    kind, _made = LicenceKind.objects.get_or_create(slug="electrician", name="电工证", name_en="Electrician")
    return Licence.objects.create(
        team=town.plumbers, kind=kind, holder="罗师傅", number=number, valid_from=first, valid_until=last
    )


def names(asked: Asked) -> list[str]:
    return [team.name for team in queries.listed(asked)]


def test_list_goes_down_the_tree(town: Town) -> None:
    assert names(Asked()) == ["河湾水电队", "铜城水电队"]


@pytest.mark.parametrize(("unit", "found"), [("county", 2), ("institute", 2), ("station", 1)])
def test_place_holds_the_teams_at_home_in_it(town: Town, unit: str, found: int) -> None:
    assert len(names(Asked(unit=getattr(town, unit)))) == found


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "found"),
    [("铜城", 1), ("水电", 2), ("柳树", 1), ("liushu", 1), ("LSC", 1), ("河湾 水电", 1), ("%", 0), ("没有", 0)],
)
def test_team_is_found_by_its_name_or_its_place(town: Town, words: str, found: int) -> None:
    assert len(names(Asked(words=words))) == found


def test_list_is_narrowed_to_a_skill(town: Town) -> None:
    nursing = Skill.objects.create(slug="nursing", name="医护")
    town.others.skills.add(nursing)

    assert names(Asked(skill=nursing)) == ["河湾水电队"]


def test_closed_team_is_seen_by_those_in_it_and_above_it(town: Town) -> None:
    actions.close_team(town.plumbers, words="合并", by=town.zhou, at=NINE)
    cast = (town.luo, town.min, town.zhou, town.he, town.shi, town.wei)

    seen = [queries.visible(Standing(person, NINE)).filter(pk=town.plumbers.pk).exists() for person in cast]

    assert seen == [True, True, True, True, False, False]
    assert list(queries.visible(None)) == [town.others]
    assert names(Asked()) == ["河湾水电队"]


def test_staff_of_a_unit_elsewhere_do_not_see_it(town: Town) -> None:
    elsewhere = Unit.objects.create(
        kind="station", tier=1, name="别村", short="别村", parent=town.institute, path=f"{town.institute.path}9999999."
    )
    Post.objects.create(person=town.wei, unit=elsewhere, kind=Post.Kind.STAFF, since=NINE)
    actions.close_team(town.plumbers, words="合并", by=town.zhou, at=NINE)

    assert town.plumbers not in queries.visible(Standing(town.wei, NINE))


def test_leader_is_counted_once(town: Town) -> None:
    team = actions.found(town.station, TeamFacts("新队"), town.wei, by=town.zhou, at=NINE)

    assert [row.members for row in queries.rows([town.plumbers, team], "zh-hans")] == [2, 1]


def test_teams_of_a_person(town: Town) -> None:
    cast = (town.luo, town.min, town.wei)

    assert [list(queries.teams_of(person)) for person in cast] == [[town.plumbers], [town.plumbers], []]
    assert [list(queries.led_by(person)) for person in cast] == [[town.plumbers], [], []]


@pytest.mark.parametrize(("first", "last", "holds"), [(0, 0, True), (1, 9, False), (-9, -1, False), (-9, 0, True)])
def test_paper_holds_on_its_first_and_on_its_last_day(town: Town, first: int, last: int, holds: bool) -> None:
    licence = paper(town, TODAY + first * DAY, TODAY + last * DAY)

    assert queries.licensed(town.plumbers, licence.kind, TODAY) is holds
    assert not queries.licensed(town.others, licence.kind, TODAY)


def test_papers_that_run_out_are_found_for_a_team_and_for_a_unit(town: Town) -> None:
    ends = [paper(town, TODAY - DAY, TODAY + days * DAY) for days in (30, 31, 0)]
    paper(town, TODAY - 9 * DAY, TODAY - DAY)

    for where in (town.plumbers, town.station, town.city):
        assert list(queries.expiring(where, TODAY)) == [ends[2], ends[0]]
    assert list(queries.expiring(town.others, TODAY)) == []


def test_papers_are_whole_for_those_who_keep_the_team_only(town: Town) -> None:
    paper(town, TODAY, TODAY + 99 * DAY)
    cast = [Standing(person, NINE) for person in (town.luo, town.zhou, town.min, town.wei)]

    shown = [queries.papers(town.plumbers, one, TODAY, "en")[0] for one in [*cast, None]]

    whole, masked = ("Electrician", "T620402199901", "罗师傅"), ("Electrician", "****9901", "罗*")
    assert [(one.kind, one.number, one.holder) for one in shown] == [whole, whole, masked, masked, masked]


@pytest.mark.parametrize(
    ("first", "last", "mark"), [(-9, -1, "expired"), (-9, 30, "soon"), (-9, 31, ""), (1, 9, "ahead")]
)
def test_paper_is_marked_by_its_days(town: Town, first: int, last: int, mark: str) -> None:
    paper(town, TODAY + first * DAY, TODAY + last * DAY)

    assert queries.papers(town.plumbers, None, TODAY, "")[0].mark == mark


def test_short_number_is_masked_whole(town: Town) -> None:
    paper(town, TODAY, TODAY, number="12345")

    assert queries.papers(town.plumbers, None, TODAY, "")[0].number == "****"


def test_team_mates_see_no_applicants(town: Town) -> None:
    waiting = actions.apply_to(town.plumbers, by=town.wei, at=NINE)
    cast = (town.luo, town.zhou, town.min, town.wei, town.jin)

    seen = [queries.memberships(Standing(person, NINE)).filter(pk=waiting.pk).exists() for person in cast]

    assert seen == [True, True, False, True, False]
    assert queries.roster(town.plumbers, Standing(town.min, NINE)).waiting == []
    assert len(queries.roster(town.plumbers, Standing(town.luo, NINE)).waiting) == 1


def test_heirs_are_living_members_and_not_the_leader(town: Town) -> None:
    actions.admit(actions.apply_to(town.plumbers, by=town.wei, at=NINE), by=town.luo, at=NINE)
    Person.objects.filter(pk=town.wei.pk).update(is_active=False)

    assert list(queries.heirs(Team.objects.get(pk=town.plumbers.pk))) == [town.min]


@pytest.mark.parametrize("reach", list(Team.Reach))
@pytest.mark.parametrize("home", ["city", "county", "institute", "station", "partner"])
def test_area_of_a_team_holds_the_very_units_it_covers(town: Town, home: str, reach: Team.Reach) -> None:
    partner = add_unit(Unit.Kind.BASE, "果园", town.institute, by=None, at=NINE)
    add_unit(Unit.Kind.STATION, "杨树村", town.institute, by=None, at=NINE)
    add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)
    team = town.others
    team.home, team.reach = (partner if home == "partner" else getattr(town, home)), reach
    team.save(update_fields=["home", "reach"])

    covered = [unit for unit in Unit.objects.all() if Team.objects.filter(pk=team.pk).covering(unit).exists()]

    assert covered == list(Unit.objects.filter(path__startswith=team.area()))
