"""What people are told about their hours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words

TEXTS: Final[Mapping[str, Words]] = {
    "hours.credited": _("%(time)s of service at “%(title)s” are in your record."),
    "hours.refused": _("Your hours at “%(title)s” are not credited. They say: %(words)s"),
    "hours.corrected": _("A line of your record was put right: “%(title)s” is %(time)s now. They say: %(words)s"),
    "hours.answered": _("Your objection was looked at. They say: %(words)s"),
    "record.noted": _("%(unit)s has written into your record: %(title)s"),
    "certificate.publicised": _("Your certificate %(number)s is on show until %(until)s."),
    "certificate.issued": _("Your certificate %(number)s is issued."),
    "certificate.refused": _("Your certificate %(number)s is not issued. They say: %(words)s"),
    "certificate.corrected": _(
        "A line under your certificate %(number)s was put right: %(time)s of it stand now. You can ask for a new one."
    ),
    "certificate.corrected_below": _(
        "A line under the certificate %(number)s was put right: %(time)s of it stand now. "
        "Its holder can ask for a new one."
    ),
    "certificate.revoked": _("Your certificate %(number)s is revoked. They say: %(words)s"),
}
