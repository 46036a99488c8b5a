"""A list that works without a network, and the one address where what was tapped on it arrives."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.look.keeping import keep, led
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms.attending import TapsForm, WalkInForm
from baixing.schedule.queries import door
from baixing.schedule.views.finding import UNFIT, run_here


@require_safe
@signed_in_only
def offline_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever runs it may keep the names on their device; it holds no numbers."""
    session = run_here(request, pk)
    context = {"session": session, "rows": door.rows_of(session, now()), "form": WalkInForm(session)}
    return keep(request, render(request, "schedule/offline_list.html", context))


@require_POST
@led
@signed_in_only
def taps(request: HttpRequest, pk: int) -> HttpResponse:
    """Not `once`: each tap has a nonce of its own, and is answered again when it is sent again."""
    session, form = run_here(request, pk), TapsForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"words": _("This list cannot be read. Please reload the page.")}, status=UNFIT)
    said, clock = form.cleaned_data["taps"], form.cleaned_data["clock"]
    told = actions.take_taps(session, said, clock=clock, by=signed_in(request), at=now())
    return JsonResponse({"answers": [vars(one) for one in told]})
