from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Overtaken, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions, queries
from baixing.programme.forms.themes import BrandForm, NewBrandForm, ThemeForm, as_typed
from baixing.programme.models import Brand, Theme
from baixing.programme.rules import edits_programme
from baixing.programme.rules.festivals import festivals

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422
FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
@signed_in_only
def edit_list(request: HttpRequest) -> HttpResponse:
    """The coming twelve months and the brands, to be named."""
    _check(request)
    today = now().astimezone(LOCAL).date()
    context = {"months": queries.months(today), "brands": queries.brands()}
    return render(request, "programme/edit_list.html", context)


@PAGE
@signed_in_only
def theme(request: HttpRequest, year: int, month: int) -> HttpResponse:
    _check(request)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):  # noqa: PLR2004 - months of a year
        raise Http404
    day = date(year, month, 1)
    return _set_theme(request, day) if request.method == "POST" else _theme_page(request, day, None)


@once
def _set_theme(request: HttpRequest, month: date) -> HttpResponse:
    form, version = _theme_form(month, request.POST), seen_version(request)
    if not form.is_valid():
        return _theme_page(request, month, form, UNFIT, version)
    try:
        actions.set_theme(month, form.cleaned_data, version=version, by=signed_in(request), at=now())
    except Overtaken:
        return _theme_page(request, month, _theme_form(month, request.POST).beside(), OVERTAKEN)
    messages.success(request, _("The theme is kept."))
    return redirect("programme:edit_list")


def _theme_page(
    request: HttpRequest, month: date, form: ThemeForm | None, status: int = 200, version: int | None = None
) -> HttpResponse:
    found = queries.this_month(month)
    form = form or _theme_form(month)
    thing = found or Theme(month=month, version=0)
    if status == UNFIT:
        thing.version = version or 0  # as the page showed it
    last = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    context = {"month": month, "thing": thing, "form": form, "festivals": festivals(month, last)}
    return render(request, "programme/theme.html", context, status=status)


def _theme_form(month: date, sent: QueryDict | None = None) -> ThemeForm:
    """Over what the month is named now."""
    found = queries.this_month(month)
    return ThemeForm(sent, initial=as_typed(found, ThemeForm) if found else {})


@PAGE
@signed_in_only
def add_brand(request: HttpRequest) -> HttpResponse:
    _check(request)
    return _add_brand(request) if request.method == "POST" else _brand_page(request, NewBrandForm())


@once
def _add_brand(request: HttpRequest) -> HttpResponse:
    form = NewBrandForm(request.POST)
    if not form.is_valid():
        return _brand_page(request, form, status=UNFIT)
    said = dict(form.cleaned_data)
    try:
        actions.add_brand(said.pop("slug"), said, by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field, str(no))
        return _brand_page(request, form, status=UNFIT)
    messages.success(request, _("The brand is kept."))
    return redirect("programme:edit_list")


@PAGE
@signed_in_only
def brand(request: HttpRequest, slug: str) -> HttpResponse:
    _check(request)
    found = get_object_or_404(Brand, slug=slug)
    if request.method == "POST":
        return _change_brand(request, found)
    return _brand_page(request, BrandForm(initial=as_typed(found, BrandForm)), found)


@once
def _change_brand(request: HttpRequest, found: Brand) -> HttpResponse:
    form, version = BrandForm(request.POST, initial=as_typed(found, BrandForm)), seen_version(request)
    if not form.is_valid():
        found.version = version or 0  # as the page showed it
        return _brand_page(request, form, found, UNFIT)
    try:
        actions.change_brand(found, form.cleaned_data, version=version, by=signed_in(request), at=now())
    except Overtaken:
        found.refresh_from_db()
        form = BrandForm(request.POST, initial=as_typed(found, BrandForm)).beside()
        return _brand_page(request, form, found, OVERTAKEN)
    messages.success(request, _("The brand is kept."))
    return redirect("programme:edit_list")


def _brand_page(request: HttpRequest, form: BrandForm, found: Brand | None = None, status: int = 200) -> HttpResponse:
    return render(request, "programme/brand.html", {"thing": found, "form": form}, status=status)


def _check(request: HttpRequest) -> None:
    if not edits_programme(signed_in(request), now()):
        raise NotAllowed(_("Only the editors of the city centre name themes and brands."))
