"""What if: asked, looked at beside the plan as things are or beside another, taken away. Nothing of it is offered."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.dispatching import actions
from baixing.dispatching.forms import CompareForm, WhatIfForm
from baixing.dispatching.queries import what_if_pages as pages
from baixing.dispatching.queries.demand import months
from baixing.dispatching.queries.policies import weights_of
from baixing.dispatching.queries.repeating import as_typed
from baixing.dispatching.rules.what_ifs import asks, check_asking, check_removing
from baixing.dispatching.views.desk import standing, unit_read
from baixing.kernel.calendar import LOCAL
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow
from baixing.network.models import Unit
from baixing.orders.rules import Standing
from baixing.people.sessions import signed_in_only

PER_PAGE = 20
UNFIT, NOT_NOW = 422, 409


@require_safe
@signed_in_only
def what_ifs(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that were asked here, the newest first."""
    one = standing(request)
    unit = unit_read(pk, one)
    page = Paginator(pages.of_unit(unit), PER_PAGE).get_page(request.GET.get("page"))
    context = {"unit": unit, "page": page, "entries": pages.entries(page), "asks": asks(one, unit)}
    return render(request, "dispatching/what_ifs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def ask_what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that may be different, on one page; one that was asked before may be where it begins."""
    one = standing(request)
    unit = unit_read(pk, one)
    check_asking(one, unit)
    if request.method == "POST":
        return _ask(request, unit, one)
    asked = request.GET.get("like", "")
    fits = asked.isascii() and asked.isdigit() and len(asked) <= 18  # noqa: PLR2004 - digits of a key
    like = pages.of_unit(unit).filter(pk=int(asked)).first() if fits else None
    initial = as_typed(like, weights_of(unit)) if like else {}
    return _form_page(request, unit, _form(unit, one, initial=initial))


@once
def _ask(request: HttpRequest, unit: Unit, one: Standing) -> HttpResponse:
    form = _form(unit, one, data=request.POST)
    if not form.is_valid():
        return _form_page(request, unit, form, UNFIT)
    said = form.cleaned_data
    try:
        what_if = actions.ask_what_if(unit, said["month"], said["changes"], by=one.person, at=one.at)
    except NotNow as no:
        form.add_error(None, str(no))
        return _form_page(request, unit, form, NOT_NOW)
    return redirect("dispatching:what_if", what_if.pk)


@require_safe
@signed_in_only
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = get_object_or_404(pages.visible_what_ifs(one), pk=pk)
    context = {"page": pages.page(found, one), "unit": found.unit, "asks": asks(one, found.unit), "at": one.at}
    return render(request, "dispatching/what_if.html", context)


@require_safe
@signed_in_only
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Any two of the same month."""
    one = standing(request)
    unit = unit_read(pk, one)
    rows = pages.of_unit(unit).made()[: pages.CHOSEN_FROM]
    form = CompareForm(request.GET or None, choices=pages.chosen(pages.entries(rows)))
    context = {"unit": unit, "form": form, "pair": None, "at": one.at}
    if form.is_valid():
        both = (form.cleaned_data["one"], form.cleaned_data["other"])
        context["pair"] = pages.pair(*(get_object_or_404(pages.visible_what_ifs(one), pk=pk) for pk in both))
    return render(request, "dispatching/compare.html", context)


@require_POST
@signed_in_only
@once
def remove_what_if(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = get_object_or_404(pages.visible_what_ifs(one), pk=pk)
    check_removing(one, found)
    unit = found.unit_id
    actions.remove_what_if(found.as_seen(seen_version(request)), by=one.person, at=one.at)
    messages.success(request, _("It is taken away."))
    return redirect("dispatching:what_ifs", unit)


def _form(unit: Unit, one: Standing, **said: object) -> WhatIfForm:
    today = one.at.astimezone(LOCAL).date()
    return WhatIfForm(unit=unit, months=months(unit, today), policy=weights_of(unit), **said)  # type: ignore[arg-type]  # passed on as given


def _form_page(request: HttpRequest, unit: Unit, form: WhatIfForm, status: int = 200) -> HttpResponse:
    return render(request, "dispatching/ask_what_if.html", {"form": form, "unit": unit}, status=status)
