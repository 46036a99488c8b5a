"""The verbs of the menu."""

from __future__ import annotations

from baixing.menu.actions.editing import (
    add_item,
    add_items,
    bring_back,
    change_item,
    keep_off,
    retire_item,
    retire_unserved,
)
from baixing.menu.actions.facts import tell_facts
from baixing.menu.actions.loading import load_menu, load_skills
from baixing.menu.actions.wording import set_synonyms

__all__ = [
    "add_item",
    "add_items",
    "bring_back",
    "change_item",
    "keep_off",
    "load_menu",
    "load_skills",
    "retire_item",
    "retire_unserved",
    "set_synonyms",
    "tell_facts",
]
