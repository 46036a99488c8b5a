"""People of a list: who is made, what those who are there get, what does not fit, and who may bring them in."""

from __future__ import annotations

import pytest
from django.db.models import Model
from django.utils import translation

from baixing.exchange import actions
from baixing.exchange.models import Import
from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed
from baixing.network.actions import add_unit, appoint_post, set_home
from baixing.network.models import Home, Post, Unit
from baixing.people.actions import enrol
from baixing.people.models import Person
from baixing.teams.models import Membership, Volunteer
from tests.exchange.bringing import brought, counted, faults, read, written
from tests.exchange.files import xlsx
from tests.town import NINE, Town

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "手机", "出生日期", "任职单位", "岗位", "村", "住址", "独居", "服务队"]
SONG = ["宋桥", 13800000021, "1980年5月1日", "柳树村", "站长", "柳树村", "2 号院", "是", "铜城水电队"]


def lines_of(*things: Model) -> list[tuple[str, int | None, list[str]]]:
    """Verb, doer and what kind of facts of each line, keys of rows aside."""
    found = [entry for thing in things for entry in Entry.objects.of(thing)]
    return [(entry.verb, entry.by_id, sorted(entry.facts)) for entry in found]


def test_a_row_makes_a_person_with_post_home_and_team(town: Town) -> None:
    source = written("people", town.city, town.gao, [HEAD, SONG])

    song = Person.objects.get(name="宋桥")
    home, post = Home.objects.get(person=song), Post.objects.get(person=song)
    assert counted(source) == ("done", 1, 0, 0)
    assert (song.phone, str(song.born), song.phone_index != "") == ("+8613800000021", "1980-05-01", True)
    assert (home.station, home.address, home.alone) == (town.station, "2 号院", True)
    assert (post.unit, post.kind) == (town.station, "head")
    assert Membership.objects.get(person=song).team == town.plumbers
    assert Volunteer.objects.get(person=song).number.startswith("BY2026")


def test_the_journal_says_the_same_as_of_one_by_one(town: Town) -> None:
    one = enrol("柳桥", "+8613800000022", None, at=NINE, by=town.gao)
    post = appoint_post(one, town.station, Post.Kind.HEAD, by=town.gao, at=NINE)
    home = set_home(one, town.station, "2 号院", alone=True, by=town.gao, at=NINE)

    written("people", town.city, town.gao, [HEAD, SONG])

    song = Person.objects.get(name="宋桥")
    assert lines_of(song, song.posts.get(), song.home) == lines_of(one, post, home)
    assert lines_of(song.memberships.get(), song.volunteer) == [
        ("admit", town.gao.pk, ["volunteer"]),
        ("enrol_volunteer", town.gao.pk, ["person"]),
    ]


def test_whoever_is_there_is_not_made_again(town: Town) -> None:
    row = ["金水", "13800000021"]
    written("people", town.city, town.gao, [HEAD[:2], row])

    again = written("people", town.city, town.gao, [HEAD[:2], row, ["jin ", town.jin.phone]])
    more = written("people", town.city, town.gao, [[*HEAD[:2], "村"], [*row, "柳树村"]])

    assert (counted(again), counted(more)) == (("done", 0, 0, 2), ("done", 0, 1, 0))
    assert Person.objects.filter(name="金水").count() == 1


def test_one_person_may_stand_in_several_rows(town: Town) -> None:
    rows = [[*HEAD[:2], "服务队"], ["金水", "13800000021", "铜城水电队"], ["金水", "13800000021", "河湾水电队"]]

    written("people", town.city, town.gao, rows)

    jin = Person.objects.get(name="金水")
    assert set(jin.memberships.values_list("team__name", flat=True)) == {"铜城水电队", "河湾水电队"}


BAD = [
    (["", "13800000021"], "name", "This is empty."),
    (["金水", ""], "phone", "This is empty."),
    (["金水", "1380000002"], "phone", "This is not a mobile number. A mobile number has 11 digits and begins with 1."),
    (["金水", "1.38E+10"], "phone", "Excel has shortened this number. Make the column a text column and type it anew."),
    (["金" * 41, "13800000021"], "name", "Ensure this value has at most 40 characters (it has 41)."),
    (["金水", "13800000021", "1980-02-30"], "born", "This is no date that can be. Write it like 1980-05-01."),
    (["金水", "13800000021", "2099-01-01"], "born", "This is no date that can be. Write it like 1980-05-01."),
    (["金水", "13800000021", "", "柳树村"], "post", "There is a unit, but no post. Write both, or neither."),
    (["金水", "13800000021", "", "", "", "柳树"], "station", "Not found under 铜城."),
    (["金水", "13800000021", "", "", "", "", "2 号院"], "station", "Where is this?"),
    (["金水", "13800000021", "", "", "", "", "", "", "合唱队"], "team", "Not found under 铜城."),
    (["金水", "13800000021", "2020-01-01", "", "", "", "", "", "铜城水电队"], "team", "Under 14, a guardian"),
]


@pytest.mark.parametrize(("row", "column", "words"), BAD)
def test_what_does_not_fit_is_told_and_nothing_is_written(town: Town, row: list[str], column: str, words: str) -> None:
    before = Person.objects.count()

    source = brought("people", town.city, town.gao, [HEAD, ["银水", "13800000099"], row])

    (found,) = faults(source)
    assert (source.state, source.bad, found[:2]) == ("faulty", 1, (3, column))
    assert found[2].startswith(words)
    assert Person.objects.count() == before


def test_a_ninth_person_behind_one_phone_is_told(town: Town) -> None:
    rows = [[f"金{number}", "13800000021"] for number in range(9)]

    source = brought("people", town.city, town.gao, [HEAD[:2], *rows])

    assert [(number, column) for number, column, _words in faults(source)] == [(10, "phone")]


def test_rows_that_quarrel_are_told(town: Town) -> None:
    head = ["姓名", "手机", "岗位", "村", "住址"]
    rows = [
        ["金水", "13800000021", "审计员", "柳树村", "1 号"],
        ["金水", "13800000021", "工作人员", "柳树村", "2 号"],
        ["银水", "13800000022", "", "", ""],
        ["银水", "13800000022", "", "", ""],
    ]

    source = brought("people", town.city, town.gao, [head, *rows])

    assert [(number, column) for number, column, _words in faults(source)] == [(3, "post"), (3, "station"), (5, "name")]


def test_nobody_gets_a_post_from_somebody_who_may_not_give_it(town: Town) -> None:
    source = brought("people", town.station, town.zhou, [["姓名", "手机", "岗位"], ["金水", "13800000021", "站长"]])

    assert [(number, column) for number, column, _words in faults(source)] == [(2, "post")]


def test_who_lives_elsewhere_is_left_to_their_own_station(town: Town) -> None:
    far = somebody_far(town)
    head = ["姓名", "手机", "村"]

    source = brought("people", town.county, town.he, [head, [far.name, far.phone, "柳树村"]])

    assert [(number, column) for number, column, _words in faults(source)] == [(2, "station")]


def somebody_far(town: Town) -> Person:
    """Somebody who lives in another county."""
    county = add_unit(Unit.Kind.CENTRE, "西区", town.city, by=None, at=NINE)
    institute = add_unit(Unit.Kind.INSTITUTE, "山口镇", county, by=None, at=NINE)
    station = add_unit(Unit.Kind.STATION, "高坡村", institute, by=None, at=NINE)
    person = enrol("远方", "+8613800000077", None, at=NINE, by=None)
    set_home(person, station, "", alone=False, by=person, at=NINE)
    return person


def test_a_unit_outside_ones_charge_is_never_found(town: Town) -> None:
    somebody_far(town)
    head = ["姓名", "手机", "任职单位", "岗位", "村"]

    source = brought("people", town.county, town.he, [head, ["金水", "13800000021", "山口镇", "工作人员", "高坡村"]])

    assert [(number, column) for number, column, _words in faults(source)] == [(2, "unit"), (2, "station")]


@pytest.mark.parametrize("who", ["jin", "shi", "shen", "luo", "zhou"])
def test_only_those_in_charge_of_the_unit_bring_lists_in(town: Town, who: str) -> None:
    table = read("people", xlsx(HEAD, SONG))

    with pytest.raises(NotAllowed):
        actions.take("people", town.institute, table, language="", by=getattr(town, who), at=NINE)

    assert not Import.objects.exists()


def test_who_has_lost_the_post_meanwhile_writes_nothing(town: Town) -> None:
    source = brought("people", town.station, town.zhou, [HEAD[:2], ["金水", "13800000021"]])
    actions.confirm(source, by=town.zhou, at=NINE)
    Post.objects.filter(person=town.zhou).update(until=NINE)

    with translation.override("en"):
        actions.work(lambda: NINE)

    source.refresh_from_db()
    assert (source.state, source.why[:24]) == ("faulty", "Only those in charge of ")
    assert not Person.objects.filter(name="金水").exists()
