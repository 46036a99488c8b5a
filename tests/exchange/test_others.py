"""Units, teams and services of a list: made as one by one, added to, told what does not fit."""

from __future__ import annotations

import pytest
from django.db.models import Model

from baixing.journal.models import Entry
from baixing.menu.actions import add_item, retire_item
from baixing.menu.models import ServiceItem
from baixing.network.actions import UnitFacts, add_unit, change_unit
from baixing.network.models import Unit
from baixing.people.actions import enrol
from baixing.teams.actions import TeamFacts, found
from baixing.teams.models import Membership, Team
from tests.exchange.bringing import brought, counted, faults, written
from tests.town import NINE, Town

pytestmark = pytest.mark.django_db
UNIT = ["类型", "简称", "上级单位", "电话", "地址"]
TEAM = ["队名", "所在阵地", "队长", "队长手机", "专长", "服务范围", "每天次数", "每周次数"]
ITEM = ["项目名称", "一句话介绍", "平台", "专长", "时长", "月份", "常用说法"]


def lines_of(*things: Model) -> list[tuple[str, int | None, list[str]]]:
    found = [entry for thing in things for entry in Entry.objects.of(thing)]
    return [(entry.verb, entry.by_id, sorted(entry.facts)) for entry in found]


def where(source: object) -> list[tuple[int, str]]:
    return [(number, column) for number, column, _words in faults(source)]  # type: ignore[arg-type]  # an import


def test_units_may_hang_on_others_of_the_list_in_any_order(town: Town) -> None:
    rows = [["村", "新村", "新镇", "", ""], ["所", "新镇", "东区", "0943 8220002", "新镇 1 号"]]

    source = written("units", town.city, town.gao, [UNIT, *rows])

    new, above = Unit.objects.get(short="新村"), Unit.objects.get(short="新镇")
    assert counted(source) == ("done", 2, 0, 0)
    assert (new.parent, new.tier, above.parent, above.tier) == (above, 1, town.county, 2)
    assert (new.path, above.path) == (f"{above.path}{new.pk:07d}.", f"{town.county.path}{above.pk:07d}.")
    assert (above.phone, above.address, above.name) == ("0943-8220002", "新镇 1 号", "新镇新时代文明实践所")


def test_the_journal_of_a_unit_says_the_same_as_one_by_one(town: Town) -> None:
    one = add_unit(Unit.Kind.INSTITUTE, "旧镇", town.county, by=town.gao, at=NINE)
    change_unit(one, UnitFacts(address="1 号"), seen=1, by=town.gao, at=NINE)

    written("units", town.city, town.gao, [UNIT, ["所", "新镇", "东区", "", "1 号"]])

    new = Unit.objects.get(short="新镇")
    assert (lines_of(new), new.version) == (lines_of(one), one.version)


def test_a_unit_that_is_there_is_told_what_the_row_fills_in_and_keeps_the_rest(town: Town) -> None:
    change_unit(town.station, UnitFacts(phone="0943-8220009", address="旧址"), seen=1, by=town.gao, at=NINE)

    source = written("units", town.city, town.gao, [UNIT, ["村", "柳树村", "河湾镇", "", "新址"]])

    town.station.refresh_from_db()
    assert counted(source) == ("done", 0, 1, 0)
    assert (town.station.phone, town.station.address) == ("0943-8220009", "新址")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["村", "新村", "东区", "", ""], "parent"),  # a village hangs on no county
        (["村", "新村", "别处", "", ""], "parent"),
        (["村", "新村", "新村", "", ""], "parent"),  # its own parent
        (["镇", "新村", "河湾镇", "", ""], "kind"),
        (["村", "新村", "河湾镇", "12", ""], "phone"),
        (["所", "柳树村", "河湾镇", "", ""], "kind"),
    ],
)
def test_a_unit_that_does_not_fit_is_told(town: Town, row: list[str], column: str) -> None:
    assert where(brought("units", town.city, town.gao, [UNIT, row])) == [(2, column)]


def test_parents_in_a_ring_are_told(town: Town) -> None:
    rows = [["所", "甲", "乙", "", ""], ["村", "乙", "甲", "", ""]]

    assert where(brought("units", town.city, town.gao, [UNIT, *rows])) == [(3, "parent"), (2, "parent")][::-1]


def test_a_team_is_founded_with_its_leader(town: Town) -> None:
    song = enrol("宋桥", "+8613800000021", None, at=NINE, by=None)
    one = found(town.station, TeamFacts("旧队"), town.wei, by=town.gao, at=NINE)
    row = ["新队", "柳树村", "宋桥", "13800000021", "水电维修", "本县", 3, 9]

    source = written("teams", town.city, town.gao, [TEAM, row])

    team = Team.objects.get(name="新队")
    place = Membership.objects.get(team=team)
    assert counted(source) == ("done", 1, 0, 0)
    assert (team.home, team.leader, team.reach) == (town.station, song, Team.Reach.COUNTY)
    assert (team.day_capacity, team.week_capacity) == (3, 9)
    assert [skill.name for skill in team.skills.all()] == ["水电维修"]
    assert lines_of(team, place, song.volunteer) == lines_of(one, one.memberships.get(), town.wei.volunteer)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["新队", "", "宋桥", "13800000021", "水电维修"], "leader"),  # nobody here of that name and phone
        (["新队", "", "", "", "水电维修"], "phone"),
        (["新队", "", "wei", "12800000009", "飞行"], "skills"),
        (["新队", "别处", "wei", "12800000009", "水电维修"], "home"),
        (["新队", "", "wei", "12800000009", "水电维修", "全省"], "reach"),
        (["新队", "", "wei", "12800000009", "水电维修", "", 9, 2], "week_capacity"),
        (["铜城水电队", "柳树村", "", "", "飞行"], "skills"),
    ],
)
def test_a_team_that_does_not_fit_is_told(town: Town, row: list[str], column: str) -> None:
    assert where(brought("teams", town.city, town.gao, [TEAM, row])) == [(2, column)]


def test_a_team_that_is_there_is_changed_and_keeps_its_leader(town: Town) -> None:
    row = ["铜城水电队", "柳树村", "别人", "", "水电维修", "全市"]

    source = written("teams", town.city, town.gao, [TEAM, row])

    town.plumbers.refresh_from_db()
    assert counted(source) == ("done", 0, 1, 0)
    assert (town.plumbers.reach, town.plumbers.leader, town.plumbers.version) == (Team.Reach.CITY, town.luo, 2)


def test_a_service_is_put_on_the_menu(town: Town) -> None:
    platform, skill = town.tap_repair.platform, town.tap_repair.skill
    one = add_item(town.city, {"name": "一", "gist": "一", "platform": platform, "skill": skill}, by=town.gao, at=NINE)
    row = ["理发", "上门理发", "科技与科普服务", "水电维修", 30, "3、4月", "剪头、剃头"]

    source = written("items", town.city, town.gao, [ITEM, row])

    item = ServiceItem.objects.get(name="理发")
    assert counted(source) == ("done", 1, 0, 0)
    assert (item.unit, item.gets, item.minutes, item.months) == (town.city, "上门理发", 30, "3,4")
    assert item.plain_words() == ["剪头", "剃头"]
    assert "剃头" in item.search_text
    assert lines_of(item) == lines_of(one)


def test_a_service_that_is_there_is_changed_and_one_off_the_menu_stays_off(town: Town) -> None:
    retire_item(add_old(town), why="没人要", version=1, by=town.gao, at=NINE)
    rows = [["水龙头维修", "修水龙头", "科技与科普服务", "水电维修"], ["旧项目", "一", "科技与科普服务", "水电维修"]]

    source = written("items", town.city, town.gao, [ITEM, *rows])

    town.tap_repair.refresh_from_db()
    assert counted(source) == ("done", 0, 1, 1)
    assert (town.tap_repair.gist, town.tap_repair.lead_days) == ("修水龙头", 0)
    assert ServiceItem.objects.get(name="旧项目").active is False


def add_old(town: Town) -> ServiceItem:
    facts = {"name": "旧项目", "gist": "旧", "platform": town.tap_repair.platform, "skill": town.tap_repair.skill}
    return add_item(town.city, facts, by=town.gao, at=NINE)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["长" * 25, "一", "科技与科普服务", "水电维修"], "name"),
        (["新", "", "科技与科普服务", "水电维修"], "gist"),
        (["新", "一", "没有的平台", "水电维修"], "platform"),
        (["新", "一", "科技与科普服务", "水电维修", 3], "minutes"),
        (["新", "一", "科技与科普服务", "水电维修", "", "13月"], "months"),
    ],
)
def test_a_service_that_does_not_fit_is_told(town: Town, row: list[str], column: str) -> None:
    assert where(brought("items", town.city, town.gao, [ITEM, row])) == [(2, column)]
