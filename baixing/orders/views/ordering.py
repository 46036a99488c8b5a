"""From a service to an order: for oneself, in one's own words, or for somebody at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import client_address
from baixing.kernel.kept import shared
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.look.keeping import keep, led
from baixing.menu.models import ServiceItem
from baixing.orders import actions
from baixing.orders.actions.behalf import Told, place_for
from baixing.orders.actions.reading import count_look
from baixing.orders.forms import BehalfForm, PlaceForm
from baixing.orders.forms.parts import LONGEST_WORDS
from baixing.orders.queries import joinable, likeness, pages
from baixing.orders.rules import check_desk
from baixing.orders.views.verbs import UNFIT, standing
from baixing.people.models import Person
from baixing.people.sessions import signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@shared
def item(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(pages.items(), code=code)
    person = request.user if isinstance(request.user, Person) else None
    page = pages.item_page(found, person, get_language() or "", now())
    return render(request, "orders/item.html", {"item": found, "page": page})


@PAGE
@led
@signed_in_only
def order_item(request: HttpRequest, code: str) -> HttpResponse:
    if request.method == "POST":
        return _place(request, code)
    found = get_object_or_404(pages.items(), code=code)
    if not found.active:
        return redirect("orders:item", found.code)  # which says why, and what there is instead
    return _check(request, found)


@PAGE
@led
@signed_in_only
def wish(request: HttpRequest) -> HttpResponse:
    return _place(request, "") if request.method == "POST" else _check(request, None)


@PAGE
@led
@signed_in_only
def on_behalf(request: HttpRequest) -> HttpResponse:
    check_desk(standing(request))
    if request.method == "POST":
        return _place_for(request)
    return keep(request, render(request, "orders/on_behalf.html", {"form": BehalfForm(one=standing(request))}))


def _check(request: HttpRequest, found: ServiceItem | None) -> HttpResponse:
    one = standing(request)
    home = pages.home_of(one.person)
    if home is None:
        return redirect(_pick_address(request))
    return keep(request, _check_page(request, PlaceForm(one=one, home=home, item=found)))


@once
def _place(request: HttpRequest, code: str) -> HttpResponse:
    """An item, or a wish without a code."""
    one = standing(request)
    found = next(iter(pages.items_called(code)), None) if code else None
    if code and found is None:
        return redirect("orders:item", code)  # which says why it cannot be ordered, and what there is instead
    form = PlaceForm(request.POST, one=one, home=pages.home_of(one.person), item=found)
    if not form.is_valid():
        return _check_page(request, form, UNFIT)
    try:
        placed = actions.place(form.wanted(), by=one.person, at=one.at)
    except Unfit as unfit:
        form.add_error(unfit.field if unfit.field in form.fields else None, str(unfit))
        return _check_page(request, form, UNFIT)
    messages.success(request, _("Your order is placed."))
    return redirect("orders:order", placed.pk)


@once
def _place_for(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    form = BehalfForm(request.POST, one=one)
    if not form.is_valid():
        return render(request, "orders/on_behalf.html", {"form": form}, status=UNFIT)
    try:
        placed = place_for(Told(**form.cleaned_data), by=one.person, at=one.at)
    except Unfit as unfit:
        form.add_error(unfit.field if unfit.field in form.fields else None, str(unfit))
        return render(request, "orders/on_behalf.html", {"form": form}, status=UNFIT)
    messages.success(request, _("The order is placed. Print the slip for the resident."))
    return redirect("orders:order", placed.pk)


def _check_page(request: HttpRequest, form: PlaceForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "item": form.item,
        "home": form.home,
        "person": form.one.person,
        "own": pages.own_live(form.item, form.one),
        "near": joinable(form.one).filter(item=form.item).first(),
    }
    return render(request, "orders/check.html", context, status=status)


@require_POST
@signed_in_only
def like(request: HttpRequest) -> HttpResponse:
    """While somebody types a wish. By POST, so that no words stand in an address; it changes nothing.

    Who asks too often gets no answer, and may type on.
    """
    one, home = standing(request), pages.home_of(standing(request).person)
    asks = count_look("like", by=one.person, address=client_address(request), at=one.at)
    words = request.POST.get("words", "")[:LONGEST_WORDS] if asks else ""
    found = likeness.like(words, home.station if home else None, one, one.at.astimezone(LOCAL).date())
    return render(request, "orders/parts/_like.html", {"like": found})


@require_POST
@signed_in_only
@once
def join(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = get_object_or_404(joinable(one), pk=pk)
    actions.join(found, by=one.person, at=one.at)
    messages.success(request, _("You have joined. You will see here when they come."))
    return redirect("orders:order", found.pk)


def _pick_address(request: HttpRequest) -> str:
    """Where somebody says which village they live in."""
    return f"{reverse('network:pick')}?{urlencode({'next': request.get_full_path()})}"
