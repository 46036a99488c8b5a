"""What a city sets for all its orders, on screens for those who keep it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.orders.actions import settings as actions
from baixing.orders.forms.settings import ClockForm, ReasonForm
from baixing.orders.models import Reason
from baixing.orders.queries import settings as queries
from baixing.orders.queries.settings import StepClock
from baixing.orders.rules import Standing, check_settings
from baixing.orders.rules.clocks import STEPS
from baixing.orders.views.verbs import UNFIT, standing
from baixing.people.sessions import signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN = 409


@require_safe
@signed_in_only
def reasons(request: HttpRequest) -> HttpResponse:
    """Every list of reasons in its order, with what was taken off it."""
    _keeper(request)
    return render(request, "orders/reasons.html", {"lists": queries.reason_lists()})


@PAGE
@signed_in_only
def add_reason(request: HttpRequest, kind: str) -> HttpResponse:
    _keeper(request)
    if kind not in queries.KINDS:
        raise Http404
    form = ReasonForm(kind=kind)
    return _add(request, kind) if request.method == "POST" else _reason_page(request, kind, form)


@once
def _add(request: HttpRequest, kind: str) -> HttpResponse:
    one, form = _keeper(request), ReasonForm(request.POST, kind=kind)
    if not form.is_valid():
        return _reason_page(request, kind, form, status=UNFIT)
    try:
        actions.add_reason(kind, form.words(), after=form.cleaned_data["after"], by=one.person, at=one.at)
    except Unfit as unfit:
        form.add_error(unfit.field, str(unfit))
        return _reason_page(request, kind, form, status=UNFIT)
    messages.success(request, _("The reason is on the list now."))
    return redirect("orders:reasons")


@PAGE
@signed_in_only
def reason(request: HttpRequest, pk: int) -> HttpResponse:
    _keeper(request)
    found = get_object_or_404(Reason, pk=pk)
    if request.method == "POST":
        return _change(request, found)
    return _reason_page(request, found.kind, ReasonForm(kind=found.kind, found=found), found)


@once
def _change(request: HttpRequest, found: Reason) -> HttpResponse:
    one, form, version = _keeper(request), ReasonForm(request.POST, kind=found.kind, found=found), seen_version(request)
    if not form.is_valid():
        return _reason_page(request, found.kind, form, _as_seen(found, version), UNFIT)
    after = form.cleaned_data["after"]
    try:
        actions.change_reason(found, form.words(), after=after, version=version, by=one.person, at=one.at)
    except Unfit as unfit:
        form.add_error(unfit.field, str(unfit))
        return _reason_page(request, found.kind, form, _as_seen(found, version), UNFIT)
    except Overtaken:
        found.refresh_from_db()
        form = ReasonForm(request.POST, kind=found.kind, found=found).beside()
        return _reason_page(request, found.kind, form, found, OVERTAKEN)
    messages.success(request, _("The reason is changed. Orders that have it keep the words they were given."))
    return redirect("orders:reasons")


@require_POST
@signed_in_only
@once
def retire_reason(request: HttpRequest, pk: int) -> HttpResponse:
    one = _keeper(request)
    found = get_object_or_404(Reason, pk=pk)
    actions.retire_reason(found, version=seen_version(request), by=one.person, at=one.at)
    messages.success(request, _("The reason is off the list. Orders that have it keep it."))
    return redirect("orders:reasons")


@require_POST
@signed_in_only
@once
def restore_reason(request: HttpRequest, pk: int) -> HttpResponse:
    one = _keeper(request)
    found = get_object_or_404(Reason, pk=pk)
    actions.restore_reason(found, version=seen_version(request), by=one.person, at=one.at)
    messages.success(request, _("The reason is on the list now."))
    return redirect("orders:reasons")


@require_safe
@signed_in_only
def clocks(request: HttpRequest) -> HttpResponse:
    """How long each step of an order may take."""
    _keeper(request)
    return render(request, "orders/clocks.html", {"clocks": queries.step_clocks()})


@PAGE
@signed_in_only
def clock(request: HttpRequest, step: str) -> HttpResponse:
    _keeper(request)
    if step not in STEPS:
        raise Http404
    found = queries.step_clock(step)
    return _set(request, found) if request.method == "POST" else _clock_page(request, found, ClockForm(found=found))


@once
def _set(request: HttpRequest, found: StepClock) -> HttpResponse:
    one, form, version = _keeper(request), ClockForm(request.POST, found=found), seen_version(request)
    if not form.is_valid():
        return _clock_page(request, found, form, UNFIT, version)
    try:
        actions.set_clock(found.step, form.spans(), version=version, by=one.person, at=one.at)
    except Unfit as unfit:
        form.add_error(unfit.field, str(unfit))
        return _clock_page(request, found, form, UNFIT, version)
    except Overtaken:
        fresh = queries.step_clock(found.step)
        return _clock_page(request, fresh, ClockForm(request.POST, found=fresh).beside(), OVERTAKEN)
    messages.success(request, _("The clock is set. It counts for orders that enter this step from now on."))
    return redirect("orders:clocks")


def _keeper(request: HttpRequest) -> Standing:
    one = standing(request)
    check_settings(one)
    return one


def _as_seen(found: Reason, version: int | None) -> Reason:
    """As the page showed it: mending a fault does not hide a race."""
    found.version = version or 0
    return found


def _reason_page(
    request: HttpRequest, kind: str, form: ReasonForm, found: Reason | None = None, status: int = 200
) -> HttpResponse:
    context = {"kind": Reason.Kind(kind), "form": form, "thing": found}
    return render(request, "orders/reason.html", context, status=status)


def _clock_page(
    request: HttpRequest, found: StepClock, form: ClockForm, status: int = 200, version: int | None = None
) -> HttpResponse:
    context = {"clock": found, "form": form, "version": found.version if version is None else version}
    return render(request, "orders/clock.html", context, status=status)
