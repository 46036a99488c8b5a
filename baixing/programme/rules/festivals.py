"""Festivals and days of remembrance, by the sun and by the moon: days that a theme or an activity may be put on for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _
from lunar_python import Lunar

from baixing.kernel.refusals import Words

LUNAR_YEARS: Final = (1900, 2098)  # that the tables of the moon hold
BY_SUN: Final[dict[tuple[int, int], Words]] = {
    (1, 1): _("New Year's Day"),
    (3, 5): _("Lei Feng Day"),
    (3, 8): _("Women's Day"),
    (3, 12): _("Tree Planting Day"),
    (5, 1): _("Labour Day"),
    (5, 4): _("Youth Day"),
    (6, 1): _("Children's Day"),
    (7, 1): _("Founding day of the Party"),
    (8, 1): _("Army Day"),
    (9, 10): _("Teachers' Day"),
    (9, 30): _("Martyrs' Day"),
    (10, 1): _("National Day"),
    (12, 4): _("Constitution Day"),
    (12, 5): _("International Volunteer Day"),
}
BY_MOON: Final[dict[tuple[int, int], Words]] = {
    (1, 1): _("Spring Festival"),
    (1, 15): _("Lantern Festival"),
    (5, 5): _("Dragon Boat Festival"),
    (7, 7): _("Qixi Festival"),
    (8, 15): _("Mid-Autumn Festival"),
    (9, 9): _("Double Ninth Festival"),
    (12, 8): _("Laba Festival"),
}


@dataclass(frozen=True)
class Festival:
    day: date
    name: Words


def festivals(first: date, last: date) -> list[Festival]:
    """Those from the first to the last day, as they come."""
    years = range(first.year, last.year + 1)
    return [one for year in years for one in _of_year(year) if first <= one.day <= last]


@cache
def _of_year(year: int) -> tuple[Festival, ...]:
    found = [Festival(date(year, *day), name) for day, name in BY_SUN.items()]
    for moon_year in (year - 1, year):  # the twelfth month of a year by the moon lies in the next by the sun
        found += [one for one in _by_moon(moon_year) if one.day.year == year]
    return tuple(sorted(found, key=lambda one: one.day))


def _by_moon(year: int) -> list[Festival]:
    if not LUNAR_YEARS[0] <= year <= LUNAR_YEARS[1]:
        return []
    found = [Festival(_solar(Lunar.fromYmd(year, *day).getSolar()), name) for day, name in BY_MOON.items()]
    bright = Lunar.fromYmd(year, 1, 1).getJieQiTable()["清明"]
    return [*found, Festival(_solar(bright), _("Tomb-Sweeping Day"))]


def _solar(day: object) -> date:
    return date.fromisoformat(str(day)[:10])
