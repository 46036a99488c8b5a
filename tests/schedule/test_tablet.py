"""The device at the door: one link, one session, one device, nobody's account."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
import time_machine

from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.models import Attendance, Session, Tablet
from baixing.schedule.queries import door
from baixing.schedule.rules.tablet import token_of
from tests.kernel.threads import at_once
from tests.schedule.stage import DOOR, EVENING, again, come, evening, seat
from tests.town import HOUR, NINE, Town, build
from tests.web import Web

END = EVENING + 2 * HOUR


@pytest.fixture
def _at_the_door() -> Iterator[None]:
    with time_machine.travel(DOOR, tick=False):
        yield


def set_up(town: Town, session: Session) -> tuple[Tablet, Web, str]:
    """A device that has taken its link."""
    tablet = actions.set_up_tablet(session, by=town.zhou, at=DOOR)
    device, address = Web(), f"/door/{token_of(tablet)}/"
    assert device.post(f"{address}use/").status_code == 302
    return tablet, device, address


def said(device: Web, address: str, typed: str) -> str:
    return device.post(f"{address}find/", typed=typed).content.decode()


@pytest.mark.usefixtures("_at_the_door")
def test_four_digits_and_a_tap_check_in_and_no_whole_name_is_shown(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    Person.objects.filter(pk=town.jin.pk).update(name="金秀兰")
    _tablet, device, address = set_up(town, session)

    page = said(device, address, town.jin.phone[-4:])
    done = device.post(f"{address}in/", typed=town.jin.phone[-4:], signup=signup.pk)

    assert ("金*" in page, "秀兰" in page, town.jin.phone[3:] in page) == (True, False, False)
    assert (done.status_code, again(signup).state) == (302, "checked_in")
    found = Attendance.objects.get()
    assert (found.arrived_way, found.arrived_by) == ("desk", town.zhou)


@pytest.mark.usefixtures("_at_the_door")
def test_a_guest_is_found_by_the_number_they_left(town: Town) -> None:
    session = evening(town)
    guest = actions.sign_up(seat(session, None, guest="孙师傅", phone="13800007777"), by=town.zhou, at=NINE)

    assert door.found_by(session, "7777") == [guest]
    assert door.found_by(session, "777") == []


@pytest.mark.usefixtures("_at_the_door")
def test_the_link_works_on_one_device_for_one_session_until_it_is_ended(town: Town) -> None:
    session, other = evening(town), evening(town)
    signup, elsewhere = come(session, town.jin), come(other, town.luo)
    tablet, device, address = set_up(town, session)

    second = Web().post(f"{address}use/").status_code
    foreign = device.post(f"{address}in/", typed=town.luo.phone[-4:], signup=elsewhere.pk).status_code
    without = Web().post(f"{address}in/", typed=town.jin.phone[-4:], signup=signup.pk).status_code
    actions.end_tablet(tablet, by=town.wu, at=DOOR)
    ended = device.post(f"{address}find/", typed=town.jin.phone[-4:]).status_code

    assert (second, foreign, without, ended) == (409, 409, 200, 409)
    assert [again(one).state for one in (signup, elsewhere)] == ["confirmed", "confirmed"]


@pytest.mark.usefixtures("_at_the_door")
def test_the_device_of_one_session_is_no_device_of_another(town: Town) -> None:
    session, other = evening(town), evening(town)
    signup = come(other, town.jin)
    _tablet, device, _address = set_up(town, session)
    theirs = actions.set_up_tablet(other, by=town.zhou, at=DOOR)

    answer = device.post(f"/door/{token_of(theirs)}/in/", typed=town.jin.phone[-4:], signup=signup.pk)

    assert (answer.status_code, again(signup).state) == (200, "confirmed")


@pytest.mark.usefixtures("_at_the_door")
def test_an_altered_link_leads_nowhere(town: Town) -> None:
    session = evening(town)
    one, other = (actions.set_up_tablet(session, by=town.zhou, at=DOOR) for _ in range(2))
    altered = token_of(one).replace(f"{one.pk}-", f"{other.pk}-")

    assert Web().client.get(f"/door/{altered}/").status_code == 404


@pytest.mark.usefixtures("_at_the_door")
def test_nobody_tries_all_numbers_on_the_device(town: Town) -> None:
    session = evening(town)
    come(session, town.jin)
    _tablet, device, address = set_up(town, session)

    told = [device.post(f"{address}find/", typed=f"{n:04}").status_code for n in range(9000, 9021)]

    assert told == [422] * 20 + [429]


def test_the_link_ends_by_itself_and_with_the_posts_of_who_made_it(town: Town) -> None:
    session = evening(town)
    signup = come(session, town.jin)
    tablet = actions.set_up_tablet(session, by=town.zhou, at=DOOR)
    kept = Tablet.objects.select_related("session__unit", "session__team", "made_by").get(pk=tablet.pk)

    with pytest.raises(NotNow):
        actions.find_on_tablet(kept, town.jin.phone[-4:], at=END + HOUR)
    town.zhou.posts.update(until=DOOR - HOUR)
    with pytest.raises(NotAllowed):
        actions.check_in_on_tablet(kept, signup.pk, town.jin.phone[-4:], at=EVENING)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_many_devices_at_once_one_takes_the_link() -> None:
    town = build()
    tablet = actions.set_up_tablet(evening(town), by=town.zhou, at=DOOR)

    told = at_once(*[partial(actions.bind_tablet, tablet, at=DOOR)] * 6)

    assert sum(isinstance(one, str) for one in told) == 1
