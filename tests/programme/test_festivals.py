"""Festivals by the sun and by the moon, held against days that were published, and against another calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import holidays
import pytest
import time_machine
from django.utils import translation

from baixing.programme.rules.festivals import festivals
from tests.programme.stage import published
from tests.town import NINE, Town
from tests.web import Web


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def day_of(year: int, name: str) -> str:
    with translation.override("en"):
        return " ".join(
            f"{one.day:%m-%d}" for one in festivals(date(year, 1, 1), date(year, 12, 31)) if one.name == name
        )


#  the year         2025     2026     2027     2028
KNOWN = {
    "Spring Festival": ("01-29", "02-17", "02-06", "01-26"),
    "Lantern Festival": ("02-12", "03-03", "02-20", "02-09"),
    "Tomb-Sweeping Day": ("04-04", "04-05", "04-05", "04-04"),
    "Dragon Boat Festival": ("05-31", "06-19", "06-09", "05-28"),
    "Qixi Festival": ("08-29", "08-19", "08-08", "08-26"),
    "Mid-Autumn Festival": ("10-06", "09-25", "09-15", "10-03"),
    "Double Ninth Festival": ("10-29", "10-18", "10-08", "10-26"),
    "Laba Festival": ("01-07", "01-26", "01-15", "01-04"),
    "Lei Feng Day": ("03-05", "03-05", "03-05", "03-05"),
    "Tree Planting Day": ("03-12",) * 4,
    "International Volunteer Day": ("12-05",) * 4,
}


@pytest.mark.parametrize("name", KNOWN)
def test_known_days(name: str) -> None:
    assert tuple(day_of(year, name) for year in range(2025, 2029)) == KNOWN[name]


NAMES = {"Spring Festival": "春节", "Dragon Boat Festival": "端午节", "Mid-Autumn Festival": "中秋节"}


@pytest.mark.parametrize("name", NAMES)
def test_the_other_calendar_agrees_for_fifty_years(name: str) -> None:
    """It names days off; a festival is the first of those that bear its name, if it is not moved."""
    for year in range(2008, 2058):
        known = holidays.country_holidays("CN", years=year, expand=False, observed=False, language="zh_CN")
        named = [day for day, words in known.items() if NAMES[name] in words and day.year == year]

        assert f"{min(named):%m-%d}" == day_of(year, name), (year, named)


def test_days_come_in_their_order_and_within_the_span() -> None:
    found = festivals(date(2026, 12, 1), date(2027, 2, 10))

    assert [f"{one.day:%m-%d}" for one in found] == ["12-04", "12-05", "01-01", "01-15", "02-06"]


@pytest.mark.parametrize("year", [1900, 2000, 2099, 2100])
def test_no_year_breaks(year: int) -> None:
    assert len(festivals(date(year, 1, 1), date(year, 12, 31))) >= 14


def test_they_are_suggested_where_a_theme_or_a_day_is_chosen(town: Town) -> None:
    activity = published(town)

    theme = Web(town.gao).get("/programme/themes/2026/4/")
    sessions = Web(town.zhou).get(f"/activities/{activity.pk}/sessions/add/")
    chosen = Web(town.zhou).get(f"/activities/{activity.pk}/sessions/add/?first=2026-03-12")

    assert ("Tomb-Sweeping Day" in theme, "Tree Planting Day" in theme) == (True, False)
    assert "?first=2026-03-12" in sessions
    assert 'value="2026-03-12"' in chosen
    Web(town.zhou).get(f"/activities/{activity.pk}/sessions/add/?first=x")
