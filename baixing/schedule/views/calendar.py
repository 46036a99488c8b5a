"""The calendar of a team: its visits by day, and the days on which it rests."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions, queries
from baixing.schedule.forms import DaysOffForm, MonthForm
from baixing.schedule.models import DaysOff
from baixing.teams.models import Team
from baixing.teams.queries import visible
from baixing.teams.rules import Standing, check, powers, sees_members

UNFIT = 422


@require_safe
@signed_in_only
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _team(request, pk), DaysOffForm())


@require_POST
@signed_in_only
@once
def take_days_off(request: HttpRequest, pk: int) -> HttpResponse:
    team, form = _team(request, pk), DaysOffForm(request.POST)
    check("take_days_off", signed_in(request), team, now())
    if not form.is_valid():
        return _page(request, team, form, UNFIT)
    weekly, words = form.cleaned_data["weekly"], form.cleaned_data["words"]
    try:
        actions.take_days_off(team, *form.span(), weekly=weekly, words=words, by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _page(request, team, form, UNFIT)
    messages.success(request, _("These days are off. Nothing is offered to the team on them."))
    return redirect("schedule:calendar", team.pk)


@require_POST
@signed_in_only
@once
def drop_days_off(request: HttpRequest, pk: int) -> HttpResponse:
    days = get_object_or_404(DaysOff.objects.select_related("team__home"), pk=pk)
    _team(request, days.team_id)
    actions.drop_days_off(days, by=signed_in(request), at=now())
    messages.success(request, _("The team serves on these days again."))
    return redirect("schedule:calendar", days.team_id)


def _team(request: HttpRequest, pk: int) -> Team:
    """The team, for those who serve in it or are in charge of it."""
    one = Standing(signed_in(request), now())
    team = get_object_or_404(visible(one).select_related("home", "leader"), pk=pk)
    if not sees_members(one, team):
        raise NotAllowed(_("Only the team and the staff where it is at home see its calendar."))
    return team


def _page(request: HttpRequest, team: Team, form: DaysOffForm, status: int = 200) -> HttpResponse:
    one = Standing(signed_in(request), now())
    today = now().astimezone(LOCAL).date()
    context = {
        "team": team,
        "month": queries.month_of(team, MonthForm(request.GET).asked(today), today),
        "rests": queries.off_ahead(team, today),
        "form": form if "take_days_off" in powers(one, team) else None,
    }
    return render(request, "schedule/calendar.html", context, status=status)
