"""A session as everybody sees it, and as those see it who plan and run it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Overtaken, Unfit
from baixing.people.models import Person
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions, queries
from baixing.schedule.forms.sessions import AlertForm, SessionForm, SignupForm, WhyForm, as_planned
from baixing.schedule.models import Session
from baixing.schedule.queries import pages
from baixing.schedule.rules import LIFE, Standing

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422


def standing(request: HttpRequest) -> Standing | None:
    return Standing(request.user, now()) if isinstance(request.user, Person) else None


def within_sight(request: HttpRequest, pk: int) -> Session:
    rows = queries.visible_sessions(standing(request)).select_related("unit", "team", "platform")
    return get_object_or_404(rows, pk=pk)


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
    context = {"page": page, "form": form, "why": why or WhyForm(), "alert": AlertForm()}
    return render(request, "schedule/session.html", context, status=status)


@require_safe
@signed_in_only
def run(request: HttpRequest) -> HttpResponse:
    """What one runs: to come, short of people, and over."""
    one = Standing(signed_in(request), now())
    _check_runs(one)
    return render(request, "schedule/run.html", {"desk": pages.desk(one, now()), "places": queries.places_of(one)})


@PAGE
@signed_in_only
def plan(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A new session of a unit or of a team that one runs."""
    one = Standing(signed_in(request), now())
    place = queries.place_of(one, kind, pk)
    if place is None:
        raise NotAllowed(_("Only the head and the staff of the unit, or the leader of the team, can plan this."))
    if request.method == "POST":
        return _plan(request, place)
    return _plan_page(request, place, SessionForm())


@once
def _plan(request: HttpRequest, place: queries.Place) -> HttpResponse:
    form = SessionForm(request.POST)
    if not form.is_valid():
        return _plan_page(request, place, form, UNFIT)
    try:
        made = actions.plan(form.planned(place.unit, place.team), by=signed_in(request), at=now())
    except Unfit as no:
        _tell(form, no)
        return _plan_page(request, place, form, UNFIT)
    messages.success(request, _("It is planned, and nobody but you sees it yet. Look at it, then open it."))
    return redirect("schedule:session", made.pk)


def _plan_page(request: HttpRequest, place: queries.Place, form: SessionForm, status: int = 200) -> HttpResponse:
    return render(request, "schedule/plan.html", {"place": place, "form": form}, status=status)


@PAGE
@signed_in_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = within_sight(request, pk)
    LIFE.check("change", Standing(signed_in(request), now()), found)
    if request.method == "POST":
        return _change(request, found)
    return _change_page(request, found, SessionForm(initial=_initial(found)))


@once
def _change(request: HttpRequest, found: Session) -> HttpResponse:
    form, version = SessionForm(request.POST, initial=_initial(found)), seen_version(request)
    if not form.is_valid():
        found.version = version or 0
        return _change_page(request, found, form, UNFIT)
    try:
        seen = found.as_seen(version)
        actions.change(seen, form.changes(), form.needs(), by=signed_in(request), at=now())
    except Overtaken:
        found.refresh_from_db()
        beside = SessionForm(request.POST, initial=_initial(found)).beside()
        return _change_page(request, found, beside, OVERTAKEN)
    except Unfit as no:
        _tell(form, no)
        found.version = version or 0
        return _change_page(request, found, form, UNFIT)
    messages.success(request, _("The changes are kept. Whoever signed up is told of another time or place."))
    return redirect("schedule:session", found.pk)


def _change_page(request: HttpRequest, found: Session, form: SessionForm, status: int = 200) -> HttpResponse:
    return render(request, "schedule/change.html", {"session": found, "form": form}, status=status)


def _initial(found: Session) -> dict[str, object]:
    return as_planned(found, pages.kinds_of(found))


def _tell(form: SessionForm, no: Unfit) -> None:
    fields = {"start": "begins", "end": "ends", "roles": "role_1", "least": "least_1"}
    name = fields.get(no.field or "", no.field)
    form.add_error(name if name in form.fields else None, str(no))


@require_POST
@signed_in_only
@once
def open_session(request: HttpRequest, pk: int) -> HttpResponse:
    found = within_sight(request, pk)
    LIFE.check("open", Standing(signed_in(request), now()), found)
    found = found.as_seen(seen_version(request))
    actions.open(found, by=signed_in(request), at=now())
    messages.success(request, _("It is open. People can sign up now."))
    return redirect("schedule:session", found.pk)


@require_POST
@signed_in_only
@once
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = within_sight(request, pk), WhyForm(request.POST)
    LIFE.check("call_off", Standing(signed_in(request), now()), found)
    if not why.is_valid():
        return show(request, found, why=why, status=UNFIT)
    to_call = actions.cancel_session(
        found.as_seen(seen_version(request)), words=why.cleaned_data["words"], by=signed_in(request), at=now()
    )
    if to_call:
        messages.warning(request, _("It is called off. Please phone those on the call list: no message reaches them."))
        return redirect("schedule:call_list", found.pk)
    messages.success(request, _("It is called off. Everybody who signed up has been told."))
    return redirect("schedule:session", found.pk)


@require_safe
@signed_in_only
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who signed up, for whoever runs it."""
    found, one = within_sight(request, pk), Standing(signed_in(request), now())
    check_runs(one, found)
    rows = pages.people_of(found, one)
    context = {"session": found, "rows": rows, "totals": pages.totals([found]), "why": WhyForm()}
    return render(request, "schedule/people.html", context)


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
