"""The menu as residents read it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.kept import part, shared
from baixing.menu import queries
from baixing.menu.forms import AskForm
from baixing.network.models import Platform, Unit
from baixing.network.queries import home_of, unit_named
from baixing.people.models import Person

PER_PAGE = 30


@require_safe
@shared
@vary_on_headers("HX-Request")
def browse(request: HttpRequest) -> HttpResponse:
    """The menu of the reader's village, found by plain words or read platform by platform."""
    form = AskForm(request.GET)
    unit = unit_named(request.GET.get("at", "")) or _village(request)
    key = ("menu", request.GET.urlencode(), unit.path if unit else "")
    found = part(key, lambda: _list(request, form, unit))
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx's middleware
        return HttpResponse(found)
    asked, narrowed = form.asked()
    context = {"asked": asked, "narrowed": narrowed, "unit": unit, "list": found}
    return render(request, "menu/browse.html", context)


def _list(request: HttpRequest, form: AskForm, unit: Unit | None) -> SafeString:
    """The choices above a menu and its rows: they tell nothing of their reader but the village."""
    today = now().astimezone(LOCAL).date()
    asked, narrowed = form.asked()
    page = Paginator(queries.browse(asked, narrowed, unit, today), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "narrowed": narrowed,
        "platforms": Platform.objects.all(),
        "audiences": form.audiences(),
        "page": page,
        "rows": queries.rows(page.object_list, get_language() or "", today),
        "request": request,
    }
    return render_to_string("menu/_list.html", context)


def _village(request: HttpRequest) -> Unit | None:
    home = home_of(request.user) if isinstance(request.user, Person) else None
    return home.station if home else None
