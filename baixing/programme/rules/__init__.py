"""Who says what the city puts on, and when."""

from __future__ import annotations

from baixing.programme.rules.activity import LIFE, MOST_PHOTOS, check_host
from baixing.programme.rules.campaign import CAMPAIGN_LIFE, PLEDGE_LIFE, TALLY_LIFE, is_second
from baixing.programme.rules.collections import LIST_LIFE, check_keeper
from baixing.programme.rules.contest import (
    CONTEST_LIFE,
    MOST_PICTURES,
    MOST_WORKS,
    WORK_LIFE,
    is_partial,
    judges,
)
from baixing.programme.rules.editing import edits_programme
from baixing.programme.rules.organiser import PART_LIFE
from baixing.programme.rules.remembrance import REMEMBRANCE_LIFE, TRIBUTE_LIFE
from baixing.programme.rules.standing import Standing

__all__ = [
    "CAMPAIGN_LIFE",
    "CONTEST_LIFE",
    "LIFE",
    "LIST_LIFE",
    "MOST_PHOTOS",
    "MOST_PICTURES",
    "MOST_WORKS",
    "PART_LIFE",
    "PLEDGE_LIFE",
    "REMEMBRANCE_LIFE",
    "TALLY_LIFE",
    "TRIBUTE_LIFE",
    "WORK_LIFE",
    "Standing",
    "check_host",
    "check_keeper",
    "edits_programme",
    "is_partial",
    "is_second",
    "judges",
]
