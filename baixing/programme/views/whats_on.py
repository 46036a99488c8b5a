"""What is on, for everybody: as a list and as a scheme of the counties."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.programme.forms.whats_on import NarrowForm, asked_in, written
from baixing.programme.queries import whats_on as queries
from baixing.programme.queries.matters import matters_there_are
from baixing.programme.queries.outlines import scheme


@require_safe
def whats_on(request: HttpRequest) -> HttpResponse:
    form = NarrowForm(request.GET)
    found = queries.listing(asked_in(request.GET, form), now())
    context = {
        "form": form,
        "list": found,
        "more": written(found.more) if found.more else "",
        "today": now().astimezone(LOCAL).date(),
        "matters": matters_there_are(),
    }
    return render(request, "programme/whats_on.html", context)


@require_safe
def whats_on_map(request: HttpRequest) -> HttpResponse:
    """The same as the list, by county: each outline opens the rows behind it."""
    form = NarrowForm(request.GET)
    asked = asked_in(request.GET, form)
    counties = queries.counties()
    counts = queries.by_county(asked, counties, now())
    rows = [(unit, counts[unit.pk]) for unit in counties]
    context = {"form": form, "asked": asked, "scheme": scheme(counties, counts), "rows": rows}
    context |= {"matters": matters_there_are()}
    return render(request, "programme/whats_on_map.html", context)
