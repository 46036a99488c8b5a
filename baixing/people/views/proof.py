"""The second step of signing in: a code of the app, a passkey, or a code on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import TooMany
from baixing.people import actions, queries
from baixing.people.forms import CodeForm, PasskeyForm, RecoveryForm
from baixing.people.models import Factor, SignIn
from baixing.people.sessions import first_place, let_in, official_only, proving, safe_next
from baixing.people.sessions.steps import Kept

PAGE = require_http_methods(["GET", "HEAD", "POST"])
UNFIT = 422
WRONG = "wrong"
Deed = Callable[[SignIn], bool]


@dataclass(frozen=True)
class Challenge(Kept):
    """What the browser's passkeys are asked, and what went wrong the last time."""

    slot = "people.challenge"

    asked: dict[str, object] = field(default_factory=dict)
    typed: str = ""
    goal: str = ""


@PAGE
@never_cache
@official_only
def factor(request: HttpRequest) -> HttpResponse:
    """Without a factor one is set up first."""
    here = _here(request)
    if not queries.has_factor(proving(request).person):
        return redirect("people:factors")
    if request.method == "POST":
        return _answer_code(request)
    form = CodeForm({"code": here.typed}) if here.typed else CodeForm()
    if here.typed and form.is_valid():
        form.add_error("code", _wrong())
    return _page(request, here, form)


@once
def _answer_code(request: HttpRequest) -> HttpResponse:
    """A wrong code is answered with a redirect, so that its try stays counted."""
    here, form, at = _here(request), CodeForm(request.POST), now()
    if not form.is_valid():
        return _page(request, here, form, status=UNFIT)
    code = form.cleaned_data["code"]
    try:
        return _try(request, here, code, lambda browser: actions.prove_by_app(browser, code, at=at))
    except TooMany as no:
        form.add_error("code", str(no))
        return _page(request, here, form, status=no.status)


@require_POST
@official_only
@once
def factor_passkey(request: HttpRequest) -> HttpResponse:
    here, form, at = _here(request), PasskeyForm(request.POST), now()
    if not form.is_valid() or not here.asked:
        return redirect("people:factor")
    answer, host = form.cleaned_data["answer"], host_of(request)
    return _try(
        request, here, WRONG,
        lambda browser: actions.prove_by_passkey(browser, answer, asked=here.asked, host=host, at=at),
    )  # fmt: skip


@PAGE
@never_cache
@official_only
def factor_recovery(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _answer_recovery(request)
    here = _here(request)
    form = RecoveryForm({"code": here.typed}) if here.typed else RecoveryForm()
    if here.typed and form.is_valid():
        form.add_error("code", _("This code is wrong, or was used already."))
    return render(request, "people/factor_recovery.html", {"form": form})


@once
def _answer_recovery(request: HttpRequest) -> HttpResponse:
    here, form, at, status = _here(request), RecoveryForm(request.POST), now(), UNFIT
    if form.is_valid():
        code = form.cleaned_data["code"]
        try:
            prove = actions.prove_by_recovery_code
            return _try(request, here, code, lambda browser: prove(browser, code, at=at), "people:factor_recovery")
        except TooMany as no:
            form.add_error("code", str(no))
            status = no.status
    return render(request, "people/factor_recovery.html", {"form": form}, status=status)


def _try(request: HttpRequest, here: Challenge, typed: str, prove: Deed, again: str = "people:factor") -> HttpResponse:
    browser = proving(request)
    if not prove(browser):
        here.keep(request, typed=typed, asked={})
        return redirect(again)
    Challenge.drop(request)
    let_in(request, browser)
    return redirect(here.goal or first_place(request))


def _page(request: HttpRequest, here: Challenge, form: CodeForm, status: int = 200) -> HttpResponse:
    person, at = proving(request).person, now()
    kinds = set(queries.factors_of(person).values_list("kind", flat=True))
    context = {
        "form": form,
        "has_app": Factor.Kind.APP in kinds,
        "passkey": _ask_passkey(request, here) if Factor.Kind.PASSKEY in kinds else "",
        "refused": here.typed == WRONG,
        "codes_left": queries.recovery_codes_left(person),
        "demo_code": queries.demo_factor(person, at),
    }
    return render(request, "people/factor.html", context, status=status)


def _ask_passkey(request: HttpRequest, here: Challenge) -> str:
    """What the browser asks the person's passkeys, as JSON; remembered, to compare with the answer."""
    from baixing.people.rules import passkeys  # loads fido2

    known = queries.factors_of(proving(request).person).filter(kind=Factor.Kind.PASSKEY)
    options, asked = passkeys.ask(host_of(request), known)
    here.keep(request, asked=asked, typed="")
    return options


def _here(request: HttpRequest) -> Challenge:
    """With the page to go on to, as this address or an earlier one of these pages said."""
    here = Challenge.of(request) or Challenge()
    if goal := safe_next(request, request.GET.get("next", "")):
        here = Challenge(here.asked, here.typed, goal)
        here.keep(request)
    return here


def host_of(request: HttpRequest) -> str:
    """The name this site is reached by, without its port: what its passkeys belong to."""
    return request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()


def _wrong() -> str:
    return _("This code is wrong, or was used already. Wait for the next one in your app.")
