"""The leader's list without a network: what is tapped is kept, goes out by itself, and counts once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import now
from baixing.schedule import actions
from baixing.schedule.actions import Need, Planned, Seat
from baixing.schedule.models import Attendance, Session, Signup, Tap, WalkIn
from tests.journeys.test_draft import KEEPS, KEPT, enter, switched_on
from tests.town import DAY, HOUR, Town, build
from tests.wire import Wire, wire_to

pytestmark = pytest.mark.django_db(transaction=True)
LINE = "main [data-taps-line]"
QUARTER = timedelta(minutes=15)


@pytest.fixture
def people() -> Town:
    return build()


@pytest.fixture
def session(people: Town) -> Session:
    return held_now(people)


@pytest.fixture
def wire(live_server: LiveServer) -> Iterator[Wire]:
    with wire_to(live_server.url) as wire:
        yield wire


@pytest.fixture
def phone(browser: Browser, chromium: str, tmp_path: Path, people: Town, wire: Wire) -> Iterator[BrowserContext]:
    """The clerk's, signed in."""
    phone = switched_on(browser, chromium, tmp_path)
    enter(phone, people.zhou, wire)
    yield phone
    phone.close()


def held_now(people: Town) -> Session:
    """It is held just now; two are waited for."""
    at, facts = now() - DAY, {"public": True, "place": "文化广场"}
    held = Planned(
        "activity",
        "百姓大舞台",
        people.station,
        now() - QUARTER,
        now() + 2 * HOUR,
        needs=(Need("resident", 9),),
        facts=facts,
    )
    session = actions.plan(held, by=people.zhou, at=at)
    actions.open(session, by=people.zhou, at=at)
    role = session.roles.get()
    for person in (people.jin, people.luo):
        actions.sign_up(Seat(role, person), by=person, at=at)
    return session


def at_the_list(phone: BrowserContext, wire: Wire, session: Session) -> Page:
    page = phone.pages[0]
    page.goto(f"{wire.url}/sessions/{session.pk}/list/")
    expect(page.locator(LINE)).to_have_text("都已发出。")
    return page


def tap(page: Page, person: str, verb: str = "in") -> None:
    row = page.locator("[data-signup]", has_text=person)
    row.locator(f'[data-tap="{verb}"]').click()


def told() -> list[tuple[str, str]]:
    rows = Attendance.objects.order_by("signup").values_list("arrived_way", "signup__state")
    return list(rows)


def test_without_a_network_taps_are_kept_through_a_reload_and_go_out_once(
    phone: BrowserContext, wire: Wire, session: Session
) -> None:
    page = at_the_list(phone, wire, session)
    page.evaluate(KEEPS, [f"/sessions/{session.pk}/list/", True])
    wire.cut = True

    tap(page, "jin")
    page.reload()
    tap(page, "luo")
    tap(page, "luo", "out")
    expect(page.locator(LINE)).to_contain_text("还没发出： 3")
    before = Attendance.objects.count()
    wire.cut = False
    page.click("main form[data-taps] button")
    expect(page.locator(LINE)).to_have_text("都已发出。")

    assert (before, told()) == (0, [("offline", "checked_in"), ("offline", "attended")])
    assert page.evaluate(KEPT) == ""


def test_a_lost_answer_loses_no_tap_and_doubles_none(phone: BrowserContext, wire: Wire, session: Session) -> None:
    page, wire.deaf = at_the_list(phone, wire, session), True

    tap(page, "jin")
    expect(page.locator(LINE)).to_contain_text("没有网络")
    arrived = Attendance.objects.count()
    wire.deaf = False
    page.click("main form[data-taps] button")
    expect(page.locator(LINE)).to_have_text("都已发出。")

    assert (arrived, told(), Tap.objects.count()) == (1, [("offline", "checked_in")], 1)
    assert wire.posted > 1


def test_whoever_came_another_way_meanwhile_is_said_in_their_row(
    phone: BrowserContext, wire: Wire, session: Session, people: Town
) -> None:
    page = at_the_list(phone, wire, session)
    wire.cut = True
    tap(page, "jin")
    expect(page.locator(LINE)).to_contain_text("没有网络")

    signup = Signup.objects.select_related("session__unit", "role").get(person=people.jin)
    actions.check_in(signup, way="roster", by=people.wu, at=now())
    wire.cut = False
    page.click("main form[data-taps] button")

    expect(page.locator("[data-signup]", has_text="jin").locator("[data-tap-words]")).to_have_text("已经签到过了。")
    assert told() == [("roster", "checked_in")]


def test_who_comes_unasked_is_noted_without_a_network_and_seated_once(
    phone: BrowserContext, wire: Wire, session: Session
) -> None:
    page = at_the_list(phone, wire, session)
    page.evaluate(KEEPS, [f"/sessions/{session.pk}/list/", True])
    session.roles.update(seats=3)
    wire.cut = True

    for name in ("赵大爷", "来晚的人"):
        page.reload()
        page.click(".walk-in summary")
        page.fill("[data-walk-in] [name=name]", name)
        page.click("[data-walk-in] button")
        expect(page.locator("[data-walk-ins]")).to_contain_text(f"{name} · 已记在本设备上")
    before = Signup.objects.count()
    wire.cut = False
    page.click("main form[data-taps] button")
    expect(page.locator(LINE)).to_have_text("都已发出。")

    expect(page.locator("[data-walk-ins]")).to_contain_text("赵大爷 · 已入场")
    expect(page.locator("[data-walk-ins]")).to_contain_text("来晚的人 · 已经没有空位了")
    assert (before, Signup.objects.count(), WalkIn.objects.undecided().count()) == (2, 3, 1)
