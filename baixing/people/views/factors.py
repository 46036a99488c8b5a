"""My second step of signing in: an app, passkeys, and codes on paper."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import TooMany
from baixing.kernel.seal import seal, unseal
from baixing.people import actions, queries
from baixing.people.forms import CodeForm, NewPasskeyForm
from baixing.people.models import Factor, SignIn
from baixing.people.rules import factors as rules
from baixing.people.sessions import let_in, official_only, proven_only, proving
from baixing.people.sessions.steps import Kept
from baixing.people.views.proof import Challenge, host_of

PAGE = require_http_methods(["GET", "HEAD", "POST"])
UNFIT = 422


@dataclass(frozen=True)
class NewApp(Kept):
    """The key of an app that is being set up, sealed."""

    slot = "people.new_app"

    secret: str = ""
    typed: str = ""


@dataclass(frozen=True)
class NewPasskey(Kept):
    """What a passkey that is being added was asked."""

    slot = "people.new_passkey"

    asked: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class NewCodes(Kept):
    """Recovery codes that are shown until their owner says that they are kept, sealed."""

    slot = "people.new_codes"

    codes: str = ""


@require_safe
@never_cache
@official_only
@proven_only
def factors(request: HttpRequest) -> HttpResponse:
    person = proving(request).person
    context = {"factors": queries.factors_of(person), "codes_left": queries.recovery_codes_left(person)}
    return render(request, "people/factors.html", context)


@require_POST
@official_only
@proven_only
@once
def begin_app(request: HttpRequest) -> HttpResponse:
    NewApp(seal(rules.new_secret())).keep(request)
    return redirect("people:factor_app")


@PAGE
@never_cache
@official_only
@proven_only
def factor_app(request: HttpRequest) -> HttpResponse:
    here = NewApp.of(request)
    if here is None or not _opened(here.secret):
        return redirect("people:factors")
    if request.method == "POST":
        return _take_app(request, here)
    form = CodeForm({"code": here.typed}) if here.typed else CodeForm()
    if here.typed and form.is_valid():
        form.add_error("code", _("This code does not fit. Is the clock of your phone right?"))
    return _app_page(request, here, form)


@once
def _take_app(request: HttpRequest, here: NewApp) -> HttpResponse:
    """A wrong code is answered with a redirect, so that its try stays counted."""
    form, browser, status = CodeForm(request.POST), proving(request), UNFIT
    if form.is_valid():
        code, secret = form.cleaned_data["code"], _opened(here.secret)
        try:
            if actions.take_app(browser.person, secret, code, kept=browser, by=browser.person, at=now()):
                NewApp.drop(request)
                return _taken(request, browser)
            here.keep(request, typed=code)
            return redirect("people:factor_app")
        except TooMany as no:
            form.add_error("code", str(no))
            status = no.status
    return _app_page(request, here, form, status=status)


def _app_page(request: HttpRequest, here: NewApp, form: CodeForm, status: int = 200) -> HttpResponse:
    secret, person = _opened(here.secret), proving(request).person
    address = rules.app_address(secret, person)
    context = {
        "form": form,
        "picture": rules.picture(address),
        "address": address,
        "secret": rules.in_fours(secret),
        "demo_code": rules.code_after(secret, 0, now()) if settings.DEMO else "",
    }
    return render(request, "people/factor_app.html", context, status=status)


@PAGE
@never_cache
@official_only
@proven_only
def add_passkey(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _take_passkey(request)
    return _passkey_page(request, NewPasskeyForm())


@once
def _take_passkey(request: HttpRequest) -> HttpResponse:
    here, form, browser, host = NewPasskey.of(request), NewPasskeyForm(request.POST), proving(request), host_of(request)
    if form.is_valid() and here is not None:
        given, person = form.cleaned_data, browser.person
        if actions.take_passkey(
            person, given["name"], given["answer"], asked=here.asked, host=host, kept=browser, by=person, at=now()
        ):
            NewPasskey.drop(request)
            return _taken(request, browser)
    if not form.errors:
        form.add_error(None, _("The passkey could not be added. Please try again."))
    return _passkey_page(request, form, status=UNFIT)


def _passkey_page(request: HttpRequest, form: NewPasskeyForm, status: int = 200) -> HttpResponse:
    from baixing.people.rules import passkeys  # loads fido2

    person = proving(request).person
    known = queries.factors_of(person).filter(kind=Factor.Kind.PASSKEY)
    options, asked = passkeys.ask_for_new(host_of(request), person, known)
    NewPasskey(asked).keep(request)
    context = {"form": form, "passkey": options}
    return render(request, "people/factor_passkey.html", context, status=status)


@require_POST
@official_only
@proven_only
@once
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    browser = proving(request)
    factor = get_object_or_404(queries.factors_of(browser.person), pk=pk)
    actions.remove_factor(factor, kept=browser, by=browser.person, at=now())
    messages.success(request, _("Removed."))
    return redirect("people:factors")


@PAGE
@never_cache
@official_only
@proven_only
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Shown until they are kept; a POST makes new ones."""
    if request.method == "POST":
        return _make_codes(request)
    here = NewCodes.of(request)
    codes = _opened(here.codes).split() if here else []
    if not codes:
        return redirect("people:factors")
    return render(request, "people/recovery_codes.html", {"codes": codes})


@once
def _make_codes(request: HttpRequest) -> HttpResponse:
    _new_codes(request, proving(request))
    return redirect("people:recovery_codes")


@require_POST
@official_only
@once
def codes_kept(request: HttpRequest) -> HttpResponse:
    NewCodes.drop(request)
    here = Challenge.of(request)
    Challenge.drop(request)
    return redirect(here.goal if here and here.goal else "people:factors")


def _opened(sealed: str) -> str:
    """Empty when its key was taken out of use meanwhile."""
    try:
        return unseal(sealed)
    except InvalidToken:
        return ""


def _taken(request: HttpRequest, browser: SignIn) -> HttpResponse:
    """The first factor comes with codes on paper and opens the door."""
    let_in(request, browser)
    if queries.recovery_codes_left(browser.person):
        messages.success(request, _("Saved. You sign in with it from now on."))
        return redirect("people:factors")
    _new_codes(request, browser)
    return redirect("people:recovery_codes")


def _new_codes(request: HttpRequest, browser: SignIn) -> None:
    codes = actions.make_recovery_codes(browser.person, kept=browser, by=browser.person, at=now())
    NewCodes(seal(" ".join(codes))).keep(request)
