"""Venues and spaces as their unit keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.network.models import Unit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms import ClosureForm, SpaceForm, VenueForm, space_as_typed, venue_as_typed
from baixing.schedule.models import Closure, Space, Venue
from baixing.schedule.rules import Standing
from baixing.schedule.rules.booking import Hindered
from baixing.schedule.rules.venue import check_keeper
from baixing.schedule.views.venues import found_venue

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422


@PAGE
@signed_in_only
def add_venue(request: HttpRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit, pk=pk)
    _check(request, unit)
    return _add_venue(request, unit) if request.method == "POST" else _new_venue_page(request, unit, _new_form())


@once
def _add_venue(request: HttpRequest, unit: Unit) -> HttpResponse:
    form = VenueForm(request.POST)
    if not form.is_valid():
        return _new_venue_page(request, unit, form, UNFIT)
    try:
        made = actions.add_venue(unit, form.facts(), form.week(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field, str(no))
        return _new_venue_page(request, unit, form, UNFIT)
    messages.success(request, _("The venue stands. Now say which spaces it has."))
    return redirect("schedule:add_space", made.pk)


def _new_form() -> VenueForm:
    return VenueForm(initial={"in_use": True})


def _new_venue_page(request: HttpRequest, unit: Unit, form: VenueForm, status: int = 200) -> HttpResponse:
    return render(request, "schedule/venue_edit.html", {"unit": unit, "form": form}, status=status)


@PAGE
@signed_in_only
def edit_venue(request: HttpRequest, pk: int) -> HttpResponse:
    venue = _venue(request, pk)
    form = VenueForm(request.POST or None, initial=venue_as_typed(venue))
    return _edit_venue(request, venue, form) if request.method == "POST" else _venue_page(request, venue, form)


@once
def _edit_venue(request: HttpRequest, venue: Venue, form: VenueForm) -> HttpResponse:
    seen = seen_version(request)
    if not form.is_valid():
        venue.version = seen or 0  # as the page showed it
        return _venue_page(request, venue, form, UNFIT)
    try:
        actions.change_venue(venue, form.facts(), form.week(), seen=seen, by=signed_in(request), at=now())
    except Overtaken:
        venue.refresh_from_db()
        form = VenueForm(request.POST, initial=venue_as_typed(venue)).beside()
        return _venue_page(request, venue, form, OVERTAKEN)
    except Unfit as no:
        form.add_error(no.field, str(no))
        venue.version = seen or 0
        return _venue_page(request, venue, form, UNFIT, no)
    messages.success(request, _("Saved. Everybody sees it now."))
    return redirect("schedule:venue", venue.pk)


def _venue_page(
    request: HttpRequest, venue: Venue, form: VenueForm, status: int = 200, no: Unfit | None = None
) -> HttpResponse:
    context = {"unit": venue.unit, "venue": venue, "thing": venue, "form": form, "hindrances": _hindrances(no)}
    return render(request, "schedule/venue_edit.html", context, status=status)


@PAGE
@signed_in_only
def add_space(request: HttpRequest, pk: int) -> HttpResponse:
    venue, start = _venue(request, pk), {"at_once": Space.Circle.OWN, "asks": Space.Circle.TEAMS, "in_use": True}
    if request.method == "POST":
        return _add_space(request, venue)
    return _new_space_page(request, venue, SpaceForm(initial=start))


@once
def _add_space(request: HttpRequest, venue: Venue) -> HttpResponse:
    form = SpaceForm(request.POST)
    if not form.is_valid():
        return _new_space_page(request, venue, form, UNFIT)
    try:
        made = actions.add_space(venue, form.facts(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field, str(no))
        return _new_space_page(request, venue, form, UNFIT)
    messages.success(request, _("%(space)s can be booked now.") % {"space": made.name})
    return redirect("schedule:venue", venue.pk)


def _new_space_page(request: HttpRequest, venue: Venue, form: SpaceForm, status: int = 200) -> HttpResponse:
    return render(request, "schedule/space_edit.html", {"venue": venue, "form": form}, status=status)


@PAGE
@signed_in_only
def edit_space(request: HttpRequest, pk: int) -> HttpResponse:
    space = get_object_or_404(Space.objects.select_related("venue__unit"), pk=pk)
    _check(request, space.venue.unit)
    form = SpaceForm(request.POST or None, initial=space_as_typed(space))
    return _edit_space(request, space, form) if request.method == "POST" else _space_page(request, space, form)


@once
def _edit_space(request: HttpRequest, space: Space, form: SpaceForm) -> HttpResponse:
    seen = seen_version(request)
    if not form.is_valid():
        space.version = seen or 0
        return _space_page(request, space, form, UNFIT)
    try:
        actions.change_space(space, form.facts(), seen=seen, by=signed_in(request), at=now())
    except Overtaken:
        space.refresh_from_db()
        form = SpaceForm(request.POST, initial=space_as_typed(space)).beside()
        return _space_page(request, space, form, OVERTAKEN)
    except Unfit as no:
        form.add_error(no.field, str(no))
        space.version = seen or 0
        return _space_page(request, space, form, UNFIT, no)
    messages.success(request, _("Saved. Everybody sees it now."))
    return redirect("schedule:venue", space.venue_id)


def _space_page(
    request: HttpRequest, space: Space, form: SpaceForm, status: int = 200, no: Unfit | None = None
) -> HttpResponse:
    context = {"venue": space.venue, "space": space, "thing": space, "form": form, "hindrances": _hindrances(no)}
    return render(request, "schedule/space_edit.html", context, status=status)


@PAGE
@signed_in_only
def close_days(request: HttpRequest, pk: int) -> HttpResponse:
    venue = _venue(request, pk)
    return _close(request, venue) if request.method == "POST" else _close_page(request, venue, ClosureForm(venue=venue))


@once
def _close(request: HttpRequest, venue: Venue) -> HttpResponse:
    form = ClosureForm(request.POST, venue=venue)
    if not form.is_valid():
        return _close_page(request, venue, form, UNFIT)
    told = {"space": form.shut(), "words": form.cleaned_data["words"], "insist": form.cleaned_data["insist"]}
    try:
        actions.close_days(venue, form.days(), by=signed_in(request), at=now(), **told)
    except Unfit as no:
        form.add_error(no.field, str(no))
        return _close_page(request, venue, form, UNFIT, no)
    messages.success(request, _("It is closed then. Whoever had booked it has been told."))
    return redirect("schedule:venue", venue.pk)


def _close_page(
    request: HttpRequest, venue: Venue, form: ClosureForm, status: int = 200, no: Unfit | None = None
) -> HttpResponse:
    context = {"venue": venue, "form": form, "hindrances": _hindrances(no)}
    return render(request, "schedule/venue_close.html", context, status=status)


@require_POST
@signed_in_only
@once
def open_days(request: HttpRequest, pk: int) -> HttpResponse:
    closure = get_object_or_404(Closure.objects.select_related("venue__unit"), pk=pk)
    actions.open_days(closure, by=signed_in(request), at=now())
    messages.success(request, _("It is open on these days again."))
    return redirect("schedule:venue", closure.venue_id)


def _venue(request: HttpRequest, pk: int) -> Venue:
    venue = found_venue(request, pk)
    _check(request, venue.unit)
    return venue


def _check(request: HttpRequest, unit: Unit) -> None:
    check_keeper(Standing(signed_in(request), now()), unit)


def _hindrances(no: Unfit | None) -> list[object]:
    return list(no.hindrances) if isinstance(no, Hindered) else []
