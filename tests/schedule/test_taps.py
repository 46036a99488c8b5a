"""A list kept without a network: each tap counts once, and each is answered in words."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import partial
from unittest.mock import patch

import pytest
import time_machine

from baixing.kernel.refusals import NotAllowed
from baixing.schedule import actions
from baixing.schedule.actions import Answer, Need, Tapped, taps
from baixing.schedule.models import Attendance, Session, Signup, Tap
from tests.kernel.threads import at_once
from tests.schedule.stage import EVENING, RESIDENTS, again, arrive, come, evening, states
from tests.town import HOUR, Town, build
from tests.web import Web

MINUTE = timedelta(minutes=1)
END = EVENING + 2 * HOUR
NONCES = [f"{n:032x}" for n in range(9)]


def tap(signup: Signup, verb: str = "in", at: datetime = EVENING, nonce: str = NONCES[0]) -> Tapped:
    return Tapped(nonce, signup.pk, verb, at)


def send(
    town: Town, session: Session, *told: Tapped, at: datetime = EVENING + HOUR, clock: datetime | None = None
) -> list[Answer]:
    return actions.take_taps(session, told, clock=clock or at, by=town.zhou, at=at)


def test_taps_are_taken_with_their_own_time(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    told = send(town, session, tap(signup), tap(signup, "out", EVENING + HOUR / 2, NONCES[1]))

    found = Attendance.objects.get()
    assert told == [Answer(NONCES[0], taken=True), Answer(NONCES[1], taken=True)]
    assert (found.arrived_at, found.left_at, found.late) == (EVENING, EVENING + HOUR / 2, False)
    assert (found.arrived_way, found.arrived_by) == ("offline", town.zhou)


def test_sent_again_it_is_answered_again_and_counts_once(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    first, second = (send(town, session, tap(signup)) for _ in range(2))

    assert (first, Tap.objects.count(), states(session)) == (second, 1, ["checked_in"])


def test_a_refused_tap_is_refused_again_also_when_it_could_be_now(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    early = tap(signup, at=EVENING - HOUR)

    first, second = (send(town, session, early) for _ in range(2))

    assert (first == second, first[0].taken) == (True, False)


@pytest.mark.parametrize(
    ("at", "sent", "words"),
    [
        (EVENING + 2 * HOUR, EVENING + HOUR, "将来"),
        (EVENING - HOUR, EVENING + HOUR, "30 分钟"),
        (END, END + HOUR, "已经结束"),
    ],
)
def test_what_cannot_be_is_answered_in_words(town: Town, at: datetime, sent: datetime, words: str) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    (told,) = send(town, session, tap(signup, at=at), at=sent)

    assert (told.taken, words in told.words, states(session)) == (False, True, ["confirmed"])


def test_whoever_came_another_way_is_told_and_the_others_are_taken(town: Town) -> None:
    session = evening(town)
    first, second = come(session, town.jin), come(session, town.luo)
    arrive(first, town.jin)

    told = send(town, session, tap(first), tap(second, nonce=NONCES[1]))

    assert [(one.taken, one.words) for one in told] == [(False, "已经签到过了。"), (True, "")]


def test_somebody_of_another_list_is_nobody(town: Town) -> None:
    session, other = evening(town), evening(town)
    signup = come(other, town.jin)

    (told,) = send(town, session, tap(signup))

    assert (told.taken, again(signup).state) == (False, "confirmed")


def test_a_clock_that_is_wrong_is_put_right_and_told(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    (told,) = send(town, session, tap(signup, at=EVENING - 3 * HOUR), clock=EVENING - 2 * HOUR)

    assert (told.taken, "180 分钟" in told.words) == (True, True)
    assert Attendance.objects.get().arrived_at == EVENING


def test_merged_after_the_end_it_is_late_for_ever(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    (told,) = send(town, session, tap(signup), at=END + HOUR)

    assert (told.taken, Attendance.objects.get().late) == (True, True)


def test_a_nonce_is_not_used_for_somebody_else(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 9))
    first, second = come(session, town.jin), come(session, town.luo)
    send(town, session, tap(first))

    (told,) = send(town, session, tap(second))

    assert (told.taken, again(second).state) == (False, "confirmed")


def test_only_who_runs_it_sends_a_list(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    with pytest.raises(NotAllowed):
        actions.take_taps(session, [tap(signup)], clock=EVENING, by=town.jin, at=EVENING)


def post(town: Town, session: Session, told: object, clock: str = EVENING.isoformat()) -> tuple[int, object]:
    with time_machine.travel(EVENING, tick=False):
        answer = Web(town.zhou).post(f"/sessions/{session.pk}/taps/", clock=clock, taps=json.dumps(told))
    return answer.status_code, json.loads(answer.content)


def test_the_address_answers_each_tap(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    said = {"nonce": NONCES[0], "signup": signup.pk, "verb": "in", "at": EVENING.isoformat()}

    status, answer = post(town, session, [said])

    assert (status, answer) == (200, {"answers": [{"nonce": NONCES[0], "taken": True, "words": ""}]})


@pytest.mark.parametrize(
    "said",
    [
        None,
        7,
        [7],
        [{}],
        [{"nonce": "x", "signup": 1, "verb": "in", "at": EVENING.isoformat()}],
        [{"nonce": NONCES[0], "signup": "x", "verb": "in", "at": EVENING.isoformat()}],
        [{"nonce": NONCES[0], "signup": 1, "verb": "in", "at": "2026-02-31T00:00:00Z"}],
        [{"nonce": NONCES[0], "signup": 1, "verb": "in", "at": "2026-03-08T19:00:00"}],
        [{"nonce": NONCES[0], "signup": 1e400, "verb": "in", "at": EVENING.isoformat()}],
        [{"nonce": NONCES[0], "signup": 2**70, "verb": "in", "at": EVENING.isoformat()}],
    ],
)
def test_a_list_that_cannot_be_read_is_told_so(town: Town, said: object) -> None:
    status, answer = post(town, evening(town), said)

    assert (status, Tap.objects.count()) == (422, 0)
    assert isinstance(answer, dict)
    assert "reload" in answer["words"]


def send_at_once(town: Town) -> list[object]:
    session = evening(town)
    signup = come(session, town.jin)
    return at_once(*[partial(send, town, session, tap(signup))] * 6)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_list_sent_six_times_at_once_counts_once_and_all_hear_the_same() -> None:
    told = send_at_once(build())

    assert told == [[Answer(NONCES[0], taken=True)]] * 6
    assert (Tap.objects.count(), Attendance.objects.count()) == (1, 1)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_nonce_all_but_one_would_hear_a_no() -> None:
    """The negative control: a row that is added without a look at its nonce."""
    town, number = build(), iter(range(100))

    def add(row: Tap) -> bool:
        row.nonce = f"{next(number)}"
        row.save(force_insert=True)
        return True

    with patch.object(taps, "add", add):
        told = send_at_once(town)

    assert sum(isinstance(one, list) and one[0].taken for one in told) == 1
