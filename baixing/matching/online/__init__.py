"""Orders as they come: who is promised this morning, and who waits."""

from __future__ import annotations

from baixing.matching.online.crew import Crew
from baixing.matching.online.history import earlier_worlds
from baixing.matching.online.playing import Broken, play
from baixing.matching.online.policy import Policy

__all__ = ["Broken", "Crew", "Policy", "earlier_worlds", "play"]
