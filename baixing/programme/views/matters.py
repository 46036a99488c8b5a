"""What campaigns, contests and pages of remembrance share: their lists, and how a unit begins and changes one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.life import Life, Living
from baixing.kernel.once import once
from baixing.kernel.refusals import Overtaken, Unfit, Words
from baixing.people.sessions import signed_in
from baixing.programme.forms.parts import MatterForm, NewMatterForm
from baixing.programme.queries.matters import Line
from baixing.programme.rules import Standing
from baixing.programme.views.activities import OVERTAKEN, UNFIT, standing
from baixing.programme.views.series import offices

ROWS = 30
Thing = TypeVar("Thing", bound=Living)


@dataclass(frozen=True)
class Matter(Generic[Thing]):
    """One kind of them: `name` is that of its page and of its templates."""

    name: str
    visible: Callable[[Standing | None], QuerySet[Thing]]
    lines: Callable[[Sequence[Thing], datetime], list[Line]]
    life: Life[Standing, Thing]
    form: Callable[..., MatterForm]
    new: Callable[..., NewMatterForm]
    begun: Callable[[Thing], Mapping[str, object]]
    add: Callable[..., Thing]
    change: Callable[..., None]
    changed: Words


def listed(
    request: HttpRequest, kind: Matter[Thing], one: Standing | None, found: QuerySet[Thing], **more: object
) -> HttpResponse:
    page = Paginator(found, ROWS).get_page(request.GET.get("page", ""))
    rows = kind.lines(list(page), now())
    context = {"page": page, "rows": rows, "keeps": bool(one and one.offices), **more}
    return render(request, f"programme/{kind.name}s.html", context)


def found_one(request: HttpRequest, kind: Matter[Thing], pk: int) -> Thing:
    return get_object_or_404(kind.visible(standing(request)), pk=pk)


def allowed_one(request: HttpRequest, kind: Matter[Thing], pk: int, verb: str) -> Thing:
    """For whoever may do this with it, before they fill in a form."""
    found = found_one(request, kind, pk)
    if refusal := kind.life.refusal(verb, Standing(signed_in(request), now()), found):
        raise refusal
    return found


def add_one(request: HttpRequest, kind: Matter[Thing]) -> HttpResponse:
    form = kind.new(request.POST or None, units=offices(request))
    return _add(request, kind, form) if request.method == "POST" else _add_page(request, kind, form)


@once
def _add(request: HttpRequest, kind: Matter[Thing], form: NewMatterForm) -> HttpResponse:
    if not form.is_valid():
        return _add_page(request, kind, form, UNFIT)
    made = kind.add(form.unit_chosen(), form.said(), by=signed_in(request), at=now())
    messages.success(request, _("It is a draft. Read it once more, then publish it."))
    return redirect(f"programme:{kind.name}", made.pk)


def _add_page(request: HttpRequest, kind: Matter[Thing], form: NewMatterForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "back": reverse(f"programme:{kind.name}s")}
    return render(request, f"programme/add_{kind.name}.html", context, status=status)


def change_one(request: HttpRequest, kind: Matter[Thing], pk: int) -> HttpResponse:
    found = allowed_one(request, kind, pk, f"change_{kind.name}")
    if request.method == "POST":
        return _change(request, kind, found)
    return _change_page(request, kind, found, kind.form(initial=kind.begun(found)))


@once
def _change(request: HttpRequest, kind: Matter[Thing], found: Thing) -> HttpResponse:
    form, version = kind.form(request.POST, initial=kind.begun(found)), seen_version(request)
    if not form.is_valid():
        found.version = version or 0
        return _change_page(request, kind, found, form, UNFIT)
    try:
        kind.change(found.as_seen(version), form.said(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _change_page(request, kind, found, form, UNFIT)
    except Overtaken:
        fresh = found_one(request, kind, found.pk)
        form = kind.form(request.POST, initial=kind.begun(fresh)).beside()
        return _change_page(request, kind, fresh, form, OVERTAKEN)
    messages.success(request, str(kind.changed))
    return redirect(f"programme:{kind.name}", found.pk)


def _change_page(
    request: HttpRequest, kind: Matter[Thing], found: Thing, form: MatterForm, status: int = 200
) -> HttpResponse:
    context = {"thing": found, "form": form, "back": reverse(f"programme:{kind.name}", args=[found.pk])}
    return render(request, f"programme/change_{kind.name}.html", context, status=status)
