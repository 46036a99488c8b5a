"""The dispatcher's desk: a plan to look at, as a list and as a map; coverage; how the work is spread."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from baixing.dispatching import actions
from baixing.dispatching.models import Proposal
from baixing.dispatching.queries import chart, pages, spread
from baixing.dispatching.queries.policies import notice_words
from baixing.dispatching.queries.visible import offices, read_unit
from baixing.dispatching.rules import check_reading
from baixing.kernel.calendar import now
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Unit
from baixing.orders.rules import Standing
from baixing.people.sessions import signed_in, signed_in_only

PER_PAGE = 50


def standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


@require_safe
@signed_in_only
def first(request: HttpRequest) -> HttpResponse:
    """The desk of the highest unit in which one works."""
    units = offices(standing(request))
    if not units:
        raise NotAllowed
    return redirect("dispatching:desk", units[0].pk)


@require_safe
@signed_in_only
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    unit = unit_read(pk, one)
    found = pages.desk(unit, one)
    if found.plan and found.plan.by_id is None and found.open and found.plans:
        actions.look_at(found.plan, at=one.at)
    page = Paginator(pages.proposals_of(found.plan), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "desk": found,
        "page": page,
        "rows": pages.rows(list(page), one.at),
        "detail": _chosen(request, found, one),
        "notice": notice_words(found.notice),
        "at": one.at,
    }
    return render(request, "dispatching/desk.html", context)


@require_safe
@signed_in_only
def plan_map(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = pages.desk(unit_read(pk, one), one)
    drawn = chart.of_plan(chart.proposals_on_map(found.plan))
    return render(request, "dispatching/map.html", {"desk": found, "chart": drawn, "at": one.at})


@require_safe
@signed_in_only
def coverage(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    unit = unit_read(pk, one)
    found = spread.coverage_page(unit, one)
    return render(request, "dispatching/coverage.html", {"unit": unit, "page": found, "at": one.at})


@require_safe
@signed_in_only
def fairness(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    unit = unit_read(pk, one)
    return render(request, "dispatching/fairness.html", {"unit": unit, "page": spread.fairness(unit, one.at)})


def unit_read(pk: int, one: Standing) -> Unit:
    unit = get_object_or_404(read_unit(pk))
    check_reading(one, unit)
    return unit


def _chosen(request: HttpRequest, found: pages.Desk, one: Standing) -> pages.Detail | None:
    """What the panel shows: the proposal that the address names, if it is one of this plan."""
    asked = request.GET.get("proposal", "")
    fits = asked.isascii() and asked.isdigit() and len(asked) <= 18  # noqa: PLR2004 - digits of a key
    proposal: Proposal | None = pages.proposals_of(found.plan).filter(pk=int(asked)).first() if fits else None
    return pages.detail(proposal, one) if proposal else None
