"""The licences of a team."""

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
from baixing.teams import actions, queries
from baixing.teams.forms import EndForm, LicenceForm
from baixing.teams.models import Team
from baixing.teams.rules import Standing, check, powers
from baixing.teams.views import reading

UNFIT = 422


@require_safe
def licences(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, reading.found(request, pk))


@require_safe
@signed_in_only
def ending(request: HttpRequest) -> HttpResponse:
    one = Standing(signed_in(request), now())
    if not one.offices:
        raise NotAllowed(_("Only those in charge of a centre, an institute or a station see this."))
    return render(request, "teams/ending.html", {"rows": queries.expiring_under(one.offices, one.today)})


@require_POST
@signed_in_only
@once
def add_licence(request: HttpRequest, pk: int) -> HttpResponse:
    team, form = reading.found(request, pk), LicenceForm(request.POST)
    check("add_licence", signed_in(request), team, now())
    if not form.is_valid():
        return _page(request, team, form=form)
    actions.add_licence(team, **form.cleaned_data, by=signed_in(request), at=now())
    messages.success(request, _("The licence is written down."))
    return redirect("teams:licences", team.pk)


@require_POST
@signed_in_only
@once
def end_licence(request: HttpRequest, pk: int) -> HttpResponse:
    visible = queries.visible(reading.standing(request))
    licence = get_object_or_404(queries.licences_in(visible), pk=pk)
    check("end_licence", signed_in(request), licence.team, now())
    ending = _end_form(pk, request)
    try:
        if ending.is_valid():
            actions.end_licence(licence, ending.cleaned_data["last_day"], by=signed_in(request), at=now())
            return redirect("teams:licences", licence.team_id)
    except Unfit as no:
        ending.add_error("last_day", str(no))
    return _page(request, licence.team, ending=ending, of=pk)


def _page(
    request: HttpRequest,
    team: Team,
    *,
    form: LicenceForm | None = None,
    ending: EndForm | None = None,
    of: int = 0,
) -> HttpResponse:
    one, today = reading.standing(request), now().astimezone(LOCAL).date()
    papers = queries.papers(team, one, today, reading.language())
    context = {
        "team": team,
        "rows": [(paper, _ending(paper, ending, of)) for paper in papers],
        "powers": powers(one, team) if one else frozenset(),
        "form": form or LicenceForm(),
        "faulty": ending,
    }
    return render(request, "teams/licences.html", context, status=UNFIT if form or ending else 200)


def _ending(paper: queries.Paper, faulty: EndForm | None, of: int) -> EndForm:
    pk = paper.licence.pk
    return faulty if faulty and pk == of else _end_form(pk)


def _end_form(pk: int, request: HttpRequest | None = None) -> EndForm:
    """Each row has such a form, with names of its own on the page."""
    return EndForm(request.POST if request else None, auto_id=f"id_{pk}_%s")
