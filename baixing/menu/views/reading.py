"""The menu as residents read it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from baixing.kernel.calendar import LOCAL, now
from baixing.menu import queries
from baixing.menu.forms import AskForm
from baixing.network.models import Platform, Unit
from baixing.network.queries import home_of, unit_named
from baixing.people.models import Person

PER_PAGE = 30


@require_safe
@vary_on_headers("HX-Request")
def browse(request: HttpRequest) -> HttpResponse:
    """The menu of the reader's village, found by plain words or read platform by platform."""
    form, today = AskForm(request.GET), now().astimezone(LOCAL).date()
    asked, narrowed = form.asked()
    unit = unit_named(request.GET.get("at", "")) or _village(request)
    found = queries.browse(asked, narrowed, unit, today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "narrowed": narrowed,
        "unit": unit,
        "platforms": Platform.objects.all(),
        "audiences": form.audiences(),
        "page": page,
        "rows": queries.rows(page.object_list, get_language() or "", today),
    }
    return render(request, "menu/_list.html" if request.htmx else "menu/browse.html", context)  # type: ignore[attr-defined]  # set by django_htmx's middleware


def _village(request: HttpRequest) -> Unit | None:
    home = home_of(request.user) if isinstance(request.user, Person) else None
    return home.station if home else None
