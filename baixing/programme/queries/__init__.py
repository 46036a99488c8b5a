"""Answers about what the city puts on."""

from __future__ import annotations

from baixing.programme.queries.activities import (
    ActivityPage,
    Desk,
    activity_page,
    asked_of,
    desk,
    heads_of,
    newest,
    visible,
    with_counts,
    with_nouns,
)
from baixing.programme.queries.rows import Row, address_of, rows
from baixing.programme.queries.themes import (
    MonthRow,
    Said,
    brand_said,
    brands,
    months,
    theme_said,
    this_month,
)

__all__ = [
    "ActivityPage",
    "Desk",
    "MonthRow",
    "Row",
    "Said",
    "activity_page",
    "address_of",
    "asked_of",
    "brand_said",
    "brands",
    "desk",
    "heads_of",
    "months",
    "newest",
    "rows",
    "theme_said",
    "this_month",
    "visible",
    "with_counts",
    "with_nouns",
]
