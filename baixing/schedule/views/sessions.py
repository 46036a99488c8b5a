"""A session as everybody sees it, and as those see it who plan and run it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.people.models import Person
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions, queries
from baixing.schedule.forms.attending import CallerForm
from baixing.schedule.forms.planning import WhichForm
from baixing.schedule.forms.sessions import AlertForm, SignupForm, WhyForm
from baixing.schedule.models import Session
from baixing.schedule.queries import pages
from baixing.schedule.rules import Standing
from baixing.schedule.views.finding import within_sight

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422


def standing(request: HttpRequest) -> Standing | None:
    return Standing(request.user, now()) if isinstance(request.user, Person) else None


@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, within_sight(request, pk))


def show(
    request: HttpRequest, found: Session, form: SignupForm | None = None, why: WhyForm | None = None, status: int = 200
) -> HttpResponse:
    one = standing(request)
    page = pages.session_page(found, one, now())
    if form is None and one is not None and page.takes:
        family = pages.family_of(one, found)
        form = SignupForm(found, page.kinds, family) if family or found.kind == Session.Kind.GROUP_VISIT else None
    which = WhichForm(auto_id="which_%s") if found.recurrence_id else None
    context = {"page": page, "form": form, "why": why or WhyForm(), "alert": AlertForm(), "which": which}
    return render(request, "schedule/session.html", context, status=status)


@require_safe
@signed_in_only
def run(request: HttpRequest) -> HttpResponse:
    """What one runs: to come, short of people, and over."""
    one = Standing(signed_in(request), now())
    _check_runs(one)
    return render(request, "schedule/run.html", {"desk": pages.desk(one, now()), "places": queries.places_of(one)})


@require_safe
@signed_in_only
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who signed up, for whoever runs it."""
    return show_people(request, within_sight(request, pk))


@require_POST
@signed_in_only
@once
def sign_up_caller(request: HttpRequest, pk: int) -> HttpResponse:
    """By whoever runs it, for somebody who has no telephone to sign up with, or would rather ring."""
    found, one = within_sight(request, pk), Standing(signed_in(request), now())
    check_runs(one, found)
    form = CallerForm(found, request.POST)
    if not form.is_valid():
        return show_people(request, found, form, UNFIT)
    try:
        made = actions.sign_up(form.seat(), by=one.person, at=one.at)
    except (Unfit, NotNow) as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return show_people(request, found, form, UNFIT)
    said = {"name": made.party or made.guest, "state": made.get_state_display()}
    messages.success(request, _("%(name)s: %(state)s.") % said)
    return redirect("schedule:people", pk)


def show_people(
    request: HttpRequest, found: Session, form: CallerForm | None = None, status: int = 200
) -> HttpResponse:
    one = Standing(signed_in(request), now())
    check_runs(one, found)
    takes = pages.is_open(found, one.at)
    context = {
        "session": found,
        "rows": pages.people_of(found, one),
        "totals": pages.totals([found]),
        "why": WhyForm(),
        "form": form or (CallerForm(found) if takes else None),
        "open": form is not None,
    }
    return render(request, "schedule/people.html", context, status=status)


@require_safe
@signed_in_only
def call_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A4: whom to phone, because no message reaches them."""
    found, one = within_sight(request, pk), Standing(signed_in(request), now())
    check_runs(one, found)
    return render(request, "schedule/call_list.html", {"session": found, "rows": queries.to_call(found)})


def check_runs(one: Standing, found: Session) -> None:
    if not one.runs(found):
        raise NotAllowed(_("Only whoever runs it sees who comes."))


def _check_runs(one: Standing) -> None:
    if not queries.places_of(one):
        raise NotAllowed(_("Only the head and the staff of a unit, and leaders of teams, run sessions."))
