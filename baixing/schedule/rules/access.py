"""What a session says of how people get in and follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words

ACCESS: Final[Mapping[str, Words]] = {
    "steps": _("No steps"),
    "lift": _("A lift"),
    "toilet": _("A toilet for wheelchairs"),
    "loop": _("Hearing loop"),
    "sign": _("Sign language"),
    "large": _("Large print"),
    "seat": _("Chairs for everybody"),
}
