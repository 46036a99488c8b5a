"""What is on this month, and under which names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baixing.programme.models import Brand, Theme

MONTHS_AHEAD = 12


@dataclass(frozen=True)
class Said:
    """A title and its words in one language, and the language that they really are in."""

    title: str
    words: str
    lang: str


@dataclass(frozen=True)
class MonthRow:
    """A month, and its theme once somebody has named one."""

    month: date
    theme: Theme | None


def this_month(today: date) -> Theme | None:
    return Theme.objects.of_month(today).first()


def brands() -> list[Brand]:
    return list(Brand.objects.all())


def months(today: date) -> list[MonthRow]:
    """This month and the eleven after it."""
    days = [_later(today, count) for count in range(MONTHS_AHEAD)]
    named = {theme.month: theme for theme in Theme.objects.filter(month__in=days)}
    return [MonthRow(day, named.get(day)) for day in days]


def theme_said(theme: Theme, language: str) -> Said:
    if language.startswith("en") and theme.title_en:
        return Said(theme.title_en, theme.words_en or theme.words, "en")
    return Said(theme.title, theme.words, "zh-Hans")


def brand_said(brand: Brand, language: str) -> Said:
    if language.startswith("en") and brand.name_en:
        return Said(brand.name_en, brand.words_en or brand.words, "en")
    return Said(brand.name, brand.words, "zh-Hans")


def _later(today: date, months_on: int) -> date:
    number = today.year * 12 + today.month - 1 + months_on
    return date(number // 12, number % 12 + 1, 1)
