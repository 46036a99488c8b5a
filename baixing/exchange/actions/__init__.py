"""The verbs of bringing lists in."""

from __future__ import annotations

from baixing.exchange.actions.clock import forget, work
from baixing.exchange.actions.verbs import confirm, drop, take, undo

__all__ = ["confirm", "drop", "forget", "take", "undo", "work"]
