"""The days off and the make-up days (调休) of each year, as the State Council publishes them.

The library of holidays knows those of every country and fills 16 MB of memory. `write` keeps what it says of China in
a small file, at set-up; where nobody has done so the library itself is asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "daysoff.json"
YEARS = range(2000, 2051)  # those of the file
FIXED = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True)
class Days:
    """Of one year: each day off with its name, and the days of weekends on which people work."""

    names: Mapping[date, str]
    made_up: frozenset[date]


@lru_cache(maxsize=64)
def of(year: int) -> Days:
    """A year nobody has published has its fixed days off, without names."""
    told = _kept().get(year) or _asked(year)
    names = told.names or {date(year, *day): "" for day in FIXED}
    return Days(names, told.made_up)


def write() -> None:
    """Keep the years beside this module. A part of setting an installation up."""
    years = {year: _asked(year) for year in YEARS}
    FILE.write_text(json.dumps({year: _plain(days) for year, days in years.items()}, ensure_ascii=False))


def _plain(days: Days) -> list[object]:
    return [{day.isoformat(): name for day, name in days.names.items()}, sorted(map(str, days.made_up))]


@lru_cache(maxsize=1)
def _kept() -> dict[int, Days]:
    if not FILE.exists():
        return {}
    read = json.loads(FILE.read_text())
    return {
        int(year): Days(
            {date.fromisoformat(day): name for day, name in names.items()}, frozenset(map(date.fromisoformat, made_up))
        )
        for year, (names, made_up) in read.items()
    }


def _asked(year: int) -> Days:
    """What the library says. A day of this year may be made up for one of the next."""
    import holidays

    known = holidays.country_holidays("CN", years=(year, year + 1), expand=False, language="zh_CN")
    names = {day: name.partition("（")[0] for day, name in sorted(known.items()) if day.year == year}
    made_up = getattr(known, "weekend_workdays", ())
    return Days(names, frozenset(day for day in made_up if day.year == year))
