"""An activity: its page, and the pages on which it is planned and changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Overtaken, Unfit
from baixing.network.queries import unit_named
from baixing.people.models import Person
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions, queries
from baixing.programme.forms.activities import ActivityForm, PlanForm, as_kept
from baixing.programme.models import Activity
from baixing.programme.rules import LIFE, Standing

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422
MOST_ON_DESK = 100


@require_safe
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_activity(request, pk)
    return render(request, "programme/activity.html", {"page": queries.activity_page(found, standing(request), now())})


@require_safe
@signed_in_only
def desk(request: HttpRequest) -> HttpResponse:
    """What one puts on: drafts, what runs, what is over."""
    one = Standing(signed_in(request), now())
    own = queries.desk(one)
    activities = queries.newest(own.activities, MOST_ON_DESK)
    context = {"desk": own, "activities": activities, "asked": queries.asked_of(one)}
    return render(request, "programme/desk.html", context)


@PAGE
@signed_in_only
def plan_activity(request: HttpRequest) -> HttpResponse:
    own = queries.desk(Standing(signed_in(request), now()))
    if not own.units and not own.teams:
        raise NotAllowed(_("Only the head and the staff of a unit, and the leader of a team, plan activities."))
    return _plan(request) if request.method == "POST" else _plan_page(request, _plan_form(request))


@once
def _plan(request: HttpRequest) -> HttpResponse:
    form = _plan_form(request, request.POST)
    if not form.is_valid():
        return _plan_page(request, form, UNFIT)
    unit, team = form.host()
    try:
        made = actions.plan_activity(unit, form.idea(), team=team, by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _plan_page(request, form, UNFIT)
    messages.success(request, _("It is a draft. Say now when and where."))
    return redirect("programme:add_sessions", made.pk)


def _plan_form(request: HttpRequest, sent: QueryDict | None = None) -> PlanForm:
    own = queries.desk(Standing(signed_in(request), now()))
    asked = unit_named(request.GET.get("unit", "") or request.POST.get("unit", ""))
    named = [asked] if asked and Standing(signed_in(request), now()).is_in_charge(asked) else []
    units = {unit.pk: unit for unit in (*named, *own.units, *(team.home for team in own.teams))}
    today = now().astimezone(LOCAL).date()
    return PlanForm(sent, today=today, units=list(units.values()), teams=own.teams)


def _plan_page(request: HttpRequest, form: PlanForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/plan.html", {"form": form}, status=status)


@PAGE
@signed_in_only
def change_activity(request: HttpRequest, pk: int) -> HttpResponse:
    found = allowed(request, pk, "change")
    return _change(request, found) if request.method == "POST" else _change_page(request, found, _form(found))


@once
def _change(request: HttpRequest, found: Activity) -> HttpResponse:
    form, version = _form(found, request.POST), seen_version(request)
    if not form.is_valid():
        return _change_page(request, _as_seen(found, version), form, UNFIT)
    try:
        number = actions.change_activity(found.as_seen(version), form.idea(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _change_page(request, _as_seen(found, version), form, UNFIT)
    except Overtaken:
        fresh = found_activity(request, found.pk)
        return _change_page(request, fresh, _form(fresh, request.POST).beside(), OVERTAKEN)
    messages.success(request, _said(number))
    return redirect("programme:activity", found.pk)


def _said(number: int) -> str:
    if not number:
        return _("The activity is changed.")
    words = ngettext(
        "The activity is changed, and with it %(number)d session to come.",
        "The activity is changed, and with it %(number)d sessions to come.",
        number,
    )
    return words % {"number": number}


def _form(found: Activity, sent: QueryDict | None = None) -> ActivityForm:
    today = now().astimezone(LOCAL).date()
    return ActivityForm(sent, today=today, units=[found.unit], initial=as_kept(found))


def _change_page(request: HttpRequest, found: Activity, form: ActivityForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/change.html", {"thing": found, "form": form}, status=status)


def _as_seen(found: Activity, version: int | None) -> Activity:
    """As the page showed it: mending a fault does not hide a race."""
    found.version = version or 0
    return found


@require_POST
@signed_in_only
@once
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_activity(request, pk)
    actions.publish(found, by=signed_in(request), at=now())
    messages.success(request, _("Published. Everybody reads of it, and signs up."))
    return redirect("programme:activity", pk)


@require_POST
@signed_in_only
@once
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    actions.conclude(found_activity(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("Concluded. What came of it stays on its page."))
    return redirect("programme:activity", pk)


@require_POST
@signed_in_only
@once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actions.withdraw(found_activity(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("Withdrawn. Nobody else sees it any more."))
    return redirect("programme:desk")


def found_activity(request: HttpRequest, pk: int) -> Activity:
    """For whoever may read of it."""
    return get_object_or_404(queries.with_nouns(queries.visible(standing(request))), pk=pk)


def allowed(request: HttpRequest, pk: int, verb: str) -> Activity:
    """For whoever may do this with it, before they fill in a form."""
    found = found_activity(request, pk)
    if refusal := LIFE.refusal(verb, Standing(signed_in(request), now()), found):
        raise refusal
    return found


def standing(request: HttpRequest) -> Standing | None:
    return Standing(request.user, now()) if isinstance(request.user, Person) else None
