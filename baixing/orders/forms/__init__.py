from __future__ import annotations

from baixing.orders.forms.parts import VerbForm, slots
from baixing.orders.forms.placing import CallForm, OnBehalfForm, PlaceForm, TrackForm, WishForm
from baixing.orders.forms.verbs import FORMS, AppointForm

__all__ = [
    "FORMS",
    "AppointForm",
    "CallForm",
    "OnBehalfForm",
    "PlaceForm",
    "TrackForm",
    "VerbForm",
    "WishForm",
    "slots",
]
