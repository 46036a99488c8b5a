"""Venues as everybody reads them: the list, the page of one, its day and its month."""

from __future__ import annotations

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.people.sessions import signed_in
from baixing.schedule.forms import DayForm, MonthForm, VenuesForm
from baixing.schedule.models import Venue
from baixing.schedule.queries import bookings, timetable, venues
from baixing.schedule.rules import Standing

PER_PAGE: Final = 20
WIDEST: Final = 6  # spaces beside each other on a desk and on A4


@require_safe
def venue_list(request: HttpRequest) -> HttpResponse:
    form = VenuesForm(request.GET)
    asked = form.asked()
    page = Paginator(venues.listed(asked), PER_PAGE).get_page(request.GET.get("page"))
    one = standing(request)
    context = {
        "asked": asked,
        "form": form,
        "page": page,
        "rows": venues.rows(page.object_list),
        "where": venues.around(asked.unit),
        "offices": one.offices if one else [],
        "searches": one is not None and bookings.searches(one),
    }
    return render(request, "schedule/venue_list.html", context)


@require_safe
def venue(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_venue(request, pk)
    today = now().astimezone(LOCAL).date()
    page = venues.page(found, standing(request), today)
    return render(request, "schedule/venue_page.html", {"page": page, "venue": found, "today": today})


@require_safe
def venue_day(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_venue(request, pk)
    today = now().astimezone(LOCAL).date()
    page = timetable.day_of(found, DayForm(request.GET).asked(today), standing(request))
    context = {"page": page, "venue": found, "wide": len(page.columns) <= WIDEST, "at": now()}
    return render(request, "schedule/venue_day.html", context)


@require_safe
def venue_month(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_venue(request, pk)
    today = now().astimezone(LOCAL).date()
    page = timetable.month_of(found, MonthForm(request.GET).asked(today), today, standing(request))
    context = {"page": page, "venue": found, "wide": len(page.spaces) <= WIDEST, "at": now()}
    return render(request, "schedule/venue_month.html", context)


def standing(request: HttpRequest) -> Standing | None:
    return Standing(signed_in(request), now()) if request.user.is_authenticated else None


def found_venue(request: HttpRequest, pk: int) -> Venue:
    return get_object_or_404(venues.visible(standing(request)).select_related("unit"), pk=pk)
