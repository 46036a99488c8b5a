"""What the city puts on."""

from __future__ import annotations

from baixing.programme.models.activity import Activity, ActivityQuerySet, Occasion, Organiser
from baixing.programme.models.brand import Brand
from baixing.programme.models.photo import Photo
from baixing.programme.models.theme import Theme, ThemeQuerySet

__all__ = ["Activity", "ActivityQuerySet", "Brand", "Occasion", "Organiser", "Photo", "Theme", "ThemeQuerySet"]
