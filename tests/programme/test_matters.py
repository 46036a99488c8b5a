"""Campaigns, contests and remembrance: where one comes upon them, and under which theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine

from baixing.programme import actions
from baixing.programme.models import Campaign, Theme
from baixing.programme.queries.matters import matters_that_run, matters_there_are
from tests.programme.matters import aim, campaign, remembrance
from tests.programme.works import CLOSES, contest
from tests.town import DAY, NINE, Town
from tests.web import Web

MAKE: dict[str, Callable[[Town], object]] = {
    "campaigns": campaign,
    "contests": contest,
    "remembrances": remembrance,
}
LINKS = {"campaigns": "/campaigns/", "contests": "/contests/", "remembrances": "/remembrance/"}


def led_to(page: str) -> list[str]:
    found = set(re.findall(r'href="?(/[a-z]+/)["\s>]', page))
    return [name for name, link in LINKS.items() if link in found]


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.mark.parametrize("kind", MAKE)
def test_the_front_page_and_what_is_on_lead_to_what_there_is_and_to_nothing_empty(town: Town, kind: str) -> None:
    campaign(town, draft=True)
    contest(town, draft=True)
    remembrance(town, draft=True)
    before = [Web().get("/"), Web().get("/whats-on/")]

    MAKE[kind](town)

    after = [Web().get("/"), Web().get("/whats-on/")]
    assert [led_to(page) for page in (*before, *after)] == [[], [], [kind], [kind]]


def test_what_is_over_is_found_beside_what_is_on_but_not_on_the_front_page(town: Town) -> None:
    found = campaign(town)
    contest(town)
    actions.close_remembrance(remembrance(town), by=town.zhou, at=NINE)

    assert matters_that_run(CLOSES - DAY) == {"campaigns", "contests"}
    assert matters_that_run(CLOSES) == {"campaigns"}
    actions.call_off_campaign(found, "防汛", by=town.he, at=NINE)
    assert not matters_that_run(CLOSES)
    assert matters_there_are() == set(MAKE)


def test_a_campaign_stands_under_the_theme_of_a_month_and_is_found_by_it(town: Town) -> None:
    theme = Theme.objects.create(month=date(2026, 3, 1), title="移风易俗")
    themed = campaign(town, title="婚事简办", theme_id=theme.pk)
    campaign(town, title="光盘行动")
    web = Web()

    whole, narrow = web.get("/campaigns/"), web.get(f"/campaigns/?theme={theme.pk}")

    assert ("光盘行动" in whole, "光盘行动" in narrow, "婚事简办" in narrow) == (True, False, True)
    assert "光盘行动" in web.get("/campaigns/?theme=nonsense")
    assert f"/campaigns/?theme={theme.pk}" in web.get(f"/campaigns/{themed.pk}/")


def test_a_theme_is_chosen_in_the_form_and_one_of_long_ago_is_kept(town: Town) -> None:
    old = Theme.objects.create(month=date(2024, 3, 1), title="学雷锋")
    new = Theme.objects.create(month=date(2026, 3, 1), title="移风易俗")
    found, web = campaign(town, theme_id=old.pk), Web(town.he)
    address = f"/campaigns/{found.pk}/change/"
    shown = web.get(address)

    said = {**aim().facts, "words": "", "first": "2026-02-01", "last": "2026-06-30", "version": found.version}
    kept = web.post(address, **said, theme=old.pk)
    moved = web.post(address, **{**said, "version": found.version + 1}, theme=new.pk)

    assert (f'value="{old.pk}" selected' in shown, kept.status_code, moved.status_code) == (True, 302, 302)
    assert Campaign.objects.get().theme == new
