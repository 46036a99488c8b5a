"""Pages of remembrance, and what people leave there."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.remembrance import NewRemembranceForm, RemembranceForm, TributeForm, as_remembrance
from baixing.programme.models import Remembrance, Tribute
from baixing.programme.queries import remembrance as queries
from baixing.programme.queries.matters import remembrance_lines
from baixing.programme.rules import REMEMBRANCE_LIFE, Standing
from baixing.programme.views.activities import UNFIT, standing
from baixing.programme.views.matters import ROWS, Matter, add_one, change_one, found_one, listed

PAGE = require_http_methods(["GET", "HEAD", "POST"])


REMEMBRANCE: Final = Matter(
    name="remembrance",
    visible=queries.visible_remembrances,
    lines=remembrance_lines,
    life=REMEMBRANCE_LIFE,
    form=RemembranceForm,
    new=NewRemembranceForm,
    begun=as_remembrance,
    add=actions.add_remembrance,
    change=actions.change_remembrance,
    changed=_lazy("The page is changed."),
)


@require_safe
def remembrances(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    return listed(request, REMEMBRANCE, one, queries.listed_remembrances(one))


@require_safe
def remembrance(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


@PAGE
@signed_in_only
def add_remembrance(request: HttpRequest) -> HttpResponse:
    return add_one(request, REMEMBRANCE)


@PAGE
@signed_in_only
def change_remembrance(request: HttpRequest, pk: int) -> HttpResponse:
    return change_one(request, REMEMBRANCE, pk)


@require_POST
@signed_in_only
@once
def publish_remembrance(request: HttpRequest, pk: int) -> HttpResponse:
    actions.publish_remembrance(_found(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("The page is open."))
    return redirect("programme:remembrance", pk)


@require_POST
@signed_in_only
@once
def close_remembrance(request: HttpRequest, pk: int) -> HttpResponse:
    actions.close_remembrance(_found(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("The page is closed. Flowers and words stay."))
    return redirect("programme:remembrance", pk)


@require_POST
@signed_in_only
@once
def leave_tribute(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _found(request, pk), TributeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    said = form.cleaned_data
    try:
        made = actions.leave_tribute(found, said["flower"], said["words"], by=signed_in(request), at=now())
    except NotNow as no:
        form.add_error(None, str(no))
        return _page(request, found, form, no.status)
    waits = _("Your flower lies here. Your words are shown once somebody has read them.")
    messages.success(request, waits if made.words else _("Your flower lies here."))
    return redirect("programme:remembrance", pk)


@require_POST
@signed_in_only
@once
def withdraw_tribute(request: HttpRequest, pk: int) -> HttpResponse:
    mine = queries.remembrance_page(_found(request, pk), Standing(signed_in(request), now())).mine
    if mine is None:
        raise NotNow(_("Nothing of yours lies here any more."))
    actions.withdraw_tribute(mine, by=signed_in(request), at=now())
    messages.success(request, _("Taken back, with its words."))
    return redirect("programme:remembrance", pk)


@require_safe
@signed_in_only
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever keeps the page: what people have left."""
    found, one = _found(request, pk), Standing(signed_in(request), now())
    if not one.is_in_charge(found.unit):
        raise NotAllowed(_("Only the head and the staff of the unit read the words first."))
    page = Paginator(queries.words_to_read(found), ROWS).get_page(request.GET.get("page", ""))
    context = {"found": found, "page": page, "rows": queries.words_rows(page, one)}
    return render(request, "programme/words.html", context)


@require_POST
@signed_in_only
@once
def show_words(request: HttpRequest, pk: int) -> HttpResponse:
    found = _tribute(request, pk)
    actions.show_words(found, by=signed_in(request), at=now())
    return redirect("programme:words", found.page_id)


@require_POST
@signed_in_only
@once
def keep_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = _tribute(request, pk)
    actions.keep_back(found, by=signed_in(request), at=now())
    return redirect("programme:words", found.page_id)


def _found(request: HttpRequest, pk: int) -> Remembrance:
    return found_one(request, REMEMBRANCE, pk)


def _tribute(request: HttpRequest, pk: int) -> Tribute:
    return get_object_or_404(queries.visible_tributes(Standing(signed_in(request), now())), pk=pk)


def _page(request: HttpRequest, found: Remembrance, form: TributeForm | None = None, status: int = 200) -> HttpResponse:
    shown = Paginator(queries.shown_words(found), ROWS).get_page(request.GET.get("page", ""))
    context = {
        "remembrance": queries.remembrance_page(found, standing(request)),
        "page": shown,
        "form": form or TributeForm(initial={"flower": Tribute.Flower.CHRYSANTHEMUM}),
        "is_open": found.state == Remembrance.State.PUBLISHED,
    }
    return render(request, "programme/remembrance.html", context, status=status)
