"""At the door: the number on the screen, the family in one go, the device that stands there, and who is missing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
import time_machine
from django.utils.http import urlencode

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotNow, TooMany
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need
from baixing.schedule.models import Session, Signup
from baixing.schedule.queries import board, door
from baixing.schedule.rules import Standing, codes
from tests.kernel.threads import at_once
from tests.schedule.stage import DOOR, EVENING, RESIDENTS, again, arrive, code, come, evening, seat
from tests.town import HOUR, NINE, Town, build
from tests.web import Web

END = EVENING + 2 * HOUR


@pytest.fixture
def _at_the_door() -> Iterator[None]:
    with time_machine.travel(DOOR, tick=False):
        yield


def wrong(session: Session) -> str:
    """A number that stands on no screen just now."""
    tried = (f"{n:06}" for n in range(1000))
    return next(number for number in tried if not codes.behind_number(number, session.pk, DOOR))


def test_the_number_beside_the_code_does_the_same(town: Town) -> None:
    session = evening(town)

    shown = actions.read_number(session, codes.number_of(session.pk, "in", DOOR), by=town.jin, at=DOOR)

    assert shown == code(session)


def test_wrong_numbers_are_counted_and_right_ones_cost_nothing(town: Town) -> None:
    session = evening(town)
    right = codes.number_of(session.pk, "in", DOOR)
    for _ in range(20):
        actions.read_number(session, right, by=town.jin, at=DOOR)
    for _ in range(8):
        with pytest.raises(NotNow):
            actions.read_number(session, wrong(session), by=town.jin, at=DOOR)

    with pytest.raises(TooMany):
        actions.read_number(session, right, by=town.jin, at=DOOR)
    assert actions.read_number(session, right, by=town.luo, at=DOOR)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_twenty_wrong_numbers_at_once_are_eight_tries() -> None:
    town = build()
    session = evening(town)

    told = at_once(*[partial(actions.read_number, session, wrong(session), by=town.jin, at=DOOR)] * 20)

    assert sorted(type(one).__name__ for one in told) == ["NotNow"] * 8 + ["TooMany"] * 12


@pytest.mark.usefixtures("_at_the_door")
def test_a_look_at_the_code_changes_nothing_and_one_tap_checks_in(town: Town) -> None:
    session, jin = evening(town), Web(town.jin)
    signup = come(session, town.jin)
    address = f"/sessions/{session.pk}/here/"

    page = jin.get(f"{address}?{urlencode({'code': code(session)})}")
    before = again(signup).state
    answers = [jin.post(f"{address}tell/", code=code(session)).status_code for _ in range(2)]

    assert code(session) in page
    assert (before, again(signup).state, answers) == ("confirmed", "checked_in", [302, 302])
    assert "here since" in jin.get(address)


@pytest.mark.usefixtures("_at_the_door")
def test_whoever_is_not_signed_in_signs_in_and_comes_back(town: Town) -> None:
    session = evening(town)

    answer = Web().client.get(f"/sessions/{session.pk}/here/?code={code(session)}")

    assert answer.headers["Location"] == f"/in/?next=%2Fsessions%2F{session.pk}%2Fhere%2F%3Fcode%3D{code(session)}"


@pytest.mark.usefixtures("_at_the_door")
@pytest.mark.parametrize("ago", [2, 48])
def test_an_old_code_is_told_on_the_page_and_does_nothing(town: Town, ago: int) -> None:
    session, jin = evening(town), Web(town.jin)
    signup = come(session, town.jin)
    old = code(session, at=DOOR - ago * HOUR)

    page = jin.get(f"/sessions/{session.pk}/here/?code={old}")
    answer = jin.post(f"/sessions/{session.pk}/here/tell/", code=old)

    assert 'name="code"' not in page
    assert (answer.status_code, again(signup).state) == (409, "confirmed")


@pytest.mark.usefixtures("_at_the_door")
def test_a_wrong_number_on_the_page_stays_counted(town: Town) -> None:
    session, jin = evening(town), Web(town.jin)
    come(session, town.jin)

    told = [jin.post(f"/sessions/{session.pk}/here/tell/", number=wrong(session)).status_code for _ in range(9)]

    assert told == [409] * 8 + [429]


@pytest.mark.usefixtures("_at_the_door")
def test_a_family_comes_in_one_go_and_nobody_elses_child_with_it(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 9))
    shared = {"phone": town.jin.phone, "phone_index": town.jin.phone_index}
    granny = Person.objects.create(name="金奶奶", made_at=NINE, **shared)
    family = [come(session, town.jin), actions.sign_up(seat(session, granny), by=town.jin, at=NINE)]
    stranger = come(session, town.wei)

    who = [str(one.pk) for one in (*family, stranger)]
    Web(town.jin).post(f"/sessions/{session.pk}/here/tell/", code=code(session), who=who)

    assert [again(one).state for one in (*family, stranger)] == ["checked_in", "checked_in", "confirmed"]


def test_the_board_says_who_is_missing_only_once_it_has_begun(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 50))
    come(session, town.jin)
    school = actions.sign_up(seat(session, None, headcount=35, party="实验小学"), by=town.zhou, at=NINE)
    actions.check_in(again(school), way="roster", by=town.zhou, at=DOOR, heads=30)

    before, after = board(session, DOOR).heads, board(session, EVENING).heads

    assert before == {"expected": 1, "missing": 0, "here": 30, "left": 0}
    assert after == {"expected": 0, "missing": 1, "here": 30, "left": 0}


def test_today_counts_heads_of_what_one_runs_and_of_nothing_else(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 9))
    come(session, town.jin)
    arrive(come(session, town.luo), town.luo)

    mine, nobodys = (door.today(Standing(one, EVENING)) for one in (town.wu, town.jin))

    assert [(one.session, one.expected, one.here, one.left) for one in mine] == [(session, 1, 1, 0)]
    assert nobodys == []


@pytest.mark.usefixtures("_at_the_door")
def test_the_number_of_who_is_missing_is_shown_to_who_asked_and_each_look_is_a_line(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    address, shown = f"/sessions/{session.pk}/board/", town.jin.phone[-4:]

    zhou, wu = Web(town.zhou), Web(town.wu)
    before = zhou.get(address)
    zhou.post(f"{address}{signup.pk}/call/")

    assert (shown in before, shown in zhou.get(address), shown in wu.get(address)) == (False, True, False)
    assert Entry.objects.of(signup).filter(verb="reveal", by_id=town.zhou.pk).count() == 1
    with time_machine.travel(DOOR + HOUR, tick=False):
        assert shown not in Web(town.zhou).get(address)


@pytest.mark.usefixtures("_at_the_door")
def test_who_left_no_number_is_not_called(town: Town) -> None:
    session = evening(town)
    guest = actions.sign_up(seat(session, None, guest="孙师傅"), by=town.zhou, at=NINE)

    page = Web(town.zhou).get(f"/sessions/{session.pk}/board/")

    assert (f"/{guest.pk}/call/" in page, f"/{guest.pk}/in/" in page) == (False, True)
    with pytest.raises(NotNow):
        actions.reveal(again(guest), by=town.zhou, at=DOOR)


@pytest.mark.usefixtures("_at_the_door")
def test_who_has_not_signed_up_is_sent_to_the_leader(town: Town) -> None:
    session, wei = evening(town), Web(town.wei)

    page = wei.get(f"/sessions/{session.pk}/here/?code={code(session)}")
    answer = wei.post(f"/sessions/{session.pk}/here/tell/", code=code(session))

    assert ("You have not signed up for this" in page, answer.status_code) == (True, 409)
    assert Signup.objects.count() == 0


@pytest.mark.usefixtures("_at_the_door")
def test_the_leader_taps_without_a_script_and_with_one(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    zhou, row = Web(town.zhou), f"/sessions/{session.pk}/roster/{signup.pk}/"

    tapped = zhou.post(f"{row}in/")
    plain, part = zhou.client.get(row), zhou.client.get(row, headers={"HX-Request": "true"})

    assert tapped.headers["Location"] == row
    assert plain.headers["Location"] == f"/sessions/{session.pk}/roster/#signup-{signup.pk}"
    assert part.content.decode().strip().startswith("<li")
    assert f"{row}out/" in part.content.decode()


@pytest.mark.usefixtures("_at_the_door")
def test_the_list_finds_by_a_part_of_the_name(town: Town) -> None:
    session = evening(town)
    come(session, town.jin)
    come(session, town.luo)

    page = Web(town.zhou).get(f"/sessions/{session.pk}/roster/?q=ji")

    assert page.count('class="row-plain roster-row"') == 1


@pytest.mark.usefixtures("_at_the_door")
@pytest.mark.parametrize("typed", ["code", "address", "tail"])
def test_a_residents_own_code_is_scanned_or_typed(town: Town, typed: str) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    said = {"code": signup.code.upper(), "address": f"https://x.cn/s/{signup.code}/", "tail": town.jin.phone[-4:]}

    answer = Web(town.zhou).post(f"/sessions/{session.pk}/scan/read/", code=said[typed])

    assert (answer.status_code, again(signup).state) == (302, "checked_in")


@pytest.mark.usefixtures("_at_the_door")
def test_a_code_of_another_session_is_scanned_in_vain(town: Town) -> None:
    session, other = evening(town), evening(town)
    signup = come(other, town.jin)

    answer = Web(town.zhou).post(f"/sessions/{session.pk}/scan/read/", code=signup.code)

    assert (answer.status_code, again(signup).state) == (422, "confirmed")


@pytest.mark.usefixtures("_at_the_door")
def test_the_camera_is_allowed_on_the_page_that_scans_and_on_no_other(town: Town) -> None:
    session, client = evening(town), Web(town.zhou).client

    allowed = [
        client.get(f"/sessions/{session.pk}/{page}/").headers["Permissions-Policy"] for page in ("scan", "roster")
    ]

    assert [one.split(",")[0] for one in allowed] == ["camera=(self)", "camera=()"]
