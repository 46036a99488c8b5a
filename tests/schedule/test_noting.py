"""Who came unasked, noted on a list without a network: one is one, and nobody who came is lost."""

from __future__ import annotations

import json
from functools import partial
from unittest.mock import patch

import pytest
import time_machine

from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.schedule import actions
from baixing.schedule.actions import Answer, Need, Noted, Seat, noting
from baixing.schedule.models import Attendance, Session, Signup, WalkIn
from tests.kernel.threads import at_once
from tests.schedule.stage import EVENING, RESIDENTS, come, evening, role, states, taken
from tests.town import DAY, HOUR, Town, build
from tests.web import Web

PHONE = "+8612800009999"
NONCES = [f"{n:032x}" for n in range(9)]


def noted(session: Session, name: str = "赵大爷", phone: str = "", heads: int = 1, nonce: str = NONCES[0]) -> Noted:
    return Noted(nonce, role(session).pk, name, phone, heads, EVENING)


def send(town: Town, session: Session, *told: Noted) -> list[Answer]:
    return actions.take_taps(session, told, clock=EVENING + HOUR, by=town.zhou, at=EVENING + HOUR)


def test_they_have_a_seat_from_when_they_came(town: Town) -> None:
    session = evening(town)

    told = [*send(town, session, noted(session, heads=2)), *send(town, session, noted(session, heads=2))]

    found = Attendance.objects.get()
    assert told == [Answer(NONCES[0], taken=True)] * 2
    assert (found.arrived_at, found.arrived_way, found.arrived_by, found.heads) == (EVENING, "offline", town.zhou, 2)
    assert (states(session), taken(session)) == (["checked_in"], 2)


def test_two_lists_that_tell_of_one_number_tell_of_one_person(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 9))
    come(session, town.jin)
    actions.sign_up(Seat(role(session), guest="过路人", phone=PHONE), by=None, at=EVENING - DAY)

    told = send(
        town,
        session,
        noted(session, phone=PHONE),
        noted(session, "赵老汉", PHONE, nonce=NONCES[1]),
        noted(session, "金", town.jin.phone, nonce=NONCES[2]),
    )

    assert [one.taken for one in told] == [True, True, True]
    assert (states(session), taken(session)) == (["checked_in", "checked_in"], 2)


def test_without_a_number_one_of_the_same_name_waits_for_a_decision(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 9))

    told = send(town, session, noted(session), noted(session, "赵 大爷", nonce=NONCES[1]))
    kept = WalkIn.objects.undecided().get()
    actions.leave_noted(kept, by=town.zhou, at=EVENING + HOUR)

    assert [(one.taken, "同一个人" in one.words) for one in told] == [(True, False), (False, True)]
    assert (states(session), WalkIn.objects.get(pk=kept.pk).guest) == (["checked_in"], "")


def test_who_finds_no_seat_is_told_so_kept_and_taken_in_once_there_is_room(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1))
    come(session, town.jin)

    (told,) = send(town, session, noted(session, phone=PHONE))
    kept = WalkIn.objects.undecided().get()
    with pytest.raises(NotNow):
        actions.take_noted(kept, by=town.zhou, at=EVENING + HOUR)
    assert (told.taken, "没有空位" in told.words, states(session)) == (False, True, ["confirmed"])

    session.roles.update(seats=2)
    actions.take_noted(again(kept), by=town.zhou, at=EVENING + HOUR)

    assert (states(session), WalkIn.objects.undecided().count()) == (["confirmed", "checked_in"], 0)
    assert Attendance.objects.get().arrived_at == EVENING
    with pytest.raises(NotNow):
        actions.leave_noted(again(kept), by=town.zhou, at=EVENING + HOUR)


def test_only_who_runs_it_decides(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1))
    come(session, town.jin)
    send(town, session, noted(session))
    kept = WalkIn.objects.undecided().get()

    for deed in (actions.take_noted, actions.leave_noted):
        with pytest.raises(NotAllowed):
            deed(kept, by=town.jin, at=EVENING + HOUR)


def test_names_of_those_who_were_never_seated_are_forgotten_in_time(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1))
    come(session, town.jin)
    send(town, session, noted(session, phone=PHONE))

    actions.forget_guests(EVENING + DAY)

    kept = WalkIn.objects.get()
    assert (kept.guest, kept.phone) == ("", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": None, "heads": "2"},
        {"heads": 0},
        {"heads": 10**9},
        {"heads": True, "role": "x"},
        {"role": 2**70},
        {"at": "gestern"},
        {"nonce": 7},
    ],
)
def test_a_note_that_cannot_be_read_is_told_so(town: Town, wrong: dict[str, object]) -> None:
    session = evening(town)

    status, answer = post(town, session, wrong)

    assert (status, "reload" in str(answer["words"]), WalkIn.objects.count()) == (422, True, 0)


def test_a_number_that_is_none_and_a_seat_that_went_lose_nobody(town: Town) -> None:
    session = evening(town)

    status, answer = post(town, session, {"phone": "不记得了", "role": 999_999})

    assert (status, answer["answers"][0]["taken"]) == (200, True)
    assert [(one.guest, one.phone) for one in Signup.objects.all()] == [("赵大爷", "")]


def post(town: Town, session: Session, more: dict[str, object]) -> tuple[int, dict[str, list[dict[str, object]]]]:
    said = {"nonce": NONCES[0], "verb": "new", "name": "赵大爷", "phone": "", "heads": 1, "role": role(session).pk}
    told = json.dumps([{**said, "at": EVENING.isoformat(), **more}])
    with time_machine.travel(EVENING, tick=False):
        answer = Web(town.zhou).post(f"/sessions/{session.pk}/taps/", clock=EVENING.isoformat(), taps=told)
    return answer.status_code, json.loads(answer.content)


def test_on_the_list_at_the_door_it_is_decided(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1))
    come(session, town.jin)
    send(town, session, noted(session), noted(session, "李四", nonce=NONCES[1]))
    session.roles.update(seats=2)
    first, second = WalkIn.objects.undecided()

    with time_machine.travel(EVENING + HOUR, tick=False):
        zhou, address = Web(town.zhou), f"/sessions/{session.pk}"
        page = zhou.get(f"{address}/roster/")
        done = [
            zhou.post(f"{address}/noted/{first.pk}/take/").status_code,
            zhou.post(f"{address}/noted/{second.pk}/leave/").status_code,
        ]
        after = zhou.get(f"{address}/roster/")

    assert ("李四" in page, "李四" in after, done) == (True, False, [302, 302])
    assert states(session) == ["confirmed", "checked_in"]


def again(kept: WalkIn) -> WalkIn:
    return WalkIn.objects.select_related("session__unit", "session__team", "role").get(pk=kept.pk)


def two_lists_at_once(town: Town) -> list[str]:
    session = evening(town, Need(RESIDENTS, 9))
    lists = [noted(session, nonce=nonce) for nonce in NONCES[:6]]
    at_once(*[partial(send, town, session, one) for one in lists])
    return states(session)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_six_lists_at_once_that_name_one_man_seat_him_once() -> None:
    assert two_lists_at_once(build()) == ["checked_in"]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_turn_and_the_look_he_would_be_six() -> None:
    """The negative control: nobody asks whether he is there already."""
    with patch.object(noting, "_check_namesake"), patch.object(noting, "take_turn"):
        found = two_lists_at_once(build())

    assert found == ["checked_in"] * 6
