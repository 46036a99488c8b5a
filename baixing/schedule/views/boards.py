"""Who is expected, here, missing and gone: of one session for its leader, and all of today for the unit."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.queries import door
from baixing.schedule.views.finding import run_here, signup_here, standing


@require_safe
@signed_in_only
def board(request: HttpRequest, pk: int) -> HttpResponse:
    one, session = standing(request), run_here(request, pk)
    found = door.board(session, one.at)
    door.with_numbers([*found.missing, *found.expected], one)
    return render(request, "schedule/board.html", {"session": session, "board": found, "over": one.at >= session.end})


@require_POST
@signed_in_only
@once
def call(request: HttpRequest, pk: int, signup: int) -> HttpResponse:
    found = signup_here(request, pk, signup)
    actions.reveal(found, by=signed_in(request), at=now())
    return redirect(f"{reverse('schedule:board', args=[pk])}#signup-{signup}")


@require_safe
@signed_in_only
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "schedule/today.html", {"counts": door.today(standing(request))})
