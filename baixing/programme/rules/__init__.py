"""Who says what the city puts on, and when."""

from __future__ import annotations

from baixing.programme.rules.activity import LIFE, MOST_PHOTOS, check_host
from baixing.programme.rules.collections import LIST_LIFE, check_keeper
from baixing.programme.rules.editing import edits_programme
from baixing.programme.rules.standing import Standing

__all__ = ["LIFE", "LIST_LIFE", "MOST_PHOTOS", "Standing", "check_host", "check_keeper", "edits_programme"]
