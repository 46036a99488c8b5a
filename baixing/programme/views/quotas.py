"""What is asked of units in a month, what they plan, and what they held."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Platform, Unit
from baixing.network.rules import sees_posts
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.quotas import MonthForm, QuotasForm
from baixing.programme.queries import quotas as queries
from baixing.programme.rules import edits_programme

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422


@require_safe
@signed_in_only
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever holds a post in the unit or above it."""
    unit = _unit(request, pk)
    edits = edits_programme(signed_in(request), now())
    context = {"plan": queries.plan_of(unit, _month(request)), "edits": edits}
    return render(request, "programme/quota_plan.html", context)


@require_safe
@signed_in_only
def plan_rows(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The sessions behind one cell."""
    unit, platform, month = _unit(request, pk), get_object_or_404(Platform, slug=slug), _month(request)
    found = queries.rows_behind(unit, platform, month, now())
    context = {"unit": unit, "platform": platform, "month": month, "rows": found}
    return render(request, "programme/quota_rows.html", context)


@PAGE
@signed_in_only
def set_quotas(request: HttpRequest) -> HttpResponse:
    if not edits_programme(signed_in(request), now()):
        raise NotAllowed(_("Only the editors of the city centre set what is asked of units."))
    return _set(request) if request.method == "POST" else _set_page(request, QuotasForm())


@once
def _set(request: HttpRequest) -> HttpResponse:
    form = QuotasForm(request.POST)
    if not form.is_valid():
        return _set_page(request, form, UNFIT)
    if form.overtaken:
        return _set_page(request, form.beside(), OVERTAKEN)
    actions.set_quotas(form.wanted(), by=signed_in(request), at=now())
    messages.success(request, _("From now on this is asked of units in each month."))
    return redirect("programme:set_quotas")


def _set_page(request: HttpRequest, form: QuotasForm, status: int = 200) -> HttpResponse:
    seen = form.seen if status != UNFIT else request.POST.get("seen", "")
    return render(request, "programme/set_quotas.html", {"form": form, "seen": seen}, status=status)


def _unit(request: HttpRequest, pk: int) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk, tier__gt=0)
    if not sees_posts(signed_in(request), unit, now()):
        raise NotAllowed(_("Only those who hold a post in this unit, or above it, see its plan."))
    return unit


def _month(request: HttpRequest) -> date:
    return MonthForm(request.GET).asked(now().astimezone(LOCAL).date())
