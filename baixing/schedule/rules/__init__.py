"""Who may do what with a session and a sign-up, and when."""

from __future__ import annotations

from baixing.schedule.rules import signup
from baixing.schedule.rules.session import FARTHEST, LIFE, LONGEST, LONGEST_OFF, LONGEST_WEEKLY
from baixing.schedule.rules.standing import Standing, runs

__all__ = ["FARTHEST", "LIFE", "LONGEST", "LONGEST_OFF", "LONGEST_WEEKLY", "Standing", "runs", "signup"]
