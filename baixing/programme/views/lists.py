"""Activity lists: what is promised, and how far it has come."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.collections import EnterForm, ListForm, NewListForm, as_list
from baixing.programme.models import Activity, ActivityList
from baixing.programme.queries import collections as queries
from baixing.programme.rules import LIST_LIFE, Standing
from baixing.programme.views.activities import OVERTAKEN, UNFIT, standing
from baixing.programme.views.series import offices

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    context = {"rows": queries.list_rows(one), "keeps": bool(one and one.offices)}
    return render(request, "programme/lists.html", context)


@require_safe
def activity_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


@PAGE
@signed_in_only
def add_list(request: HttpRequest) -> HttpResponse:
    form = NewListForm(request.POST or None, units=offices(request))
    return _add(request, form) if request.method == "POST" else _add_page(request, form)


@once
def _add(request: HttpRequest, form: NewListForm) -> HttpResponse:
    if not form.is_valid():
        return _add_page(request, form, UNFIT)
    made = actions.add_list(form.unit_chosen(), form.promise(), by=signed_in(request), at=now())
    messages.success(request, _("It is a draft. Put activities on it, then publish it."))
    return redirect("programme:activity_list", made.pk)


def _add_page(request: HttpRequest, form: NewListForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/add_list.html", {"form": form}, status=status)


@PAGE
@signed_in_only
def change_list(request: HttpRequest, pk: int) -> HttpResponse:
    found = _allowed(request, pk, "change_list")
    if request.method == "POST":
        return _change(request, found)
    return _change_page(request, found, ListForm(initial=as_list(found)))


@once
def _change(request: HttpRequest, found: ActivityList) -> HttpResponse:
    form, version = ListForm(request.POST, initial=as_list(found)), seen_version(request)
    if not form.is_valid():
        found.version = version or 0
        return _change_page(request, found, form, UNFIT)
    try:
        actions.change_list(found.as_seen(version), form.promise(), by=signed_in(request), at=now())
    except Overtaken:
        fresh = _found(request, found.pk)
        form = ListForm(request.POST, initial=as_list(fresh)).beside()
        return _change_page(request, fresh, form, OVERTAKEN)
    messages.success(request, _("The list is changed."))
    return redirect("programme:activity_list", found.pk)


def _change_page(request: HttpRequest, found: ActivityList, form: ListForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/change_list.html", {"thing": found, "form": form}, status=status)


@require_POST
@signed_in_only
@once
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    found = _allowed(request, pk, "enter")
    page = queries.list_page(found, standing(request))
    form = EnterForm(request.POST, rows=page.candidates)
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    try:
        actions.enter(found, form.chosen(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _page(request, found, form, UNFIT)
    return redirect("programme:activity_list", pk)


@require_POST
@signed_in_only
@once
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    found = _allowed(request, pk, "strike")
    form = EnterForm(request.POST, rows=list(Activity.objects.filter(listed__on=found)))
    if not form.is_valid():
        return _page(request, found, status=UNFIT)
    actions.strike(found, form.chosen(), by=signed_in(request), at=now())
    return redirect("programme:activity_list", pk)


@require_POST
@signed_in_only
@once
def publish_list(request: HttpRequest, pk: int) -> HttpResponse:
    actions.publish_list(_found(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("Everybody reads the list now, and how far it has come."))
    return redirect("programme:activity_list", pk)


@require_POST
@signed_in_only
@once
def close_list(request: HttpRequest, pk: int) -> HttpResponse:
    actions.close_list(_found(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("The list is closed. It stays where everybody can read it."))
    return redirect("programme:activity_list", pk)


def _found(request: HttpRequest, pk: int) -> ActivityList:
    return get_object_or_404(queries.visible_lists(standing(request)), pk=pk)


def _allowed(request: HttpRequest, pk: int, verb: str) -> ActivityList:
    found = _found(request, pk)
    if refusal := LIST_LIFE.refusal(verb, Standing(signed_in(request), now()), found):
        raise refusal
    return found


def _page(request: HttpRequest, found: ActivityList, form: EnterForm | None = None, status: int = 200) -> HttpResponse:
    page = queries.list_page(found, standing(request))
    context = {"page": page, "form": form or EnterForm(rows=page.candidates)}
    return render(request, "programme/activity_list.html", context, status=status)
