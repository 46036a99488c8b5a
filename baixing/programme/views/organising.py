"""A unit that is asked to put an activity on together answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.models import Organiser
from baixing.programme.queries.activities import organisers_of
from baixing.programme.rules import Standing


@require_POST
@signed_in_only
@once
def take_part(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    actions.take_part(found, by=signed_in(request), at=now())
    messages.success(request, _("Thank you. Your unit is named on the page now."))
    return redirect("programme:activity", found.activity_id)


@require_POST
@signed_in_only
@once
def decline_part(request: HttpRequest, pk: int) -> HttpResponse:
    """From here on the page of a draft may be closed to them: they go back to their desk."""
    actions.decline_part(_found(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("They are told that your unit does not take part. That costs nothing."))
    return redirect("programme:desk")


def _found(request: HttpRequest, pk: int) -> Organiser:
    return get_object_or_404(organisers_of(Standing(signed_in(request), now())), pk=pk)
