"""What every view of hours begins with."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from baixing.hours.rules.standing import Standing
from baixing.kernel.calendar import now
from baixing.kernel.refusals import NotAllowed
from baixing.people.sessions import signed_in

UNFIT, OVERTAKEN = 422, 409


def standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


def in_office(request: HttpRequest) -> Standing:
    """For pages of those in charge of some unit."""
    one = standing(request)
    if not one.offices:
        raise NotAllowed(_("Only those in charge of a centre, an institute or a station see this."))
    return one
