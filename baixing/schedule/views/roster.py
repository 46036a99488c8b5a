"""The leader's list: one tap for each who comes or leaves, walk-ins, and the camera for residents' own codes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms.attending import CodeForm, HeadsForm, WalkInForm
from baixing.schedule.models import Attendance, Session, Signup, WalkIn
from baixing.schedule.queries import door
from baixing.schedule.views.finding import UNFIT, run_here, signup_here, standing

ROSTER = Attendance.Way.ROSTER


@require_safe
@signed_in_only
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, run_here(request, pk), None)


@require_safe
@signed_in_only
def roster_row(request: HttpRequest, pk: int, signup: int) -> HttpResponse:
    """One row, for a list that is open already."""
    row = door.row_of(signup_here(request, pk, signup), now())
    if not request.headers.get("HX-Request"):
        return redirect(f"{reverse('schedule:roster', args=[pk])}#signup-{signup}")
    return render(request, "schedule/_roster_row.html", {"row": row, "session": row.signup.session})


@require_POST
@signed_in_only
@once
def tap_in(request: HttpRequest, pk: int, signup: int) -> HttpResponse:
    found, form = signup_here(request, pk, signup), HeadsForm(request.POST)
    heads = form.cleaned_data.get("heads") if form.is_valid() else 0
    actions.check_in(found, way=ROSTER, by=signed_in(request), at=now(), heads=heads)
    return _back(request, found)


@require_POST
@signed_in_only
@once
def tap_out(request: HttpRequest, pk: int, signup: int) -> HttpResponse:
    found = signup_here(request, pk, signup)
    actions.check_out(found, way=ROSTER, by=signed_in(request), at=now())
    return _back(request, found)


@require_POST
@signed_in_only
@once
def take_back(request: HttpRequest, pk: int, signup: int) -> HttpResponse:
    found = signup_here(request, pk, signup)
    actions.take_back(found, by=signed_in(request), at=now())
    return _back(request, found)


@require_POST
@signed_in_only
@once
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    session = run_here(request, pk)
    form = WalkInForm(session, request.POST)
    if not form.is_valid():
        return _page(request, session, form, UNFIT)
    try:
        signup = actions.walk_in(form.seat(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _page(request, session, form, UNFIT)
    messages.success(request, _("%(name)s is here.") % {"name": signup.name})
    return redirect("schedule:roster", pk)


@require_POST
@signed_in_only
@once
def take_noted(request: HttpRequest, pk: int, walk_in: int) -> HttpResponse:
    """From a list without a network, for whom there was no seat."""
    signup = actions.take_noted(_noted(request, pk, walk_in), by=signed_in(request), at=now())
    messages.success(request, _("%(name)s is here.") % {"name": signup.name})
    return redirect("schedule:roster", pk)


@require_POST
@signed_in_only
@once
def leave_noted(request: HttpRequest, pk: int, walk_in: int) -> HttpResponse:
    actions.leave_noted(_noted(request, pk, walk_in), by=signed_in(request), at=now())
    messages.success(request, _("It is decided: no seat is taken for them."))
    return redirect("schedule:roster", pk)


def _noted(request: HttpRequest, pk: int, walk_in: int) -> WalkIn:
    session = run_here(request, pk)
    found = get_object_or_404(session.walk_ins.select_related("role"), pk=walk_in)
    found.session = session
    return found


@require_safe
@signed_in_only
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The camera looks for the code of a sign-up; without one it is typed."""
    session = run_here(request, pk)
    answer = render(request, "schedule/scan.html", {"session": session, "form": CodeForm()})
    answer.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    return answer


@require_POST
@signed_in_only
@once
def scanned(request: HttpRequest, pk: int) -> HttpResponse:
    session, form = run_here(request, pk), CodeForm(request.POST)
    found = door.found_by(session, form.cleaned_data["code"]) if form.is_valid() else []
    if len(found) != 1:
        raise Unfit(_("Nobody who is waited for here has this code. Look for them on the list."))
    actions.check_in(found[0], way=ROSTER, by=signed_in(request), at=now())
    messages.success(request, _("%(name)s is here.") % {"name": found[0].name})
    return redirect("schedule:scan", pk)


def _page(request: HttpRequest, session: Session, form: WalkInForm | None, status: int = 200) -> HttpResponse:
    at, asked = standing(request).at, request.GET.get("q", "").strip()[:40]
    rows = door.rows_of(session, at, asked=asked)
    context = {
        "session": session,
        "rows": rows,
        "noted": session.walk_ins.undecided(),
        "asked": asked,
        "heads": door.board_of(door.rows_of(session, at) if asked else rows, session, at).heads,
        "over": at >= session.end,
        "form": form or WalkInForm(session),
        "open": form is not None,
    }
    return render(request, "schedule/roster.html", context, status=status)


def _back(request: HttpRequest, signup: Signup) -> HttpResponse:
    """To the page that was tapped on; to the row alone when a script put it there."""
    if request.POST.get("to") == "board":
        return redirect("schedule:board", signup.session_id)
    return redirect("schedule:roster_row", signup.session_id, signup.pk)
