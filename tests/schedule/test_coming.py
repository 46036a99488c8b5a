"""Signing up at the door: by the poster, by the code on the screen, with an account or with a phone alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.notices.models import Outgoing
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Attendance, Session, Signup
from baixing.schedule.rules.codes import Presence
from baixing.schedule.rules.tablet import token_of
from tests.schedule.stage import (
    DOOR,
    EVENING,
    RESIDENTS,
    VOLUNTEERS,
    again,
    code,
    come,
    evening,
    role,
    seat,
    states,
    taken,
)
from tests.town import HOUR, NINE, Town
from tests.web import Web

MINUTE = timedelta(minutes=1)
PHONE = "12800009999"


@pytest.fixture
def _at_the_door() -> Iterator[None]:
    with time_machine.travel(DOOR, tick=False):
        yield


def shown(session: Session, ago: timedelta = 0 * MINUTE) -> Presence:
    """The code was on the screen so long ago, and seen then."""
    return Presence(code(session, at=DOOR - ago), DOOR - ago)


def guest_comes(browser: Web, session: Session) -> None:
    """Name and phone, and the digits that were sent."""
    address = f"/sessions/{session.pk}/guest/"
    assert browser.post(address, name="过路人", phone=PHONE, role=role(session).pk).status_code == 302
    digits = re.search(r"\d{6}", Outgoing.objects.latest("pk").text)
    assert digits is not None
    assert browser.post(f"{address}code/", code=digits[0]).status_code == 302


def test_by_the_code_one_is_signed_up_and_here_at_once(town: Town) -> None:
    session = evening(town)

    (signup,) = actions.come_in([seat(session, town.jin)], shown(session, 9 * MINUTE), by=town.jin, at=DOOR)

    found = Attendance.objects.get()
    assert (signup.state, signup.walk_in, taken(session)) == ("checked_in", True, 1)
    assert (found.arrived_way, found.arrived_by, found.person) == ("code", None, town.jin)


def test_a_code_that_was_seen_long_ago_or_never_proves_nothing(town: Town) -> None:
    session = evening(town)
    stale = shown(session, 11 * MINUTE)
    forged = Presence(code(session, at=DOOR - 11 * MINUTE), DOOR)
    leaving = Presence(code(session, "out"), DOOR)

    for presence in (stale, forged, leaving, Presence("", DOOR), Presence(code(session), DOOR + MINUTE)):
        with pytest.raises(NotNow):
            actions.come_in([seat(session, town.jin)], presence, by=town.jin, at=DOOR)
    assert (states(session), taken(session)) == ([], 0)


def test_when_it_is_full_nobody_is_in_and_the_family_stays_together(town: Town) -> None:
    session = evening(town)
    come(session, town.luo)
    family = [seat(session, town.jin), Seat(role(session), guest="跟来的", phone="+8612800009999")]

    with pytest.raises(NotNow):
        actions.come_in([*family[:1], seat(session, town.jin)], shown(session), by=town.jin, at=DOOR)
    assert (states(session), taken(session)) == (["confirmed"], 1)

    actions.come_in(family[:1], shown(session), by=town.jin, at=DOOR)
    with pytest.raises(NotNow, match="没有空位"):
        actions.come_in(family[1:], shown(session), by=None, at=DOOR)
    assert (states(session), taken(session)) == (["confirmed", "checked_in"], 2)


def test_who_needs_a_yes_waits_for_it_at_the_door_too(town: Town) -> None:
    session = evening(town, approval=True)

    (signup,) = actions.come_in([seat(session, town.jin)], shown(session), by=town.jin, at=DOOR)

    assert (signup.state, Attendance.objects.count()) == ("applied", 0)


def test_nobody_brings_a_stranger_in_and_no_walk_in_goes_without_the_code(town: Town) -> None:
    session = evening(town)

    with pytest.raises(NotAllowed):
        actions.come_in([seat(session, town.wei)], shown(session), by=town.jin, at=DOOR)
    with pytest.raises(NotAllowed):
        actions.sign_up(Seat(role(session), town.jin, walk_in=True), by=town.jin, at=DOOR)
    signup = come(session, town.jin)
    with pytest.raises(NotAllowed):
        actions.check_in(again(signup), way="roster", by=None, at=DOOR)
    with pytest.raises(NotAllowed):
        actions.check_in(again(signup), way="code", by=None, at=DOOR, code=code(session))


@pytest.mark.usefixtures("_at_the_door")
def test_a_guest_with_a_phone_alone_is_in_by_the_code(town: Town) -> None:
    session, phone = evening(town), Web()

    page = phone.get(f"/sessions/{session.pk}/come/?code={code(session)}")
    guest_comes(phone, session)

    signup = Signup.objects.get()
    assert "checked in at once" in page
    assert (signup.state, signup.person, signup.guest) == ("checked_in", None, "过路人")
    assert phone.get(f"/s/{signup.code}/")


@pytest.mark.usefixtures("_at_the_door")
def test_a_guest_who_signed_up_at_home_comes_with_that_seat(town: Town) -> None:
    session, phone = evening(town, Need(RESIDENTS, 1)), Web()
    actions.sign_up(Seat(role(session), guest="过路人", phone=f"+86{PHONE}"), by=None, at=NINE)

    phone.get(f"/sessions/{session.pk}/come/?code={code(session)}")
    guest_comes(phone, session)

    assert (states(session), taken(session)) == (["checked_in"], 1)


@pytest.mark.usefixtures("_at_the_door")
def test_by_the_poster_alone_one_signs_up_and_is_not_here_yet(town: Town) -> None:
    session, jin, phone = evening(town), Web(town.jin), Web()

    here = jin.post(f"/sessions/{session.pk}/come/in/", role=role(session).pk, who=town.jin.pk)
    guest_comes(phone, session)

    assert here.status_code == 302
    assert states(session) == ["confirmed", "confirmed"]


def test_after_it_has_begun_only_the_code_lets_people_in(town: Town) -> None:
    session, jin = evening(town), Web(town.jin)
    actions.hold(session, by=town.zhou, at=EVENING)
    late = EVENING + HOUR

    with time_machine.travel(late, tick=False):
        address = f"/sessions/{session.pk}/come/"
        shut = jin.get(address)
        refused = jin.post(f"{address}in/", role=role(session).pk, who=town.jin.pk)
        before = states(session)
        jin.get(f"{address}?code={code(session, at=late)}")
        done = jin.post(f"{address}in/", role=role(session).pk, who=town.jin.pk)
        after = jin.client.get(f"{address}?code={code(session, at=late)}")

    assert "It has begun." in shut
    assert (refused.status_code, before, done.status_code) == (302, [], 302)
    assert (states(session), after.status_code) == (["checked_in"], 302)


@pytest.mark.usefixtures("_at_the_door")
@pytest.mark.parametrize("typed", ["", "x" * 300, "1-in-2-abc", "%F0%9F"])
def test_a_wrong_code_is_told_and_proves_nothing(town: Town, typed: str) -> None:
    session, jin = evening(town), Web(town.jin)

    page = jin.get(f"/sessions/{session.pk}/come/?code={typed}")
    jin.post(f"/sessions/{session.pk}/come/in/", role=role(session).pk, who=town.jin.pk)

    assert "checked in at once" not in page
    assert states(session) == ["confirmed"]


@pytest.mark.usefixtures("_at_the_door")
def test_the_screen_leads_who_has_signed_up_to_their_tap_and_others_to_a_seat(town: Town) -> None:
    session, jin, wei = evening(town), Web(town.jin), Web(town.wei)
    come(session, town.jin)
    address = f"/sessions/{session.pk}/come/?code={code(session)}"

    answer = jin.client.get(address)

    assert answer.headers["Location"] == f"/sessions/{session.pk}/here/?code={code(session)}"
    assert "Sign up and come in" in wei.get(address)
    poster = Web(town.zhou).get(f"/sessions/{session.pk}/poster/")
    assert f"/sessions/{session.pk}/come/" in poster


# --- the device at the door ---


@pytest.mark.usefixtures("_at_the_door")
def test_the_device_takes_a_seat_for_somebody_and_checks_out_again(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1), Need(VOLUNTEERS, 2))
    device, address = _device(town, session)
    said = {"name": "过路的赵大爷", "phone": PHONE, "headcount": 1, "role": role(session).pk}

    taken_in = device.post(f"{address}sign-up/", **said)
    full = device.post(f"{address}sign-up/", **{**said, "name": "又来一位", "phone": ""})
    signup = Signup.objects.get()
    with time_machine.travel(EVENING + HOUR, tick=False):
        asked = device.post(f"{address}find/", typed=PHONE[-4:]).content.decode()
        left = device.post(f"{address}out/", typed=PHONE[-4:], signup=signup.pk)

    assert (taken_in.status_code, full.status_code, left.status_code) == (302, 422, 302)
    assert "No seat is free any more." in full.content.decode()
    assert "又来一位" in full.content.decode()
    assert f"{address}out/" in asked
    found = Attendance.objects.get()
    assert (again(signup).state, found.arrived_way, found.left_way, found.left_by) == (
        "attended",
        "desk",
        "desk",
        town.zhou,
    )


@pytest.mark.usefixtures("_at_the_door")
def test_another_device_takes_nobody_in_and_out(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    _bound, address = _device(town, session)
    other, typed = Web(), town.jin.phone[-4:]

    other.post(f"{address}sign-up/", name="冒名", headcount=1, role=role(session).pk)
    actions.check_in(again(signup), way="roster", by=town.zhou, at=DOOR)
    other.post(f"{address}out/", typed=typed, signup=signup.pk)

    assert states(session) == ["checked_in"]


@pytest.mark.usefixtures("_at_the_door")
@pytest.mark.parametrize("wrong", [{"name": ""}, {"headcount": 0}, {"headcount": 10**9}, {"role": 999_999}])
def test_wrong_words_on_the_device_come_back(town: Town, wrong: dict[str, object]) -> None:
    session = evening(town)
    device, address = _device(town, session)

    answer = device.post(f"{address}sign-up/", **{"name": "赵大爷", "headcount": 1, "role": role(session).pk, **wrong})

    assert (answer.status_code, states(session)) == (422, [])


def _device(town: Town, session: Session) -> tuple[Web, str]:
    tablet = actions.set_up_tablet(session, by=town.zhou, at=DOOR)
    device, address = Web(), f"/door/{token_of(tablet)}/"
    assert device.post(f"{address}use/").status_code == 302
    return device, address
