from __future__ import annotations

from baixing.menu.queries.finding import browse, find
from baixing.menu.queries.items import (
    ItemWords,
    Row,
    audience_of,
    instead_of,
    is_offered,
    offered_in,
    often_ordered,
    on_offer,
    rows,
    synonyms_digest,
    synonyms_of,
    words_of,
)
from baixing.menu.queries.keeping import STATES, counts, items_of, keepers_of, kept, menus_of
from baixing.menu.queries.narrowing import Narrowed
from baixing.menu.queries.spelling import search_text

__all__ = [
    "STATES",
    "ItemWords",
    "Narrowed",
    "Row",
    "audience_of",
    "browse",
    "counts",
    "find",
    "instead_of",
    "is_offered",
    "items_of",
    "keepers_of",
    "kept",
    "menus_of",
    "offered_in",
    "often_ordered",
    "on_offer",
    "rows",
    "search_text",
    "synonyms_digest",
    "synonyms_of",
    "words_of",
]
