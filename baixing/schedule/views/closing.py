"""Afterwards: the report, and ends that were forgotten."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms.attending import LeftForm, ReportForm
from baixing.schedule.models import Attendance, Session
from baixing.schedule.queries import door
from baixing.schedule.rules import LIFE
from baixing.schedule.views.finding import run_here, seen_here, standing

SAID = Attendance.Way.SAID


@require_safe
@signed_in_only
def closing(request: HttpRequest, pk: int) -> HttpResponse:
    one, session = standing(request), run_here(request, pk)
    context = {
        "session": session,
        "heads": door.board(session, one.at).heads,
        "over": one.at >= session.end,
        "forgotten": door.forgotten(session, one.at),
        "waits": door.words_waiting(session, one.person),
        "form": ReportForm() if {"report", "hold"} & LIFE.powers(one, session) else None,
    }
    return render(request, "schedule/closing.html", context)


@require_POST
@signed_in_only
@once
def report(request: HttpRequest, pk: int) -> HttpResponse:
    session, form = run_here(request, pk), ReportForm(request.POST)
    if not form.is_valid():
        raise Unfit(_("That is too long. Say it in fewer words."))
    actions.report(session, words=form.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("Reported. Whoever was there is counted."))
    return redirect("schedule:closing", pk)


@require_POST
@signed_in_only
@once
def say_left(request: HttpRequest, pk: int, attendance: int) -> HttpResponse:
    """When it was, says one of leader and volunteer; afterwards the other one is asked."""
    session, found = _attendance(request, pk, attendance)
    left = _left(request, session)
    if found.left_at is None and found.signup is not None:
        actions.check_out(found.signup, way=SAID, by=signed_in(request), at=now(), moment=left)
    else:
        actions.correct_left(found, left, by=signed_in(request), at=now())
    messages.success(request, _("Thank you. Now the other one of leader and volunteer confirms it."))
    return _to_page(request, session)


@require_POST
@signed_in_only
@once
def agree_left(request: HttpRequest, pk: int, attendance: int) -> HttpResponse:
    session, found = _attendance(request, pk, attendance)
    actions.agree_left(found, by=signed_in(request), at=now())
    messages.success(request, _("Confirmed. Thank you."))
    return _to_page(request, session)


def _attendance(request: HttpRequest, pk: int, attendance: int) -> tuple[Session, Attendance]:
    """Of somebody, for themself and for whoever runs it."""
    one, session = standing(request), seen_here(request, pk)
    rows = session.attendances.select_related("person", "session__unit", "session__team")
    rows = rows.select_related("signup__session__unit", "signup__session__team", "signup__role", "signup__person")
    found = get_object_or_404(rows, pk=attendance)
    if found.person_id != one.person.pk and not one.runs(session):
        found = get_object_or_404(rows.none())
    return session, found


def _left(request: HttpRequest, session: Session) -> datetime:
    form = LeftForm(request.POST)
    if not form.is_valid():
        raise Unfit(_("Say the time as hours and minutes, such as 16:30."))
    return form.moment(session)


def _to_page(request: HttpRequest, session: Session) -> HttpResponse:
    """Whoever runs it came from the report, everybody else from their own page."""
    mine = not standing(request).runs(session)
    return redirect("schedule:here" if mine else "schedule:closing", session.pk)
