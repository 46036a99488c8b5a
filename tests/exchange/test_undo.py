"""Taking back what a list made, within a day: all that nobody uses, and what was changed is as before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import translation

from baixing.exchange import actions
from baixing.exchange.actions import clock
from baixing.exchange.actions.verbs import drop
from baixing.exchange.models import Import, Made
from baixing.journal.models import Entry
from baixing.journal.queries import verify_all
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.menu.models import ServiceItem
from baixing.network.actions import UnitFacts, change_unit
from baixing.network.models import Home, Post, Unit
from baixing.people.actions import agree
from baixing.people.models import Person
from baixing.teams.models import Membership, Team, Volunteer
from tests.exchange.bringing import TEN, brought, seen_to, undone, written
from tests.town import DAY, NINE, Town

pytestmark = pytest.mark.django_db
PEOPLE = [
    ["姓名", "手机", "岗位", "村", "服务队"],
    ["宋桥", "13800000021", "工作人员", "柳树村", "铜城水电队"],
    ["宋河", "13800000022", "", "柳树村", ""],
]
KINDS = ("units", "teams", "items")
COUNTED = (Person, Post, Home, Membership, Volunteer, Unit, Team, ServiceItem)


def rows() -> list[int]:
    return [model._base_manager.count() for model in COUNTED]


def test_all_that_a_list_of_people_made_goes(town: Town) -> None:
    before = rows()
    source = written("people", town.city, town.gao, PEOPLE)
    made = {f"{row.model}:{row.key}" for row in source.made.all()}

    undone(source, town.gao)

    source.refresh_from_db()
    lasts = {entry.thing: entry.verb for entry in Entry.objects.filter(thing__in=made).order_by("seq")}
    assert (source.state, source.kept, rows()) == ("undone", 0, before)
    assert lasts == dict.fromkeys(made, "take_back")
    assert all(verdict.ok for verdict in verify_all())


def test_all_that_the_other_lists_made_goes(town: Town) -> None:
    before = rows()
    units = [["类型", "简称", "上级"], ["所", "新镇", "东区"], ["站", "新村", "新镇"]]
    teams = [["队名", "单位", "队长", "手机", "专长"], ["新队", "新村", "wei", "12800000009", "水电维修"]]
    items = [["名称", "简介", "平台", "专长"], ["理发", "上门理发", "科技与科普服务", "水电维修"]]
    lists = [written(kind, town.city, town.gao, one) for kind, one in zip(KINDS, (units, teams, items), strict=True)]

    for source in reversed(lists):
        undone(source, town.gao)

    assert (rows(), [source.state for source in Import.objects.all()]) == (before, ["undone"] * 3)


def test_what_somebody_uses_stays_and_is_named(town: Town) -> None:
    source = written("people", town.city, town.gao, PEOPLE)
    song = Person.objects.get(name="宋桥")
    agree(song, by=song, at=TEN)

    done = undone(source, town.gao)

    assert (done.state, done.kept) == ("undone", 2)
    assert [(row.model, row.key) for row in Made.objects.filter(kept=True).order_by("model")] == [
        ("people.person", song.pk),
        ("teams.volunteer", song.volunteer.pk),
    ]
    assert not Person.objects.filter(name="宋河").exists()


def test_a_unit_stays_as_long_as_something_hangs_on_it(town: Town) -> None:
    units = [["类型", "简称", "上级"], ["所", "新镇", "东区"], ["站", "新村", "新镇"], ["站", "空村", "新镇"]]
    source = written("units", town.city, town.gao, units)
    Home.objects.create(person=town.wei, station=Unit.objects.get(short="新村"))

    undone(source, town.gao)

    assert set(Unit.objects.filter(short__in=("新镇", "新村", "空村")).values_list("short", flat=True)) == {
        "新镇",
        "新村",
    }


def test_what_was_changed_is_as_before_unless_somebody_has_changed_it_since(town: Town) -> None:
    head = ["类型", "简称", "上级", "地址"]
    lists = [[head, ["站", "柳树村", "河湾镇", "新址"]], [head, ["所", "河湾镇", "东区", "新址"]]]
    first, second = (written("units", town.city, town.gao, one) for one in lists)
    town.institute.refresh_from_db()
    change_unit(town.institute, UnitFacts(address="第三处"), seen=town.institute.version, by=town.gao, at=TEN)

    undone(first, town.gao)
    undone(second, town.gao)

    addresses = Unit.objects.filter(pk__in=(town.station.pk, town.institute.pk)).order_by("-tier")
    assert list(addresses.values_list("address", flat=True)) == ["第三处", ""]


def test_a_home_a_team_and_a_service_are_as_before(town: Town) -> None:
    people = [["姓名", "手机", "村", "住址"], ["jin", town.jin.phone, "柳树村", "新址"]]
    teams = [["队名", "单位", "专长", "范围"], ["铜城水电队", "柳树村", "水电维修", "全市"]]
    items = [["名称", "简介", "平台", "专长"], ["水龙头维修", "别的话", "科技与科普服务", "水电维修"]]
    kinds = zip(("people", "teams", "items"), (people, teams, items), strict=True)

    for source in [written(kind, town.city, town.gao, one) for kind, one in kinds]:
        undone(source, town.gao)

    assert Home.objects.get(person=town.jin).address == "3 号楼 2 单元 501"
    assert Team.objects.get(pk=town.plumbers.pk).reach == Team.Reach.COUNTY
    assert ServiceItem.objects.get(pk=town.tap_repair.pk).gist == "上门修水龙头和漏水"


def test_after_a_day_it_stays(town: Town) -> None:
    source = written("people", town.city, town.gao, PEOPLE)
    actions.forget(at=NINE + DAY + timedelta(seconds=1))

    with translation.override("en"), pytest.raises(NotNow, match="more than 24 hours ago"):
        actions.undo(source, by=town.gao, at=NINE + DAY + timedelta(seconds=1))

    assert Person.objects.filter(name="宋桥").exists()
    assert list(source.made.exclude(before="")) == []


def test_what_is_being_undone_when_the_day_ends_is_as_before(town: Town) -> None:
    """What stood there before is kept until it stands there again, however late the clock comes to it."""
    people = [["姓名", "手机", "村", "住址"], ["jin", town.jin.phone, "柳树村", "新址"]]
    source = written("people", town.city, town.gao, people)
    actions.undo(source, by=town.gao, at=NINE + DAY)

    actions.forget(at=NINE + DAY + timedelta(minutes=1))
    done = seen_to(source, NINE + DAY + timedelta(minutes=2))

    assert (done.state, done.kept) == ("undone", 0)
    assert Home.objects.get(person=town.jin).address == "3 号楼 2 单元 501"


def test_only_those_in_charge_undo(town: Town) -> None:
    source = written("people", town.city, town.gao, PEOPLE)

    for who in (town.zhou, town.he, town.jin, town.shen):
        with pytest.raises(NotAllowed):
            actions.undo(source, by=who, at=TEN)


def test_what_nobody_confirms_for_a_day_is_erased(town: Town) -> None:
    source = brought("people", town.city, town.gao, PEOPLE)

    left = actions.forget(at=NINE + DAY), actions.forget(at=NINE + DAY + timedelta(seconds=1))

    source.refresh_from_db()
    assert (left, source.state, source.table, source.verdicts) == ((0, 1), "dropped", "", "")


def test_a_list_that_is_confirmed_at_the_last_moment_keeps_no_other_from_being_forgotten(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = (brought("people", town.city, town.gao, PEOPLE) for _one in range(2))
    late = NINE + DAY + timedelta(seconds=1)

    def drop_after_the_clerk(source: Import, *, by: Person | None, at: datetime) -> None:
        if source.pk == first.pk:
            actions.confirm(Import.objects.get(pk=first.pk), by=town.gao, at=late)
        drop(source, by=by, at=at)

    monkeypatch.setattr(clock, "drop", drop_after_the_clerk)

    left = actions.forget(at=late)

    states = [source.state for source in Import.objects.order_by("pk")]
    assert (left, states) == (1, ["writing", "dropped"])


def test_the_rows_are_sealed_and_gone_once_they_are_written(town: Town) -> None:
    def kept() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM exchange_import")
            return str(cursor.fetchall())

    source = brought("people", town.city, town.gao, PEOPLE)
    waiting = kept()
    actions.confirm(source, by=town.gao, at=NINE)
    actions.work(lambda: NINE)

    assert not any(word in waiting + kept() for word in ("宋桥", "13800000021"))
    assert Import.objects.get().table == ""
