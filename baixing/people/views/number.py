"""My number: a code to the old one, unless I have just signed in with it, and a code to the new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import now
from baixing.kernel.http import client_address
from baixing.kernel.once import once
from baixing.kernel.refusals import Refused, TooMany
from baixing.look import said
from baixing.people import actions, queries
from baixing.people.forms import CodeForm, NewNumberForm
from baixing.people.sessions import current, proven_only, signed_in, signed_in_only
from baixing.people.sessions.steps import Change

PAGE = require_http_methods(["GET", "HEAD", "POST"])
UNFIT = 422


@PAGE
@never_cache
@signed_in_only
@proven_only
def number(request: HttpRequest) -> HttpResponse:
    if not queries.may_take_number(current(request), _change(request).old, now()):
        return redirect("people:number_old")
    if request.method == "POST":
        return _send(request)
    return render(request, "people/number.html", {"form": NewNumberForm(), "person": signed_in(request)})


@once
def _send(request: HttpRequest) -> HttpResponse:
    form, person, status = NewNumberForm(request.POST), signed_in(request), UNFIT
    if form.is_valid():
        phone, address = form.cleaned_data["phone"], client_address(request)
        try:
            nonce = actions.ask_new_number(person, phone, address=address, by=person, at=now())
            _change(request).keep(request, new=nonce, shown=said.masked_phone(phone), typed="")
            return redirect("people:number_code")
        except Refused as no:
            form.add_error("phone", str(no))
            status = no.status
    return render(request, "people/number.html", {"form": form, "person": person}, status=status)


@PAGE
@never_cache
@signed_in_only
@proven_only
def number_old(request: HttpRequest) -> HttpResponse:
    here = _change(request)
    if request.method == "POST":
        return _answer_old(request)
    return _old_page(request, here, _form(here))


@require_POST
@signed_in_only
@proven_only
@once
def number_send(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    try:
        nonce = actions.ask_old_number(person, address=client_address(request), by=person, at=now())
        Change(old=nonce).keep(request)
    except TooMany as no:
        messages.warning(request, str(no))
    return redirect("people:number_old")


@once
def _answer_old(request: HttpRequest) -> HttpResponse:
    """A wrong code is answered with a redirect, so that its try stays counted."""
    here, form = _change(request), CodeForm(request.POST)
    if not form.is_valid():
        return _old_page(request, here, form, status=UNFIT)
    if actions.answer_code(here.old, form.cleaned_data["code"], at=now()) is None:
        here.keep(request, typed=form.cleaned_data["code"])
        return redirect("people:number_old")
    here.keep(request, typed="")
    return redirect("people:number")


def _old_page(request: HttpRequest, here: Change, form: CodeForm, status: int = 200) -> HttpResponse:
    demo_text = queries.demo_text(here.old)
    context = {"form": form, "step": here, "person": signed_in(request), "demo_text": demo_text}
    return render(request, "people/number_old.html", context, status=status)


@PAGE
@never_cache
@signed_in_only
@proven_only
def number_code(request: HttpRequest) -> HttpResponse:
    here = _change(request)
    if not here.new:
        return redirect("people:number")
    if request.method == "POST":
        return _take(request, here)
    return _code_page(request, here, _form(here))


@once
def _take(request: HttpRequest, here: Change) -> HttpResponse:
    form, person, at = CodeForm(request.POST), signed_in(request), now()
    if not form.is_valid():
        return _code_page(request, here, form, status=UNFIT)
    if actions.answer_code(here.new, form.cleaned_data["code"], at=at) is None:
        here.keep(request, typed=form.cleaned_data["code"])
        return redirect("people:number_code")
    actions.change_number(person, here.new, old_proof=here.old, kept=current(request), by=person, at=at)
    Change.drop(request)
    messages.success(request, _("Your number is changed. You sign in with the new one from now on."))
    return redirect("people:me")


def _code_page(request: HttpRequest, here: Change, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "step": here, "demo_text": queries.demo_text(here.new)}
    return render(request, "people/number_code.html", context, status=status)


def _form(here: Change) -> CodeForm:
    """With the code that did not fit, when there is one."""
    form = CodeForm({"code": here.typed}) if here.typed else CodeForm()
    if here.typed and form.is_valid():
        form.add_error("code", _("This code is wrong or too old. Look again, or ask for a new one."))
    return form


def _change(request: HttpRequest) -> Change:
    return Change.of(request) or Change()
