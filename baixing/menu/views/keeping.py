"""The menu as the staff of a centre look after it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Overtaken, Unfit
from baixing.menu import actions, queries
from baixing.menu.forms import BackForm, ItemForm, KeptForm, SynonymsForm, WhyForm, as_lines, as_typed
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.people.sessions import signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50
OVERTAKEN, UNFIT = 409, 422


@require_safe
@signed_in_only
def edit_list(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """All that stands or stood on one unit's menu, with what became of it."""
    units = queries.menus_of(signed_in(request), now())
    if not units:
        raise NotAllowed(_("Only the staff of a centre look after its menu."))
    unit = _unit(request, pk) if pk else units[0]
    asked, state = KeptForm(request.GET).asked()
    page = Paginator(queries.kept(unit, asked, state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "unit": unit,
        "units": units,
        "asked": asked,
        "state": state,
        "counts": queries.counts(unit),
        "page": page,
        "rows": queries.rows(page.object_list, get_language() or "", now().astimezone(LOCAL).date()),
    }
    return render(request, "menu/edit_list.html", context)


@PAGE
@signed_in_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    return _add(request, unit) if request.method == "POST" else _form_page(request, unit, ItemForm(initial=NEW))


@once
def _add(request: HttpRequest, unit: Unit) -> HttpResponse:
    form = ItemForm(request.POST)
    if not form.is_valid():
        return _form_page(request, unit, form, status=UNFIT)
    item = actions.add_item(unit, form.facts(), by=signed_in(request), at=now())
    messages.success(request, _("%(name)s is on the menu now.") % {"name": item.name})
    return redirect("menu:edit_list", unit.pk)


@PAGE
@signed_in_only
def change(request: HttpRequest, code: str) -> HttpResponse:
    item = _item(request, code)
    if request.method == "POST":
        return _change(request, item)
    return _form_page(request, item.unit, ItemForm(initial=as_typed(item)), item)


@once
def _change(request: HttpRequest, item: ServiceItem) -> HttpResponse:
    form = ItemForm(request.POST, initial=as_typed(item))
    version = seen_version(request)
    if not form.is_valid():
        item.version = version or 0  # as the page showed it: mending a fault does not hide a race
        return _form_page(request, item.unit, form, item, status=UNFIT)
    try:
        actions.change_item(item, form.facts(), version=version, by=signed_in(request), at=now())
    except Overtaken:
        return _both(request, _item(request, item.code))
    messages.success(request, _("%(name)s is changed.") % {"name": item.name})
    return redirect("menu:edit_list", item.unit_id)


def _both(request: HttpRequest, item: ServiceItem) -> HttpResponse:
    """What was typed, and beside it what somebody else has written meanwhile."""
    form = ItemForm(request.POST, initial=as_typed(item)).beside()
    return _form_page(request, item.unit, form, item, status=OVERTAKEN)


@require_POST
@signed_in_only
@once
def retire(request: HttpRequest, code: str) -> HttpResponse:
    item, form = _item(request, code), WhyForm(request.POST)
    if not form.is_valid():
        return _form_page(request, item.unit, ItemForm(initial=as_typed(item)), item, status=UNFIT, why=form)
    why, version = form.cleaned_data["why"], seen_version(request)
    actions.retire_item(item, why=why, version=version, by=signed_in(request), at=now())
    messages.success(request, _("%(name)s is off the menu. Orders already placed go on.") % {"name": item.name})
    return redirect("menu:edit_list", item.unit_id)


@require_POST
@signed_in_only
@once
def bring_back(request: HttpRequest, code: str) -> HttpResponse:
    item = _item(request, code)
    form = BackForm(item, request.POST)
    if form.is_valid() and _brought_back(request, item, form):
        messages.success(request, _("%(name)s is on the menu again.") % {"name": item.name})
        return redirect("menu:edit_list", item.unit_id)
    return _form_page(request, item.unit, ItemForm(initial=as_typed(item)), item, status=UNFIT, back_form=form)


def _brought_back(request: HttpRequest, item: ServiceItem, form: BackForm) -> bool:
    changed, version = form.cleaned_data["changed"], seen_version(request)
    try:
        actions.bring_back(item, changed=changed, version=version, by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error("changed", str(no))
    return form.is_valid()


@require_POST
@signed_in_only
@once
def keep_off(request: HttpRequest, code: str) -> HttpResponse:
    item = _item(request, code)
    actions.keep_off(item, version=seen_version(request), by=signed_in(request), at=now())
    messages.success(request, _("%(name)s stays off the menu. Orders already placed go on.") % {"name": item.name})
    return redirect("menu:edit_list", item.unit_id)


@require_POST
@signed_in_only
def preview(request: HttpRequest) -> HttpResponse:
    """The row of a menu that the form would make; nothing is kept."""
    return render(request, "menu/_preview.html", {"form": ItemForm(request.POST)})


@PAGE
@signed_in_only
def synonyms(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    if request.method == "POST":
        return _set_synonyms(request, unit)
    return _synonyms_page(request, unit, _synonyms_form(unit))


@once
def _set_synonyms(request: HttpRequest, unit: Unit) -> HttpResponse:
    form, seen = _synonyms_form(unit, request.POST), request.POST.get("seen", "")
    if not form.is_valid():
        return _synonyms_page(request, unit, form, status=UNFIT, seen=seen)
    try:
        actions.set_synonyms(unit, form.cleaned_data["pairs"], seen=seen, by=signed_in(request), at=now())
    except Overtaken:
        return _synonyms_page(request, unit, _synonyms_form(unit, request.POST).beside(), status=OVERTAKEN)
    messages.success(request, _("The list of words is kept. It is used from now on."))
    return redirect("menu:edit_list", unit.pk)


def _synonyms_form(unit: Unit, sent: QueryDict | None = None) -> SynonymsForm:
    """Over the list as it is now."""
    return SynonymsForm(sent, initial={"pairs": as_lines(queries.synonyms_of(unit))})


def _unit(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(queries.menus_of(signed_in(request), now()), pk=pk)


def _item(request: HttpRequest, code: str) -> ServiceItem:
    return get_object_or_404(queries.items_of(signed_in(request), now()), code=code)


def _form_page(
    request: HttpRequest, unit: Unit, form: ItemForm, item: ServiceItem | None = None, status: int = 200, **more: object
) -> HttpResponse:
    """A new item's form, or one that is changed; after a race with what the other person wrote."""
    context = {"unit": unit, "form": form, "item": item, "why": WhyForm(), "back_form": BackForm(item), **more}
    return render(request, "menu/item_form.html", context, status=status)


def _synonyms_page(
    request: HttpRequest, unit: Unit, form: SynonymsForm, status: int = 200, seen: str = ""
) -> HttpResponse:
    context = {"unit": unit, "form": form, "seen": seen or queries.synonyms_digest(unit)}
    return render(request, "menu/synonyms.html", context, status=status)


NEW = {
    "minutes": 60,
    "people": 1,
    "lead_days": 1,
    "place": ServiceItem.Place.HOME,
    "audience": ServiceItem.Audience.ANYBODY,
    "urgency": ServiceItem.Urgency.NORMAL,
    "cost": "free",
    "parts_payer": "",
}
