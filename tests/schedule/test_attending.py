"""Coming and going: each once, by whoever may tell it, at a time that can be (LIVES, part 2; I15)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from unittest.mock import patch

import pytest

from baixing.journal.models import Entry
from baixing.kernel.life import Life
from baixing.kernel.refusals import NotAllowed, NotNow, Refused, Unfit
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat, attending
from baixing.schedule.models import Attendance, Session
from baixing.schedule.rules.codes import OUT
from tests.kernel.threads import at_once
from tests.schedule.stage import (
    DOOR,
    EVENING,
    RESIDENTS,
    VOLUNTEERS,
    again,
    arrive,
    code,
    come,
    evening,
    leave,
    role,
    seat,
    states,
    taken,
)
from tests.town import HOUR, Town, build

MINUTE = timedelta(minutes=1)
END = EVENING + 2 * HOUR


def lines(signup: object) -> list[str]:
    return [line.verb for line in Entry.objects.of(signup)]  # type: ignore[arg-type]  # a row


def test_whoever_holds_the_phone_to_the_screen_is_here_and_later_has_left(town: Town) -> None:
    signup = come(evening(town), town.jin)

    arrive(signup, town.jin)
    found = leave(signup, town.jin)

    assert (found.arrived_at, found.left_at) == (DOOR, EVENING + HOUR)
    assert (found.arrived_way, found.left_way, found.arrived_by, found.left_by) == ("code", "code", None, None)
    assert (found.late, again(signup).state) == (False, "attended")
    assert lines(signup) == ["sign_up", "check_in", "check_out"]


def test_a_code_lets_in_whose_sign_up_it_is_and_nobody_elses(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)

    for person in (town.wei, town.zhou):  # a stranger; and even who runs it does so on the list
        with pytest.raises(NotAllowed):
            actions.check_in(again(signup), way="code", by=person, at=DOOR, code=code(session))


@pytest.mark.parametrize("way", ["code", "roster", "desk", "sheet", "offline", "said"])
def test_without_the_code_nobody_lets_themself_in(town: Town, way: str) -> None:
    signup = come(evening(town), town.jin)

    with pytest.raises(Refused):
        actions.check_in(again(signup), way=way, by=town.jin, at=DOOR)

    assert (again(signup).state, Attendance.objects.count()) == ("confirmed", 0)


def test_a_replayed_code_one_of_yesterday_and_one_of_another_session_let_nobody_in(town: Town) -> None:
    session, other = evening(town), evening(town)
    signup = come(session, town.jin)
    replayed = [
        code(session, at=DOOR - 2 * MINUTE),
        code(session, at=DOOR - 24 * HOUR),
        code(other),
        code(session, OUT),
    ]

    for one in replayed:
        with pytest.raises(NotNow):
            actions.check_in(again(signup), way="code", by=town.jin, at=DOOR, code=one)

    assert again(signup).state == "confirmed"


@pytest.mark.parametrize(
    ("at", "moment", "refusal"),
    [
        (EVENING - 31 * MINUTE, None, NotNow),
        (END, None, NotNow),
        (DOOR, DOOR + MINUTE, Unfit),
        (DOOR, EVENING - 31 * MINUTE, NotNow),
        (END + HOUR, END, NotNow),
    ],
)
def test_nobody_comes_before_the_door_opens_after_the_end_or_in_the_future(
    town: Town, at: object, moment: object, refusal: type[Refused]
) -> None:
    signup = come(evening(town), town.jin)

    with pytest.raises(refusal):
        actions.check_in(again(signup), way="roster", by=town.zhou, at=at, moment=moment)  # type: ignore[arg-type]  # moments

    assert states(signup.session) == ["confirmed"]


def test_what_is_entered_after_the_end_is_late_for_ever(town: Town) -> None:
    signup = come(evening(town), town.jin)
    actions.check_in(again(signup), way="sheet", by=town.zhou, at=END + MINUTE, moment=EVENING)

    found = actions.check_out(again(signup), way="sheet", by=town.zhou, at=END + 2 * MINUTE, moment=END)

    assert found.late


def test_whoever_leaves_at_the_end_is_not_late(town: Town) -> None:
    signup = come(evening(town), town.jin)
    arrive(signup, town.jin)

    found = actions.check_out(again(signup), way="roster", by=town.zhou, at=END + 20 * MINUTE)

    assert not found.late


def test_nobody_is_checked_in_or_out_twice(town: Town) -> None:
    signup = come(evening(town), town.jin)
    arrive(signup, town.jin)

    with pytest.raises(NotNow, match="已经"):
        actions.check_in(again(signup), way="roster", by=town.zhou, at=EVENING)
    leave(signup, town.jin)
    with pytest.raises(NotNow, match="已经"):
        actions.check_out(again(signup), way="roster", by=town.zhou, at=EVENING + HOUR)

    assert Attendance.objects.get().arrived_way == "code"


def test_a_party_is_counted_as_it_really_came(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 50))
    school = actions.sign_up(seat(session, None, headcount=35, party="实验小学"), by=town.zhou, at=DOOR)
    one = come(session, town.jin)

    found = actions.check_in(again(school), way="roster", by=town.zhou, at=DOOR, heads=32)

    assert (found.heads, taken(session)) == (32, 36)
    for signup, heads in ((one, 2), (one, 0)):
        with pytest.raises(Unfit):
            actions.check_in(again(signup), way="roster", by=town.zhou, at=DOOR, heads=heads)


def test_a_wrong_tap_is_taken_back_within_ten_minutes(town: Town) -> None:
    signup = come(evening(town), town.jin)
    actions.check_in(again(signup), way="roster", by=town.zhou, at=DOOR)

    actions.take_back(again(signup), by=town.zhou, at=DOOR + 10 * MINUTE)

    assert (again(signup).state, Attendance.objects.count()) == ("confirmed", 0)
    assert lines(signup)[-2:] == ["check_in", "take_back"]
    arrive(signup, town.jin, EVENING)


def test_who_was_tapped_out_by_mistake_is_here_again(town: Town) -> None:
    signup = come(evening(town), town.jin)
    arrive(signup, town.jin)
    actions.check_out(again(signup), way="roster", by=town.zhou, at=EVENING)

    actions.take_back(again(signup), by=town.zhou, at=EVENING + MINUTE)

    found = Attendance.objects.get()
    assert (again(signup).state, found.left_at, found.arrived_at) == ("checked_in", None, DOOR)
    with pytest.raises(NotNow):  # the one before is told for good
        actions.take_back(again(signup), by=town.zhou, at=EVENING + MINUTE)


def test_nothing_is_taken_back_later_or_by_others(town: Town) -> None:
    signup = come(evening(town), town.jin)
    arrive(signup, town.jin)

    with pytest.raises(NotNow):
        actions.take_back(again(signup), by=town.zhou, at=DOOR + 11 * MINUTE)
    with pytest.raises(NotAllowed):
        actions.take_back(again(signup), by=town.jin, at=DOOR)


def test_a_walk_in_has_a_seat_and_is_here(town: Town) -> None:
    session = evening(town, signup_until=EVENING - HOUR)
    Session.objects.filter(pk=session.pk).update(state="held")

    guest = Seat(role(session), guest="过路的李大爷", headcount=2)
    signup = actions.walk_in(guest, by=town.zhou, at=EVENING + MINUTE)

    assert (signup.state, signup.walk_in, taken(session)) == ("checked_in", True, 2)
    with pytest.raises(NotNow):  # and nothing of it stays
        actions.walk_in(guest, by=town.zhou, at=EVENING + MINUTE)
    assert states(session) == ["checked_in"]


def test_nobody_but_the_leader_takes_people_in_at_the_door(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.walk_in(Seat(role(evening(town)), guest="李大爷"), by=town.jin, at=DOOR)


def forgotten(town: Town) -> Attendance:
    """Min served, and nobody checked her out."""
    session = evening(town, Need(VOLUNTEERS, 2))
    signup = actions.sign_up(actions.Seat(role(session, VOLUNTEERS), town.min), by=town.min, at=DOOR)
    return arrive(signup, town.min)


def say_left(found: Attendance, by: object, at: object, moment: object = END) -> Attendance:
    assert found.signup is not None
    return actions.check_out(again(found.signup), way="said", by=by, at=at, moment=moment)  # type: ignore[arg-type]  # a person, moments


@pytest.mark.parametrize("first", ["zhou", "min"])
def test_a_forgotten_end_is_told_by_one_and_confirmed_by_the_other(town: Town, first: str) -> None:
    one, other = (town.zhou, town.min) if first == "zhou" else (town.min, town.zhou)
    found = say_left(forgotten(town), one, END + HOUR)

    with pytest.raises(NotAllowed):
        actions.agree_left(found, by=one, at=END + HOUR)
    with pytest.raises(NotAllowed):
        actions.agree_left(found, by=town.wei, at=END + HOUR)
    actions.agree_left(found, by=other, at=END + HOUR)

    kept = Attendance.objects.get()
    assert (kept.left_at, kept.left_by, kept.left_agreed_by, kept.late) == (END, one, other, True)


def test_the_other_one_says_another_time_and_then_the_first_is_asked(town: Town) -> None:
    found = say_left(forgotten(town), town.min, END + HOUR)

    actions.correct_left(found, END - HOUR, by=town.zhou, at=END + HOUR)

    found.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.agree_left(found, by=town.zhou, at=END + HOUR)
    actions.agree_left(found, by=town.min, at=END + HOUR)
    assert Attendance.objects.get().left_at == END - HOUR
    assert lines(found.signup)[-3:] == ["check_out", "correct_left", "agree_left"]


@pytest.mark.parametrize("moment", [END + 31 * MINUTE, DOOR - MINUTE, END + 2 * HOUR])
def test_a_forgotten_end_lies_between_coming_and_the_end(town: Town, moment: object) -> None:
    with pytest.raises(Unfit):
        say_left(forgotten(town), town.zhou, END + HOUR, moment)


def test_before_the_end_nobody_says_when_they_will_have_left(town: Town) -> None:
    with pytest.raises(NotNow):
        say_left(forgotten(town), town.min, EVENING + HOUR, EVENING)


def told_by_many(town: Town) -> list[partial[Attendance]]:
    """The leader taps while the resident holds the phone to the screen, and both again."""
    session = evening(town)
    signup = come(session, town.jin)
    by_code = partial(actions.check_in, again(signup), way="code", by=town.jin, at=DOOR, code=code(session))
    taps = [partial(actions.check_in, again(signup), way="roster", by=town.zhou, at=DOOR) for _ in range(4)]
    return [by_code, by_code, *taps]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_told_six_times_at_once_somebody_comes_once() -> None:
    told = at_once(*told_by_many(build()))

    assert sum(isinstance(one, Attendance) for one in told) == 1
    assert all(isinstance(one, Attendance | Refused) for one in told)
    assert Entry.objects.filter(verb="check_in").count() == Attendance.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_guards_they_would_come_six_times() -> None:
    """The negative control: no compare-and-set of the sign-up, and whoever has arrived arrives again."""

    def arrive_again(attendance: Attendance, told: dict[str, object]) -> None:
        Attendance.objects.filter(pk=attendance.pk).update(**told)

    deeds = told_by_many(build())
    with patch.object(Life, "move"), patch.object(attending, "_arrive", arrive_again):
        told = at_once(*deeds)

    assert sum(isinstance(one, Attendance) for one in told) == 6
