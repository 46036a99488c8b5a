"""My orders, a leader's visits, following by code, the slip and the calendar entry."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import client_address
from baixing.kernel.once import once
from baixing.orders import actions, queries
from baixing.orders.forms import CallForm, TrackForm
from baixing.orders.models import CallBack
from baixing.orders.queries.papers import event, square
from baixing.orders.queries.words import next_step, public_steps
from baixing.orders.views.showing import find, standing
from baixing.people.sessions import signed_in_only

PER_PAGE = 20


@require_safe
@signed_in_only
def mine(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.of_resident(standing(request)), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(order, next_step(order)) for order in page]
    return render(request, "orders/mine.html", {"page": page, "rows": rows})


@require_safe
@signed_in_only
def visits(request: HttpRequest) -> HttpResponse:
    return render(request, "orders/visits.html", {"orders": queries.visits(standing(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """State and dates for whoever holds the slip; ten wrong tries an hour."""
    if request.method != "POST":
        return render(
            request,
            "orders/track.html",
            {"form": TrackForm({"code": request.GET["code"]} if "code" in request.GET else None)},
        )
    form = TrackForm(request.POST)
    if form.is_valid():
        order = actions.track(
            form.cleaned_data["code"], form.cleaned_data["tail"], address=client_address(request), at=now()
        )
        if order is not None:
            context = {"order": order, "sentence": next_step(order), "steps": public_steps(order)}
            return render(request, "orders/tracked.html", context)
        form.add_error("code", _("We found no order with this code and these four digits. Please check both."))
    return render(request, "orders/track.html", {"form": form}, status=422)


@require_safe
@signed_in_only
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    order = find(request, pk)
    url = request.build_absolute_uri(f"/track/?code={order.code}")
    return render(request, "orders/slip.html", {"order": order, "square": square(url), "sentence": next_step(order)})


@require_safe
@signed_in_only
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    order = find(request, pk)
    if order.visit is None:
        return redirect("orders:order", pk)
    answer = HttpResponse(event(order, now()), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{order.number}.ics"'
    return answer


@require_POST
@signed_in_only
@once
def callback(request: HttpRequest, pk: int) -> HttpResponse:
    order, form = find(request, pk), CallForm(request.POST)
    call = get_object_or_404(CallBack.objects.select_related("order"), order=order, done_at=None)
    if form.is_valid():
        one = standing(request)
        actions.close_call(call, outcome=form.cleaned_data["outcome"], by=one.person, at=one.at)
    return redirect("orders:order", pk)
