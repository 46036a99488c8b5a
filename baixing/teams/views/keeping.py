"""Teams as those see them who found, lead and oversee them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.network.models import Unit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams import actions, queries
from baixing.teams.forms import AskForm, FoundForm, HandOverForm, TeamForm, WhyForm, as_typed
from baixing.teams.models import Team
from baixing.teams.rules import Standing, check, check_founder
from baixing.teams.views import reading

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422


@PAGE
@signed_in_only
def found(request: HttpRequest) -> HttpResponse:
    """A new team at home in the unit that the address names, or else in one's own."""
    one = Standing(signed_in(request), now())
    home = AskForm(request.GET).asked().unit or queries.founding_home(one, None)
    if home is None:
        raise Http404
    check_founder(one.person, home, one.at)
    if request.method == "POST":
        return _found(request, home)
    return _found_page(request, home, FoundForm(initial=NEW))


@once
def _found(request: HttpRequest, home: Unit) -> HttpResponse:
    form = FoundForm(request.POST)
    if not form.is_valid():
        return _found_page(request, home, form, UNFIT)
    try:
        team = actions.found(home, form.facts(), form.cleaned_data["leader"], by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _found_page(request, home, form, UNFIT)
    messages.success(request, _("%(team)s is founded. Its leader has been told.") % {"team": team})
    return redirect("teams:team", team.pk)


def _found_page(request: HttpRequest, home: Unit, form: FoundForm, status: int = 200) -> HttpResponse:
    return render(request, "teams/found.html", {"home": home, "form": form}, status=status)


@PAGE
@signed_in_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    team = reading.found(request, pk)
    check("change_team", signed_in(request), team, now())
    if request.method == "POST":
        return _change(request, team)
    return _edit_page(request, team, TeamForm(initial=as_typed(team)))


@once
def _change(request: HttpRequest, team: Team) -> HttpResponse:
    form, version = TeamForm(request.POST, initial=as_typed(team)), seen_version(request)
    if not form.is_valid():
        return _as_shown(request, team, form, version)
    try:
        actions.change_team(team, form.facts(), version=version, by=signed_in(request), at=now())
    except Overtaken:
        team.refresh_from_db()
        return _edit_page(request, team, TeamForm(request.POST, initial=as_typed(team)).beside(), OVERTAKEN)
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _as_shown(request, team, form, version)
    messages.success(request, _("The changes are kept."))
    return redirect("teams:team", team.pk)


def _as_shown(request: HttpRequest, team: Team, form: TeamForm, version: int | None) -> HttpResponse:
    """The form again, with the version that it came with: mending a fault does not hide a race."""
    team.version = version or 0
    return _edit_page(request, team, form, UNFIT)


def _edit_page(request: HttpRequest, team: Team, form: TeamForm, status: int = 200) -> HttpResponse:
    return render(request, "teams/edit.html", {"team": team, "form": form}, status=status)


@PAGE
@signed_in_only
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    team = reading.found(request, pk)
    check("hand_over_lead", signed_in(request), team, now())
    if request.method == "POST":
        return _hand_over(request, team)
    return _hand_over_page(request, team, HandOverForm(team))


@once
def _hand_over(request: HttpRequest, team: Team) -> HttpResponse:
    form = HandOverForm(team, request.POST)
    if not form.is_valid():
        return _hand_over_page(request, team, form, UNFIT)
    actions.hand_over_lead(team, form.cleaned_data["to"], by=signed_in(request), at=now())
    messages.success(request, _("The lead is handed over. The new leader has been told."))
    return redirect("teams:team", team.pk)


def _hand_over_page(request: HttpRequest, team: Team, form: HandOverForm, status: int = 200) -> HttpResponse:
    return render(request, "teams/hand_over.html", {"team": team, "form": form}, status=status)


@require_POST
@signed_in_only
@once
def close(request: HttpRequest, pk: int) -> HttpResponse:
    team, why = reading.found(request, pk), WhyForm(request.POST)
    check("close_team", signed_in(request), team, now())
    if not why.is_valid():
        return reading.page_of(request, team, why, status=UNFIT)
    actions.close_team(team, words=why.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("%(team)s is closed. Its members have been told.") % {"team": team})
    return redirect("teams:team", team.pk)


@require_POST
@signed_in_only
@once
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    team = reading.found(request, pk)
    actions.reopen_team(team, by=signed_in(request), at=now())
    messages.success(request, _("%(team)s is open again.") % {"team": team})
    return redirect("teams:team", team.pk)


NEW = {"reach": Team.Reach.TOWNSHIP, "day_capacity": 2, "week_capacity": 6}
