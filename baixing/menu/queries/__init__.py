from __future__ import annotations

from baixing.menu.queries.finding import browse, find
from baixing.menu.queries.items import (
    ItemWords,
    Row,
    menu_of,
    offered_in,
    on_offer,
    rows,
    synonyms_of,
    words_of,
)
from baixing.menu.queries.spelling import search_text

__all__ = [
    "ItemWords",
    "Row",
    "browse",
    "find",
    "menu_of",
    "offered_in",
    "on_offer",
    "rows",
    "search_text",
    "synonyms_of",
    "words_of",
]
