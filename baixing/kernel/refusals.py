"""The ways the system says no. Each carries the words that the person will read."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Refused(Exception):
    """The rules do not allow it. `field` names the part of a form it is about, when there is one."""

    status = 403
    words: Words = _("This cannot be done.")

    def __init__(self, words: Words = "", *, field: str = "") -> None:
        self.words = words or self.words
        self.field = field
        super().__init__(self.words)

    def __str__(self) -> str:
        return str(self.words)


class NotAllowed(Refused):
    """This person may not do this, whatever state the thing is in."""

    words = _("You may not do this. If you think you should, ask the head of your station.")


class NotNow(Refused):
    """Nobody may do this while the thing is as it is."""

    status = 409
    words = _("This cannot be done now. Go back to see where it stands.")


class Overtaken(Refused):
    """Somebody else changed the thing first."""

    status = 409
    words = _("Somebody has just dealt with this. Go back to see where it stands.")


class TooMany(Refused):
    """Asked too often in too short a time."""

    status = 429
    words = _("That was too often. Please wait a while and try again.")


class Unfit(Refused):
    """The values given cannot be."""

    status = 422
    words = _("Something on this form does not fit. Please check it and try again.")
