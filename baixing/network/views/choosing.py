"""Finding one's village, and any unit of the network."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.network import actions, queries
from baixing.network.forms import HomeForm
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.people.sessions import safe_next, signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422
LONGEST = 40


@require_safe
@signed_in_only
def pick(request: HttpRequest) -> HttpResponse:
    """Which village do you live in? By its name, or county by county."""
    step = queries.picking(request.GET.get("at", ""), _asked(request))
    goal = request.GET.get("next", "")
    return render(
        request, "network/pick.html", {"step": step, "next": goal, "home": queries.home_of(signed_in(request))}
    )


@PAGE
@signed_in_only
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    village = get_object_or_404(Unit.objects.tier(1).select_related("parent__parent"), pk=pk)
    if request.method == "POST":
        return _settle(request, village)
    return _settle_page(request, village, _home_form(request))


@once
def _settle(request: HttpRequest, village: Unit) -> HttpResponse:
    form, person = _home_form(request, request.POST), signed_in(request)
    if form.overtaken:
        return _settle_page(request, village, form.beside(), OVERTAKEN)
    if not form.is_valid():
        return _settle_page(request, village, form, UNFIT)
    said = form.cleaned_data
    actions.set_home(person, village, said["address"], alone=said["alone"], by=person, at=now())
    messages.success(request, _("Your village is %(name)s.") % {"name": village.short})
    return redirect(safe_next(request, request.POST.get("next", "")) or reverse("people:me"))


def _home_form(request: HttpRequest, sent: QueryDict | None = None) -> HomeForm:
    """Over the home that is known now."""
    home = queries.home_of(signed_in(request))
    return HomeForm(sent, initial={"address": home.address, "alone": home.alone} if home else {})


def _settle_page(request: HttpRequest, village: Unit, form: HomeForm, status: int = 200) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    context = {"village": village, "form": form, "next": sent.get("next", "")}
    return render(request, "network/settle.html", context, status=status)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The whole network, to be found by name or walked from the top."""
    step = queries.picking(request.GET.get("at", ""), _asked(request), tier=None)
    own = queries.units_kept(request.user, now()) if isinstance(request.user, Person) else []
    return render(request, "network/units.html", {"step": step, "own": own})


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]
