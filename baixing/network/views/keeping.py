"""Units as those in charge keep them: what they tell, what hangs below, where they lie."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.network import actions
from baixing.network.forms import MoveForm, NewUnitForm, PlaceForm, UnitForm, as_placed, as_typed
from baixing.network.models import Unit
from baixing.network.rules import edits, shapes
from baixing.people.sessions import signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422


@PAGE
@signed_in_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _kept(request, pk)
    if request.method == "POST":
        return _edit(request, unit)
    return _edit_page(request, unit, UnitForm(initial=as_typed(unit)))


@once
def _edit(request: HttpRequest, unit: Unit) -> HttpResponse:
    form, seen = UnitForm(request.POST, initial=as_typed(unit)), seen_version(request)
    if not form.is_valid():
        unit.version = seen or 0  # as the page showed it: mending a fault does not hide a race
        return _edit_page(request, unit, form, UNFIT)
    try:
        actions.change_unit(unit, form.facts(), seen=seen, by=signed_in(request), at=now())
    except Overtaken:
        unit.refresh_from_db()
        return _edit_page(request, unit, UnitForm(request.POST, initial=as_typed(unit)).beside(), OVERTAKEN)
    except Unfit as unfit:
        form.add_error(unfit.field, str(unfit))
        return _edit_page(request, unit, form, UNFIT)
    return _kept_page(request, unit)


def _edit_page(request: HttpRequest, unit: Unit, form: UnitForm, status: int = 200) -> HttpResponse:
    context = {"unit": unit, "form": form, "shapes": shapes(signed_in(request), unit, now())}
    return render(request, "network/edit.html", context, status=status)


@PAGE
@signed_in_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    parent = _kept(request, pk)
    if parent.is_partner():
        raise NotAllowed(_("Nothing hangs below a member unit or a practice base."))
    if request.method == "POST":
        return _add(request, parent)
    return render(request, "network/add.html", {"unit": parent, "form": NewUnitForm(parent=parent)})


@once
def _add(request: HttpRequest, parent: Unit) -> HttpResponse:
    form = NewUnitForm(request.POST, parent=parent)
    if not form.is_valid():
        return render(request, "network/add.html", {"unit": parent, "form": form}, status=UNFIT)
    said = dict(form.cleaned_data)
    kind = Unit.Kind(said.pop("kind"))
    unit = actions.add_unit(kind, said.pop("short"), parent, by=signed_in(request), at=now(), **said)
    messages.success(request, _("%(name)s is part of the network now.") % {"name": unit.short})
    return redirect("desks:unit", unit.pk)


@PAGE
@signed_in_only
def move(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _kept(request, pk)
    if unit.parent is None or not shapes(signed_in(request), unit.parent, now()):
        raise NotAllowed(_("Only those in charge above a unit hang it elsewhere."))
    return _move(request, unit) if request.method == "POST" else _move_page(request, unit, MoveForm())


@once
def _move(request: HttpRequest, unit: Unit) -> HttpResponse:
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _move_page(request, unit, form, UNFIT)
    try:
        actions.move_unit(unit, form.cleaned_data["parent"], by=signed_in(request), at=now())
    except Unfit as unfit:
        form.add_error(unfit.field, str(unfit))
        return _move_page(request, unit, form, UNFIT)
    return _kept_page(request, unit)


def _move_page(request: HttpRequest, unit: Unit, form: MoveForm, status: int = 200) -> HttpResponse:
    return render(request, "network/move.html", {"unit": unit, "form": form}, status=status)


@PAGE
@signed_in_only
def place(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _kept(request, pk)
    if request.method == "POST":
        return _place(request, unit)
    return _place_page(request, unit, PlaceForm(initial=as_placed(unit)))


@once
def _place(request: HttpRequest, unit: Unit) -> HttpResponse:
    form, seen = PlaceForm(request.POST, initial=as_placed(unit)), seen_version(request)
    if not form.is_valid():
        unit.version = seen or 0  # as the page showed it
        return _place_page(request, unit, form, UNFIT)
    if seen is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    said, by = form.cleaned_data, signed_in(request)
    try:
        actions.place_unit(unit, said["lat"], said["lon"], source=said["source"], seen=seen, by=by, at=now())
    except Overtaken:
        unit.refresh_from_db()
        return _place_page(request, unit, PlaceForm(request.POST, initial=as_placed(unit)).beside(), OVERTAKEN)
    return _kept_page(request, unit)


def _place_page(request: HttpRequest, unit: Unit, form: PlaceForm, status: int = 200) -> HttpResponse:
    return render(request, "network/place.html", {"unit": unit, "form": form}, status=status)


def _kept(request: HttpRequest, pk: int) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not edits(signed_in(request), unit, now()):
        raise NotAllowed(_("Only those in charge of this unit, or of one above it, change its page."))
    return unit


def _kept_page(request: HttpRequest, unit: Unit) -> HttpResponse:
    messages.success(request, _("Saved. Everybody sees it now."))
    return redirect("desks:unit", unit.pk)
