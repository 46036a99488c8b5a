"""A team looks for a hall, asks for it, and the clerk of its venue says yes: on a small phone, without script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, ViewportSize
from pytest_django.live_server_helper import LiveServer

from baixing.kernel.calendar import LOCAL, now
from baixing.schedule import actions
from baixing.schedule.actions import SpaceFacts, VenueFacts
from baixing.schedule.models import Booking, Space
from tests.journeys.people import Cast
from tests.schedule.rooms import ALL_WEEK
from tests.town import build

pytestmark = pytest.mark.django_db(transaction=True)
SMALLEST = ViewportSize(width=320, height=640)


@pytest.fixture
def cast(browser: Browser, live_server: LiveServer) -> Iterator[Cast]:
    cast = Cast(browser, live_server.url, build(), "zh-hans", SMALLEST)
    yield cast
    for context in cast.contexts:
        context.close()


@pytest.fixture
def space(cast: Cast) -> Space:
    town, at = cast.town, now()
    venue = actions.add_venue(town.station, VenueFacts("文化馆", "culture"), ALL_WEEK, by=town.zhou, at=at)
    return actions.add_space(venue, SpaceFacts("排练厅", 40, "projector stage"), by=town.zhou, at=at)


def test_a_leader_finds_a_hall_asks_for_it_and_gets_it(cast: Cast, space: Space) -> None:
    luo, zhou = cast.enter("luo", script=False), cast.enter("zhou", script=False)
    day = (now() + timedelta(days=3)).astimezone(LOCAL).date().isoformat()

    luo.page.goto(f"{cast.server}/spaces/free/")
    for name, value in (("day", day), ("start", "10:00"), ("end", "11:30"), ("heads", "30")):
        luo.page.fill(f"main [name={name}]", value)
    luo.page.locator("main form .form-actions button").click()
    luo.page.locator(f'main a[href^="/spaces/{space.pk}/book/"]').click()
    luo.page.fill("main [name=purpose]", "队里的节目")
    luo.page.locator("main form .form-actions button").click()
    asked = luo.page.inner_text("main")

    zhou.page.goto(f"{cast.server}/bookings/")
    zhou.page.locator("main .row-link").first.click()
    zhou.page.locator('main form[action$="/confirm/"] button').click()
    luo.page.reload()

    assert "待答复" in asked
    assert ("已确认" in luo.page.inner_text("main"), Booking.objects.get().state) == (True, "confirmed")


def test_the_timetables_fit_the_smallest_phone_and_say_what_is_taken(cast: Cast, space: Space) -> None:
    start = (now() + timedelta(days=1)).astimezone(LOCAL).replace(hour=9, minute=0, second=0, microsecond=0)
    slot = actions.Slot(start, start + timedelta(hours=2))
    hold = actions.Hold(space, slot, 30, purpose="老年人手机课", unit=cast.town.station)
    actions.book(hold, by=cast.town.zhou, at=now())
    clerk, stranger = cast.enter("zhou"), cast.enter("wei")

    for one, words in ((clerk, "老年人手机课"), (stranger, "已占用")):
        one.go(f"/venues/{space.venue_id}/day/?day={start:%Y-%m-%d}")
        assert words in one.text()
        one.go(f"/venues/{space.venue_id}/month/?month={start:%Y-%m}")
        assert words in one.text()
    clerk.go(f"/venues/{space.venue_id}/")
    clerk.go(f"/spaces/{space.pk}/book/")

    assert cast.faults() == ""
