"""What the city puts on."""

from __future__ import annotations

from baixing.programme.models.activity import Activity, ActivityQuerySet, Occasion, Organiser
from baixing.programme.models.brand import Brand
from baixing.programme.models.campaign import MOST_COUNTED, Campaign, Pledge, Tally
from baixing.programme.models.contest import (
    MOST_POINTS,
    Category,
    Contest,
    Juror,
    Mark,
    Picture,
    Work,
)
from baixing.programme.models.lists import MOST_SESSIONS, ActivityList, Listed
from baixing.programme.models.photo import Photo
from baixing.programme.models.quota import MOST_A_MONTH, TIERS, Quota
from baixing.programme.models.remembrance import Remembrance, Tribute
from baixing.programme.models.series import Series
from baixing.programme.models.theme import Theme, ThemeQuerySet

__all__ = [
    "MOST_A_MONTH",
    "MOST_COUNTED",
    "MOST_POINTS",
    "MOST_SESSIONS",
    "TIERS",
    "Activity",
    "ActivityList",
    "ActivityQuerySet",
    "Brand",
    "Campaign",
    "Category",
    "Contest",
    "Juror",
    "Listed",
    "Mark",
    "Occasion",
    "Organiser",
    "Photo",
    "Picture",
    "Pledge",
    "Quota",
    "Remembrance",
    "Series",
    "Tally",
    "Theme",
    "ThemeQuerySet",
    "Tribute",
    "Work",
]
