"""The verbs of the menu."""

from __future__ import annotations

from baixing.menu.actions.facts import tell_facts
from baixing.menu.actions.loading import load_menu

__all__ = ["load_menu", "tell_facts"]
