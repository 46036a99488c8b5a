"""The roster on paper: printed, read by two people who do not see each other, settled where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Refused, Unfit
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need
from baixing.schedule.models import Attendance, Reading, Session, Sheet, Signup
from baixing.schedule.queries import paper
from baixing.schedule.queries.paper import Line
from baixing.schedule.rules import paper as rules
from tests.kernel.threads import at_once
from tests.schedule.stage import DOOR, EVENING, RESIDENTS, again, arrive, come, evening, states
from tests.town import DAY, HOUR, NINE, Town, build
from tests.web import Web

END = EVENING + 2 * HOUR
LATER = END + HOUR
JIN, LUO = 1, 2  # their rows


@pytest.fixture
def _afterwards() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


def printed(town: Town, session: Session | None = None) -> Sheet:
    session = session or evening(town, Need(RESIDENTS, 9))
    for person in (town.jin, town.luo):
        come(session, person)
    (sheet,) = actions.print_sheets(session, by=town.zhou, at=DOOR)
    return fresh(sheet)


def fresh(sheet: Sheet) -> Sheet:
    return Sheet.objects.select_related("session__unit", "session__team").get(pk=sheet.pk)


def read(sheet: Sheet, person: Person, lines: dict[int, Line], at: object = LATER) -> Sheet:
    actions.read(fresh(sheet), lines, by=person, at=at)  # type: ignore[arg-type]  # a moment
    return fresh(sheet)


BOTH = {JIN: Line("19:00", "21:00"), LUO: Line("19:15", "20:30")}


def test_what_two_people_read_alike_is_taken_and_late_for_ever(town: Town) -> None:
    sheet = printed(town)

    read(sheet, town.zhou, BOTH)
    once = Attendance.objects.count()
    sheet = read(sheet, town.wu, BOTH)

    found = list(Attendance.objects.order_by("pk"))
    assert (once, sheet.settled_at, states(sheet.session)) == (0, LATER, ["attended"] * 2)
    assert [(one.arrived_at, one.left_at, one.late, one.sheet) for one in found] == [
        (EVENING, END, True, sheet),
        (EVENING + timedelta(minutes=15), EVENING + 1.5 * HOUR, True, sheet),
    ]
    assert [line.verb for line in Entry.objects.of(sheet)] == ["read", "read", "settle"]


def test_what_they_read_differently_waits_until_it_is_settled(town: Town) -> None:
    sheet = printed(town)
    read(sheet, town.zhou, BOTH)
    sheet = read(sheet, town.wu, {**BOTH, LUO: Line("19:30", "20:30")})
    before = states(sheet.session)

    with pytest.raises(Unfit):
        actions.settle(sheet, {JIN: 1}, by=town.he, at=LATER)
    actions.settle(sheet, {LUO: 2}, by=town.he, at=LATER)

    assert (before, states(sheet.session)) == (["attended", "confirmed"], ["attended"] * 2)
    assert Attendance.objects.order_by("pk")[1].arrived_at == EVENING + HOUR / 2
    with pytest.raises(NotNow):
        actions.settle(fresh(sheet), {LUO: 1}, by=town.he, at=LATER)


def test_nobody_reads_a_sheet_twice_and_nobody_a_third_time(town: Town) -> None:
    sheet = printed(town)
    read(sheet, town.zhou, BOTH)

    with pytest.raises(NotNow, match="另一个人"):
        read(sheet, town.zhou, BOTH)
    read(sheet, town.wu, BOTH)
    for person in (town.zhou, town.he):
        with pytest.raises(NotNow, match="只算一次"):
            read(sheet, person, BOTH)

    assert Reading.objects.count() == 2


def test_only_who_runs_it_reads_it(town: Town) -> None:
    with pytest.raises(NotAllowed):
        read(printed(town), town.jin, BOTH)


@pytest.mark.parametrize(
    "lines",
    [
        {99: Line("19:00", "21:00", name="加上去的人")},  # a row that was never printed
        {JIN: Line("18:00", "21:00")},  # a circle that was never printed
        {JIN: Line("19:00", "23:59")},
        {3: Line("19:00", "21:00")},  # a blank row without a name
        {3: Line(name="李大爷")},
    ],
)
def test_an_edited_sheet_is_refused_whole(town: Town, lines: dict[int, Line]) -> None:
    sheet = printed(town)

    with pytest.raises(Unfit):
        read(sheet, town.zhou, {**BOTH, **lines})

    assert Reading.objects.count() == 0


def test_walk_ins_on_blank_rows_have_a_seat_and_a_name(town: Town) -> None:
    sheet = printed(town)
    walked = {**BOTH, 3: Line("19:00", "21:00", heads=2, name="李 大爷")}
    read(sheet, town.zhou, walked)
    read(sheet, town.wu, {**BOTH, 3: Line("19:00", "21:00", heads=2, name="李大爷")})

    guest = Signup.objects.get(person=None)
    assert (guest.name.replace(" ", ""), guest.headcount, guest.state, guest.walk_in) == ("李大爷", 2, "attended", True)


def test_whoever_was_taken_another_way_is_told_and_the_rest_is_taken(town: Town) -> None:
    sheet = printed(town)
    arrive(Signup.objects.get(person=town.jin), town.jin, DOOR)
    came = {**BOTH, JIN: Line("19:00")}
    read(sheet, town.zhou, came)
    sheet = read(sheet, town.wu, came)

    assert [(row.number, words) for row, words in paper.answers(sheet)] == [(JIN, "已经签到过了。")]
    assert Attendance.objects.get(person=town.jin).arrived_way == "code"
    assert states(sheet.session) == ["checked_in", "attended"]


def test_an_older_printing_of_the_same_list_counts_nobody_twice(town: Town) -> None:
    sheet = printed(town)
    (again_,) = actions.print_sheets(sheet.session, by=town.zhou, at=DOOR)
    for one in (sheet, again_):
        for person in (town.zhou, town.wu):
            read(one, person, BOTH)

    assert Attendance.objects.count() == 2
    assert len(paper.answers(fresh(again_))) == 2


def test_a_long_list_is_several_pages_with_room_on_the_last(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 50))
    people = Person.objects.bulk_create(Person(name=f"众{n}", made_at=NINE) for n in range(36))
    for person in people:
        come(session, person)

    made = actions.print_sheets(session, by=town.zhou, at=DOOR)

    assert [(len(one.rows), one.blanks) for one in made] == [(20, 0), (16, 4)] or [
        (len(one.rows), one.blanks) for one in made
    ] == [(20, 0), (16, 0), (0, 20)]
    assert len({one.code for one in made}) == len(made)


@pytest.mark.parametrize("hours", [1, 2, 3, 8, 24, 14 * 24])
def test_circles_fit_on_the_page_and_lie_where_people_come_and_go(town: Town, hours: int) -> None:
    session = evening(town)
    session.end = session.start + hours * HOUR

    came, left = rules.arrivals(session), rules.departures(session)

    assert 2 <= len(came) <= rules.CIRCLES
    assert 2 <= len(left) <= rules.CIRCLES
    assert all(session.start - HOUR / 2 <= one < session.end for one in came)
    assert all(session.start <= one <= session.end + HOUR / 2 for one in left)


@pytest.mark.usefixtures("_afterwards")
def test_the_second_reader_sees_nothing_of_the_first(town: Town) -> None:
    sheet = printed(town)
    zhou, wu, address = Web(town.zhou), Web(town.wu), f"/sheets/{sheet.code}/"
    blank = wu.get(address)

    zhou.post(f"{address}read/", **{"came-1": "19:00", "left-1": "21:00", "came-2": "19:15", "left-2": ""})
    page = wu.get(address)

    assert page.count("selected") == blank.count("selected")
    assert "entered afterwards, for ever" in page
    assert 'name="came-1"' not in zhou.get(address)
    wu.post(f"{address}read/", **{"came-1": "19:00", "left-1": "21:00", "came-2": "19:30", "left-2": ""})
    assert Web(town.he).get(address).count('type="radio"') == 2


@pytest.mark.usefixtures("_afterwards")
def test_what_was_typed_of_an_altered_sheet_is_kept_on_the_page(town: Town) -> None:
    sheet = printed(town)

    answer = Web(town.zhou).post(f"/sheets/{sheet.code}/read/", **{"came-1": "19:00", "came-77": "19:00"})

    kept = re.findall(r"<option\s+selected\s*>\s*19:00", answer.content.decode())
    assert (answer.status_code, len(kept)) == (422, 1)


@pytest.mark.usefixtures("_afterwards")
def test_a_sheet_of_another_session_and_one_that_never_was_are_told_apart(town: Town) -> None:
    sheet, other = printed(town), evening(town, Need(RESIDENTS, 9))
    zhou, far = Web(town.zhou), Web(town.jin)

    wrong = zhou.post(f"/sessions/{other.pk}/sheets/find/", code=sheet.code)
    none = zhou.post(f"/sessions/{sheet.session_id}/sheets/find/", code=sheet.code[::-1])
    right = zhou.post(f"/sessions/{sheet.session_id}/sheets/find/", code=f" {sheet.code.lower()} ")

    assert "belongs to" in wrong.content.decode()
    assert "no such sheet" in none.content.decode()
    assert right.headers["Location"] == f"/sheets/{sheet.code}/"
    assert far.client.get(f"/sheets/{sheet.code}/").status_code == 404


@pytest.mark.usefixtures("_afterwards")
def test_the_paper_has_a_circle_for_each_moment_and_a_code_for_the_camera(town: Town) -> None:
    sheet = printed(town)

    page = Web(town.zhou).get(f"/sessions/{sheet.session_id}/sheets/paper/")

    circles = len(rules.arrivals(sheet.session)) + len(rules.departures(sheet.session))
    assert page.count('class="circle') == rules.ROWS * circles
    assert (sheet.code in page, "data:image/svg+xml" in page, town.jin.phone[-4:] in page) == (True, True, False)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_three_who_read_at_once_are_two_readers() -> None:
    town = build()
    sheet = printed(town)

    told = at_once(*[partial(read, sheet, one, BOTH) for one in (town.zhou, town.wu, town.he)])

    assert sum(isinstance(one, Refused) for one in told) == 1
    assert (Reading.objects.count(), Attendance.objects.count()) == (2, 2)
    assert Entry.objects.filter(verb="check_in").count() == 2


def test_names_read_from_paper_go_when_guests_go(town: Town) -> None:
    sheet = printed(town)
    read(sheet, town.zhou, BOTH)

    actions.forget_guests(END + 400 * DAY)

    assert Reading.objects.get().lines == ""
    assert again(Signup.objects.get(person=town.jin)).person == town.jin
