"""What is filled in about plans, and about what might be."""

from __future__ import annotations

from baixing.dispatching.forms.plans import ChangeForm, PolicyForm
from baixing.dispatching.forms.what_ifs import CompareForm, WhatIfForm

__all__ = ["ChangeForm", "CompareForm", "PolicyForm", "WhatIfForm"]
