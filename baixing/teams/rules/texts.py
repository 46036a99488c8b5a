"""What people are told about their teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words

TEXTS: Final[Mapping[str, Words]] = {
    "teams.applied": _("%(person)s would like to join %(team)s. Please answer within three days."),
    "teams.admitted": _("You are a member of %(team)s now. Your volunteer number is %(number)s."),
    "teams.refused": _("%(team)s has not admitted you. They say: %(words)s"),
    "teams.left": _("%(person)s has left %(team)s."),
    "teams.removed": _("You are no longer a member of %(team)s. They say: %(words)s"),
    "teams.leads": _("You lead %(team)s now. Orders for the team come to you."),
    "teams.led": _("%(team)s has a new leader: %(person)s."),
    "teams.closed": _("%(team)s is closed. Thank you for serving in it."),
    "teams.on_duty": _("%(team)s is on duty again, as you had set it."),
    "teams.reopened": _("%(team)s is open again."),
}
