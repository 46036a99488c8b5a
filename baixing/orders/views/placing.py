"""From a service to a placed order: for oneself in three taps, or by staff for somebody else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.menu.models import ServiceItem
from baixing.menu.queries import words_of
from baixing.network.queries import home_of
from baixing.orders import actions
from baixing.orders.forms import OnBehalfForm, PlaceForm, WishForm, slots
from baixing.orders.queries.boards import stations_of
from baixing.orders.rules import Standing
from baixing.people.sessions import signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
UNFIT = 422


@require_safe
def item(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(ServiceItem.objects.active().with_nouns(), code=code)
    words = words_of(found, get_language() or "")
    return render(request, "orders/item.html", {"item": found, "words": words, "facts": getattr(found, "facts", None)})


@PAGE
@signed_in_only
def order_item(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(ServiceItem.objects.active(), code=code)
    return _place(request, found) if request.method == "POST" else _check(request, found, _form(request, found))


@PAGE
@signed_in_only
def wish(request: HttpRequest) -> HttpResponse:
    return _place(request, None) if request.method == "POST" else _check(request, None, _form(request, None))


def _form(request: HttpRequest, found: ServiceItem | None) -> PlaceForm:
    home = home_of(signed_in(request))
    kind = PlaceForm if found else WishForm
    data = request.POST if request.method == "POST" else None
    said = request.GET.get("words", "").replace("\0", "")[:500]
    return kind(data, at=now(), initial={"address": home.address if home else "", "words": said})


@once
def _place(request: HttpRequest, found: ServiceItem | None) -> HttpResponse:
    person, form = signed_in(request), _form(request, found)
    home = home_of(person)
    if home is None or not form.is_valid():
        return _check(request, found, form, UNFIT)
    said = form.cleaned_data
    wanted = actions.Wanted(
        resident=person,
        station=home.station,
        item=found,
        words=said["words"],
        address=said["address"],
        windows=slots(said["windows"]),
    )
    try:
        order = actions.place(wanted, by=person, at=now())
    except Unfit as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _check(request, found, form, UNFIT)
    return redirect("orders:order", order.pk)


def _check(request: HttpRequest, found: ServiceItem | None, form: PlaceForm, status: int = 200) -> HttpResponse:
    person = signed_in(request)
    context = {"item": found, "form": form, "home": home_of(person), "person": person}
    return render(request, "orders/check.html", context, status=status)


@PAGE
@signed_in_only
def on_behalf(request: HttpRequest) -> HttpResponse:
    stations = stations_of(Standing(signed_in(request), now()))
    if request.method == "POST":
        return _place_for(request, OnBehalfForm(request.POST, stations=stations))
    return render(request, "orders/on_behalf.html", {"form": OnBehalfForm(stations=stations)})


@once
def _place_for(request: HttpRequest, form: OnBehalfForm) -> HttpResponse:
    if form.is_valid():
        try:
            order = actions.place_for(**form.cleaned_data, by=signed_in(request), at=now())
            return redirect("orders:slip", order.pk)
        except Unfit as no:
            form.add_error(no.field if no.field in form.fields else None, str(no))
    return render(request, "orders/on_behalf.html", {"form": form}, status=UNFIT)
