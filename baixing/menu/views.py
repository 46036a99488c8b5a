from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.menu import queries
from baixing.network.models import Platform
from baixing.network.queries import home_of
from baixing.people.models import Person

PER_PAGE = 30
LONGEST_QUESTION = 100


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The menu of the reader's village, found by plain words or read platform by platform."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUESTION]
    platform, today = request.GET.get("platform", ""), now().astimezone(LOCAL).date()
    home = home_of(request.user) if isinstance(request.user, Person) else None
    found = queries.browse(asked, platform, home.station if home else None, today)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.rows(page.object_list, get_language() or "", today)
    context = {"asked": asked, "platform": platform, "platforms": Platform.objects.all(), "page": page, "rows": rows}
    return render(request, "menu/_list.html" if request.htmx else "menu/browse.html", context)  # type: ignore[attr-defined]  # set by django_htmx's middleware
