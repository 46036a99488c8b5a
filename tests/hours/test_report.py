"""The report of a unit is the ledger's own sum, cut by month, by what it was, by team and by unit; and ranks nobody."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook

from baixing.hours import actions
from baixing.hours.queries.report import Part, Report, report_of
from baixing.hours.queries.sums import total_of_all
from baixing.network.models import Platform, Post, Unit
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned
from tests.hours.stage import AFTER, claim_of, credited, fresh, helped, join
from tests.hours.test_transfers import SYSTEM, document, signed
from tests.schedule.stage import EVENING, VOLUNTEERS
from tests.town import HOUR, NINE, Town

FROM, TO = date(2026, 1, 1), date(2026, 12, 1)
APRIL = EVENING + timedelta(days=30)


def a_year(town: Town) -> None:
    """罗 and 敏 help on an evening, 罗 a month later in the institute with the plumbers; one of the lines is put right,
    and hours come in from elsewhere.
    """
    evening = helped(town, town.luo, town.min)
    credited(evening, town.luo, town)
    wrong = credited(evening, town.min, town)
    asked = actions.ask_correction(wrong, minutes=45, words="早退", by=town.zhou, at=AFTER)
    actions.agree_correction(asked, by=town.wu, at=AFTER)
    in_april(town)
    Post.objects.create(person=town.wei, unit=town.city, kind=Post.Kind.STAFF, since=NINE)
    actions.add_system("elsewhere", "别处", SYSTEM, by=town.gao, at=AFTER)
    told = document(wrong.volunteer.number)
    moved = actions.take_in(told, signed(told), by=town.gao, at=APRIL + 3 * HOUR)
    actions.agree_transfer(moved, by=town.wei, at=APRIL + 3 * HOUR)


def in_april(town: Town) -> None:
    facts = {"platform": Platform.objects.all()[0], "place": "文化站"}
    told = Planned(
        "lesson", "理论宣讲", town.institute, APRIL, APRIL + HOUR, town.plumbers, [Need(VOLUNTEERS, 2)], facts
    )
    session = schedule.plan(told, by=town.wu, at=NINE)
    schedule.open(session, by=town.wu, at=NINE)
    signup = join(fresh(session), town.luo)
    schedule.check_in(signup, way="roster", by=town.wu, at=APRIL)
    schedule.check_out(signup, way="roster", by=town.wu, at=APRIL + HOUR)
    schedule.report(fresh(session), by=town.wu, at=APRIL + HOUR)
    actions.review(claim_of(session, town.luo), by=town.wu, at=APRIL + 2 * HOUR)
    actions.credit(claim_of(session, town.luo), by=town.he, at=APRIL + 2 * HOUR)


def of(unit: Unit) -> Report:
    return report_of(unit, FROM, TO)


def sums(report: Report) -> list[int]:
    parts = (report.months, report.groups, report.teams, report.units)
    return [sum(part.minutes for part in cut) for cut in parts]


def told(parts: list[Part]) -> list[tuple[str, int, int]]:
    return [(part.name, part.services, part.minutes) for part in parts]


@pytest.mark.both
def test_every_cut_of_it_is_the_sum_of_the_ledger(town: Town) -> None:
    a_year(town)
    station, institute, city = of(town.station), of(town.institute), of(town.city)

    assert (station.minutes, institute.minutes, city.minutes) == (165, 225, 315)
    assert (city.minutes, city.moved) == (total_of_all(), 90)
    assert [sums(one) for one in (station, institute, city)] == [[165] * 4, [225] * 4, [225] * 4]
    assert [(one.volunteers, one.services) for one in (station, institute)] == [(2, 2), (2, 3)]


def test_it_is_cut_by_month_by_what_it_was_by_team_and_by_unit(town: Town) -> None:
    a_year(town)
    found = of(town.institute)

    assert told(found.months) == [("2026年3月", 2, 165), ("2026年4月", 1, 60)]
    assert told(found.groups) == [("科技与科普服务", 1, 60), ("活动", 2, 165)]
    assert told(found.teams) == [("铜城水电队", 1, 60), ("不属于服务队", 2, 165)]
    assert told(found.units) == [(town.institute.name, 1, 60), (town.station.name, 2, 165)]
    assert report_of(town.institute, date(2026, 4, 1), date(2026, 4, 1)).minutes == 60


def ask(person: Person, path: str) -> HttpResponse:
    client = Client()
    client.force_login(person)
    answer = client.get(path)
    assert isinstance(answer, HttpResponse)
    return answer


def test_the_sheets_say_what_the_page_says_and_name_nobody(town: Town) -> None:
    a_year(town)
    span = "?first=2026-01&last=2026-12"
    page = ask(town.wu, f"/hours/report/{town.institute.pk}/{span}").content.decode()
    plain = ask(town.wu, f"/hours/report/{town.institute.pk}/sheet.csv{span}").content.decode("utf-8-sig")
    book = load_workbook(BytesIO(ask(town.wu, f"/hours/report/{town.institute.pk}/sheet.xlsx{span}").content))

    rows = list(csv.reader(StringIO(plain)))[2:]
    assert [(row[0], row[3], row[4], row[5], row[6]) for row in rows] == [
        ("2026-03", "不属于服务队", "2", "165", "2.75"),
        ("2026-04", "铜城水电队", "1", "60", "1.0"),
    ]
    assert [row[5] for row in book.worksheets[0].iter_rows(min_row=3, values_only=True)] == [165, 60]
    assert ("3 小时 45 分" in page, town.luo.name + "<" in page, "BY2026" in page) == (True, False, False)


def test_the_city_reports_what_was_moved_and_a_station_does_not(town: Town) -> None:
    a_year(town)
    span = "?first=2026-01&last=2026-12"
    last = [
        list(csv.reader(StringIO(ask(person, f"/hours/report/{unit.pk}/sheet.csv{span}").content.decode())))[-1]
        for person, unit in ((town.gao, town.city), (town.zhou, town.station))
    ]

    assert (last[0][2], last[0][5], last[1][5]) == ("与其他系统互转", "90", "165")


@pytest.mark.parametrize("span", ["first=2026-05&last=2026-01", "first=x", "first=1990-01&last=2026-01", "last="])
def test_months_that_cannot_be_are_said_so_and_kept(town: Town, span: str) -> None:
    answer = ask(town.zhou, f"/hours/report/{town.station.pk}/?{span}")

    assert answer.status_code == 422
    assert span.split("&", maxsplit=1)[0].split("=")[1] in answer.content.decode()
    assert ask(town.zhou, f"/hours/report/{town.station.pk}/sheet.csv?{span}").status_code == 404


def test_only_those_in_charge_of_the_unit_or_above_see_it(town: Town) -> None:
    found = {
        person.name: ask(person, f"/hours/report/{town.station.pk}/").status_code
        for person in (town.zhou, town.wu, town.gao, town.luo, town.wei)
    }

    assert found == {"zhou": 200, "wu": 200, "gao": 200, "luo": 403, "wei": 403}
    assert ask(town.zhou, f"/hours/report/{town.institute.pk}/").status_code == 403
