from __future__ import annotations

from baixing.orders.queries.eligible import Candidate, eligible, fitness, fitting
from baixing.orders.queries.visible import followed, had, inbox, joinable, seen, visible

__all__ = ["Candidate", "eligible", "fitness", "fitting", "followed", "had", "inbox", "joinable", "seen", "visible"]
