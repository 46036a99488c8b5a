"""What people are told about what is put on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words

TEXTS: Final[Mapping[str, Words]] = {
    "tally.told": _("%(unit)s has counted for “%(title)s”: %(number)s %(measure)s. Please look at it and confirm it."),
    "tally.returned": _("The count of %(unit)s for “%(title)s” comes back to you. They say: %(words)s"),
}
