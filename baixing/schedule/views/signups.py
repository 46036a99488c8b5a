"""Signing up, with an account or with a phone alone, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import client_address, seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Refused, Unfit
from baixing.look import said
from baixing.people import actions as people
from baixing.people.models import Code
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions, queries
from baixing.schedule.actions import Seat
from baixing.schedule.forms.sessions import CodeForm, GuestForm, SignupForm, WhyForm
from baixing.schedule.models import Session, Signup
from baixing.schedule.queries import pages
from baixing.schedule.rules import Standing
from baixing.schedule.rules.signup import check_may
from baixing.schedule.views.coming import presence_of, takes, words_of
from baixing.schedule.views.finding import within_sight
from baixing.schedule.views.sessions import show

PAGE = require_http_methods(["GET", "HEAD", "POST"])
UNFIT = 422
GUEST: Final = "guest_signup"
DEEDS: Final[dict[str, Callable[..., None]]] = {
    "confirm": actions.confirm,
    "cancel": actions.cancel,
    "allow": actions.allow,
    "approve": actions.approve,
    "offer": actions.offer,
    "keep": actions.keep,
}


@require_POST
@signed_in_only
@once
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = within_sight(request, pk), Standing(signed_in(request), now())
    family, kinds = pages.family_of(one, found), pages.kinds_of(found)
    form = SignupForm(found, kinds, family, request.POST)
    if not form.is_valid():
        return show(request, found, form, status=UNFIT)
    said_by = form.cleaned_data
    role = next(kind.role for kind in kinds if kind.role.pk == said_by["role"])
    role.session = found
    agreed = bool(said_by.get("agreed"))
    try:
        if form.group:
            wanted = [Seat(role, party=said_by["party"], headcount=said_by["headcount"], agreed=agreed)]
        else:
            wanted = [Seat(role, person, agreed=agreed) for person in family if person.pk in said_by["who"]]
        made = actions.sign_up_all(wanted, by=one.person, at=one.at)
    except Unfit as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return show(request, found, form, status=UNFIT)
    _tell(request, made)
    return redirect("schedule:session", found.pk)


def _tell(request: HttpRequest, made: list[Signup]) -> None:
    words = {
        Signup.State.CONFIRMED: _("Signed up: %(names)s."),
        Signup.State.WAITING: _("It is full. In line for a seat: %(names)s. We tell you when one comes free."),
        Signup.State.APPLIED: _("The sign-up has arrived: %(names)s. We tell you when it is decided."),
        Signup.State.AWAITING_GUARDIAN: _("A guardian has to agree first: %(names)s. They have been told."),
    }
    for state, text in words.items():
        names = [one.person.name if one.person else one.party for one in made if one.state == state]
        if names:
            messages.success(request, text % {"names": _(", ").join(names)})


@require_safe
@signed_in_only
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "schedule/signups.html", {"mine": pages.mine(Standing(signed_in(request), now()), now())})


@require_safe
@signed_in_only
def signup(request: HttpRequest, pk: int) -> HttpResponse:
    one = Standing(signed_in(request), now())
    return _signup_page(request, _own(pk, one), one)


def _own(pk: int, one: Standing) -> Signup:
    rows = queries.visible_signups(one).distinct()
    return get_object_or_404(rows.select_related("session__unit", "session__team", "role", "person", "by"), pk=pk)


def _signup_page(
    request: HttpRequest, found: Signup, one: Standing, why: WhyForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"own": pages.own_of(found, one), "why": why or WhyForm(), "runs": one.runs(found.session)}
    return render(request, "schedule/signup.html", context, status=status)


@require_POST
@signed_in_only
@once
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    one = Standing(signed_in(request), now())
    found = _own(pk, one)
    check_may(verb, one, found)
    found = found.as_seen(seen_version(request))
    DEEDS[verb](found, by=one.person, at=one.at)
    messages.success(request, _("Done: %(state)s.") % {"state": found.get_state_display()})
    return _back(request, found, one)


@require_POST
@signed_in_only
@once
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    one, why = Standing(signed_in(request), now()), WhyForm(request.POST)
    found = _own(pk, one)
    check_may("reject", one, found)
    if not why.is_valid():
        return _signup_page(request, found, one, why, UNFIT)
    actions.reject(found.as_seen(seen_version(request)), words=why.cleaned_data["words"], by=one.person, at=one.at)
    messages.success(request, _("They have been told why."))
    return _back(request, found, one)


def _back(request: HttpRequest, found: Signup, one: Standing) -> HttpResponse:
    """To the list of whoever runs it and came from there; else to the sign-up."""
    if one.runs(found.session) and request.POST.get("from") == "people":
        return redirect("schedule:people", found.session_id)
    return redirect("schedule:signup", found.pk)


@PAGE
@never_cache
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Without an account: a name, and a phone that gets a code."""
    found = within_sight(request, pk)
    kinds = pages.kinds_of(found)
    if request.method == "POST":
        return _ask(request, found, GuestForm(found, kinds, request.POST))
    return _guest_page(request, found, GuestForm(found, kinds))


@once
def _ask(request: HttpRequest, found: Session, form: GuestForm) -> HttpResponse:
    if not form.is_valid():
        return _guest_page(request, found, form, UNFIT)
    told = form.cleaned_data
    try:
        nonce, _code = people.ask_code(
            told["phone"], purpose=Code.Purpose.SIGN_UP, address=client_address(request), at=now()
        )
    except Refused as no:
        form.add_error("phone", str(no))
        return _guest_page(request, found, form, no.status)
    kept = {"session": found.pk, "role": told["role"], "name": told["name"], "agreed": bool(told.get("agreed"))}
    request.session[GUEST] = {**kept, "nonce": nonce, "shown": said.masked_phone(told["phone"])}
    return redirect("schedule:guest_code", found.pk)


def _guest_page(request: HttpRequest, found: Session, form: GuestForm, status: int = 200) -> HttpResponse:
    at = now()
    here = presence_of(request, found, at) is not None
    context = {"session": found, "form": form, "takes": takes(request, found, at), "here": here}
    return render(request, "schedule/guest.html", context, status=status)


@PAGE
@never_cache
def guest_code(request: HttpRequest, pk: int) -> HttpResponse:
    found, kept = within_sight(request, pk), request.session.get(GUEST)
    if not kept or kept["session"] != found.pk:
        return redirect("schedule:guest", found.pk)
    if request.method == "POST":
        return _guest_sign_up(request, found, kept)
    return _code_page(request, found, kept, CodeForm())


@once
def _guest_sign_up(request: HttpRequest, found: Session, kept: dict[str, str]) -> HttpResponse:
    """A wrong code is answered with a redirect, so that its try stays counted."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, found, kept, form, UNFIT)
    if people.answer_code(kept["nonce"], form.cleaned_data["code"].strip(), at=now()) is None:
        messages.error(request, _("This is not the code, or it is too old. Look again, or ask for a new one."))
        return redirect("schedule:guest_code", found.pk)
    phone = people.spend(kept["nonce"], purpose=Code.Purpose.SIGN_UP, at=now()).phone
    role = get_object_or_404(found.roles, pk=kept["role"])
    role.session = found
    seat, at = Seat(role, guest=kept["name"], phone=phone, agreed=bool(kept["agreed"])), now()
    if (presence := presence_of(request, found, at)) is not None:
        (made,) = actions.come_in([seat], presence, by=None, at=at)
        messages.success(request, words_of(made))
    else:
        made = actions.sign_up(seat, by=None, at=at)
    del request.session[GUEST]
    return redirect("schedule:tracked", made.code)


def _code_page(
    request: HttpRequest, found: Session, kept: dict[str, str], form: CodeForm, status: int = 200
) -> HttpResponse:
    context = {"session": found, "form": form, "shown": kept["shown"]}
    return render(request, "schedule/guest_code.html", context, status=status)


@require_safe
@never_cache
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    """A sign-up without an account, for whoever has its code."""
    found = _guest_signup(code)
    return render(request, "schedule/tracked.html", {"own": pages.tracked(found)})


@require_POST
@once
def tracked_do(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    found = _guest_signup(code).as_seen(seen_version(request))
    DEEDS[verb](found, by=None, at=now())
    messages.success(request, _("Done: %(state)s.") % {"state": found.get_state_display()})
    return redirect("schedule:tracked", found.code)


def _guest_signup(code: str) -> Signup:
    rows = Signup.objects.filter(person=None, by=None).select_related("session__unit", "role")
    return get_object_or_404(rows, code=code)
