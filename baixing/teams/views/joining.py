"""Joining a team, leaving it, and who is in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams import actions, queries
from baixing.teams.forms import WhyForm
from baixing.teams.models import Membership, Team
from baixing.teams.rules import Standing, check_place, sees_members
from baixing.teams.views import reading

UNFIT = 422


@require_safe
@signed_in_only
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """Who waits, and who is in the team; for the team and those who keep it."""
    return _roster(request, reading.found(request, pk))


@require_POST
@signed_in_only
@once
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    team = reading.found(request, pk)
    actions.apply_to(team, by=signed_in(request), at=now())
    messages.success(request, _("You have applied. The leader answers within three days."))
    return redirect("teams:team", team.pk)


@require_POST
@signed_in_only
@once
def admit(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _seen(request, pk)
    actions.admit(membership, by=signed_in(request), at=now())
    messages.success(request, _("%(name)s is a member now.") % {"name": membership.person.name})
    return redirect("teams:members", membership.team_id)


@require_POST
@signed_in_only
@once
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    membership, why = _seen(request, pk), why_of(pk, request)
    check_place("refuse", Standing(signed_in(request), now()), membership)
    if not why.is_valid():
        return _roster(request, membership.team, why, pk)
    actions.refuse(membership, words=why.cleaned_data["words"], by=signed_in(request), at=now())
    return redirect("teams:members", membership.team_id)


@require_POST
@signed_in_only
@once
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    membership, why = _seen(request, pk), why_of(pk, request)
    check_place("remove", Standing(signed_in(request), now()), membership)
    if not why.is_valid():
        return _roster(request, membership.team, why, pk)
    actions.remove(membership, words=why.cleaned_data["words"], by=signed_in(request), at=now())
    return redirect("teams:members", membership.team_id)


@require_POST
@signed_in_only
@once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _seen(request, pk)
    actions.withdraw(membership, by=signed_in(request), at=now())
    messages.success(request, _("Your application is taken back."))
    return redirect("teams:mine")


@require_POST
@signed_in_only
@once
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _seen(request, pk)
    actions.leave(membership, by=signed_in(request), at=now())
    messages.success(
        request, _("You have left %(team)s. Your volunteer number stays yours.") % {"team": membership.team}
    )
    return redirect("teams:mine")


def why_of(pk: int, request: HttpRequest | None = None) -> WhyForm:
    """Each row of the list has such a form, with names of its own on the page."""
    return WhyForm(request.POST if request else None, auto_id=f"id_{pk}_%s")


def _roster(request: HttpRequest, team: Team, faulty: WhyForm | None = None, of: int = 0) -> HttpResponse:
    one = Standing(signed_in(request), now())
    if not sees_members(one, team):
        raise Http404
    found = queries.roster(team, one)
    context = {
        "team": team,
        "waiting": [(place, _form_of(place, faulty, of)) for place in found.waiting],
        "members": [(place, _form_of(place, faulty, of)) for place in found.members],
        "faulty": faulty,
    }
    return render(request, "teams/members.html", context, status=UNFIT if faulty else 200)


def _form_of(place: queries.Place, faulty: WhyForm | None, of: int) -> WhyForm:
    pk = place.membership.pk
    return faulty if faulty and pk == of else why_of(pk)


def _seen(request: HttpRequest, pk: int) -> Membership:
    """As the page showed it."""
    one = Standing(signed_in(request), now())
    return get_object_or_404(queries.memberships(one), pk=pk).as_seen(seen_version(request))
