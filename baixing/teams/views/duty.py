"""A team or a volunteer says whether they take work now, and how much of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams import actions
from baixing.teams.forms import DutyForm
from baixing.teams.rules import check
from baixing.teams.views import reading

OVERTAKEN, UNFIT = 409, 422


@require_POST
@signed_in_only
@once
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    team, form = reading.found(request, pk), DutyForm(request.POST)
    check("set_duty", signed_in(request), team, now())
    if not form.is_valid():
        return reading.page_of(request, team, duty_form=form, status=UNFIT)
    on, until = form.cleaned_data["on"], form.cleaned_data["until"]
    try:
        actions.set_duty(team, on=on, until=until, by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return reading.page_of(request, team, duty_form=form, status=UNFIT)
    words = _("%(team)s is offered orders again.") if on else _("%(team)s is offered no new orders now.")
    messages.success(request, words % {"team": team})
    return redirect("teams:mine") if request.POST.get("from") == "mine" else redirect("teams:team", team.pk)


@require_POST
@signed_in_only
@once
def own_duty(request: HttpRequest) -> HttpResponse:
    form = DutyForm(request.POST)
    if not form.is_valid():
        return reading.mine_page(request, duty_form=form, status=UNFIT)
    on, until = form.cleaned_data["on"], form.cleaned_data["until"]
    try:
        actions.set_own_duty(on=on, until=until, by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return reading.mine_page(request, duty_form=form, status=UNFIT)
    messages.success(request, _("Good to have you back.") if on else _("You take a break. Rest well."))
    return redirect("teams:mine")


@require_POST
@signed_in_only
@once
def week_most(request: HttpRequest) -> HttpResponse:
    form = reading.most_form(request, request.POST)
    if not form.is_valid():
        return reading.mine_page(request, most_form=form, status=UNFIT)
    most = form.cleaned_data["week_most"]
    try:
        actions.set_week_most(most, version=seen_version(request), by=signed_in(request), at=now())
    except Overtaken:
        again = reading.most_form(request, request.POST).beside()
        return reading.mine_page(request, most_form=again, status=OVERTAKEN)
    words = _("At most %(most)d visits a week.") % {"most": most} if most else _("No limit to your visits.")
    messages.success(request, words)
    return redirect("teams:mine")
