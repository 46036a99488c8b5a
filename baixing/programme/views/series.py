"""Series and tours: their page, and how they are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.network.models import Unit
from baixing.network.queries import unit_named
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.collections import NewSeriesForm, SeriesForm, StopsForm, as_series
from baixing.programme.models import Activity, Series
from baixing.programme.queries import collections as queries
from baixing.programme.rules import Standing, check_keeper
from baixing.programme.views.activities import OVERTAKEN, UNFIT, allowed, standing

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def series(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Series.objects.select_related("unit"), pk=pk)
    return render(request, "programme/series.html", {"page": queries.series_page(found, standing(request), now())})


@PAGE
@signed_in_only
def add_series(request: HttpRequest) -> HttpResponse:
    form = NewSeriesForm(request.POST or None, units=offices(request))
    return _add(request, form) if request.method == "POST" else _add_page(request, form)


@once
def _add(request: HttpRequest, form: NewSeriesForm) -> HttpResponse:
    if not form.is_valid():
        return _add_page(request, form, UNFIT)
    made = actions.add_series(form.unit_chosen(), form.facts(), by=signed_in(request), at=now())
    messages.success(request, _("It is there. Name it now in the activities that are part of it."))
    return redirect("programme:series", made.pk)


def _add_page(request: HttpRequest, form: NewSeriesForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/add_series.html", {"form": form}, status=status)


@PAGE
@signed_in_only
def change_series(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Series.objects.select_related("unit"), pk=pk)
    check_keeper(Standing(signed_in(request), now()), found.unit)
    if request.method == "POST":
        return _change(request, found)
    return _change_page(request, found, SeriesForm(initial=as_series(found)))


@once
def _change(request: HttpRequest, found: Series) -> HttpResponse:
    form, version = SeriesForm(request.POST, initial=as_series(found)), seen_version(request)
    if not form.is_valid():
        found.version = version or 0
        return _change_page(request, found, form, UNFIT)
    try:
        actions.change_series(found, form.facts(), version=version, by=signed_in(request), at=now())
    except Overtaken:
        found.refresh_from_db()
        form = SeriesForm(request.POST, initial=as_series(found)).beside()
        return _change_page(request, found, form, OVERTAKEN)
    messages.success(request, _("It is changed."))
    return redirect("programme:series", found.pk)


def _change_page(request: HttpRequest, found: Series, form: SeriesForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/change_series.html", {"thing": found, "form": form}, status=status)


@PAGE
@signed_in_only
def add_stops(request: HttpRequest, pk: int) -> HttpResponse:
    """The stops of a tour: at one unit after the other."""
    found = allowed(request, pk, "add_sessions")
    return _stop(request, found) if request.method == "POST" else _stops_page(request, found, StopsForm())


@once
def _stop(request: HttpRequest, found: Activity) -> HttpResponse:
    form = StopsForm(request.POST)
    if not form.is_valid():
        return _stops_page(request, found, form, UNFIT)
    try:
        made = actions.add_sessions(found, *form.sittings(), by=signed_in(request), at=now())
    except (Unfit, NotAllowed, NotNow) as no:
        form.add_error(no.field if no.field in form.fields else "stops", str(no))
        return _stops_page(request, found, form, UNFIT)
    words = ngettext("%(count)d stop is planned.", "%(count)d stops are planned.", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect("programme:activity", found.pk)


def _stops_page(request: HttpRequest, found: Activity, form: StopsForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/add_stops.html", {"activity": found, "form": form}, status=status)


def offices(request: HttpRequest) -> list[Unit]:
    """The units whose series and lists this person keeps, and the one that the address names."""
    one = Standing(signed_in(request), now())
    asked = unit_named(request.GET.get("unit", "") or request.POST.get("unit", ""))
    named = [asked] if asked and one.is_in_charge(asked) else []
    units = list({unit.pk: unit for unit in (*named, *one.offices)}.values())
    if not units:
        raise NotAllowed(_("Only the head and the staff of a unit keep its series and lists."))
    return units
