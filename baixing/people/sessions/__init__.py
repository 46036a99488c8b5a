"""Who is signed in with this browser. The only place that signs in and out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login, logout
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from baixing.kernel.calendar import now
from baixing.kernel.http import back, client_address, own_path
from baixing.kernel.refusals import NotAllowed
from baixing.look import frame
from baixing.look.said import device_words
from baixing.people import actions, queries, rules
from baixing.people.models import Person, SignIn
from baixing.people.sessions.steps import SLOT, Door

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF_WAY = "half_way"
READ = "_read_sign_in"  # where a request keeps what it has read
YEAR = 365 * 24 * 3600

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Answer = Callable[[HttpRequest], HttpResponse]


def signed_in(request: HttpRequest) -> Person:
    """The person of this browser, in a view that only the signed-in reach."""
    if not isinstance(request.user, Person):
        raise NotAllowed
    return request.user


def signed_in_only(view: View[P]) -> View[P]:
    """Everybody else signs in first and comes back to where they were."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return _to_sign_in(request)

    return guarded


def half_way(request: HttpRequest) -> SignIn | None:
    """The sign-in of somebody who still owes the second factor. To all other pages they are nobody."""
    found = getattr(request, HALF_WAY, None)
    return found if isinstance(found, SignIn) else None


def proving(request: HttpRequest) -> SignIn:
    """The sign-in of this browser, wholly or half way in, in a view that only those with a post reach."""
    browser = half_way(request) or current(request)
    if browser is None or not browser.official:
        raise NotAllowed(_("Only whoever holds a post has a second step of signing in."))
    return browser


def official_only(view: View[P]) -> View[P]:
    """For whoever holds a post, half way in too."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if half_way(request) is None and not request.user.is_authenticated:
            return _to_sign_in(request)
        proving(request)
        return view(request, *args, **kwargs)

    return guarded


def proven_only(view: View[P]) -> View[P]:
    """Whoever has a second factor has shown it here within a quarter of an hour, or does so first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        browser = half_way(request) or current(request)
        owes = browser is not None and browser.official and not rules.is_proven(browser, now())
        if browser is not None and owes and queries.has_factor(browser.person):
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def sign_in(request: HttpRequest, person: Person) -> None:
    """Under a new session id; whoever was signed in with this browser is signed out."""
    sign_out(request)
    request.session.pop(SLOT, None)
    login(request, person, backend=BACKEND)
    request.session.set_expiry(int(rules.RESIDENT_WHOLE.total_seconds()))


def way_in(request: HttpRequest, goal: str) -> str:
    """Where somebody who has just signed in goes: by the second factor, when they owe it."""
    browser = current(request)
    if browser is None or not rules.owes_factor(browser):
        return goal or first_place(request)
    return _address("people:factor", safe_next(request, goal))


def first_place(request: HttpRequest) -> str:
    """Where whoever signed in without a goal begins: at their desk, if they have one."""
    nav = frame.of(request).nav
    return nav[0].url if nav else "/"


def let_in(request: HttpRequest, browser: SignIn) -> None:
    """The second factor was shown: under a new session id."""
    request.session.cycle_key()
    actions.move_session(browser, str(request.session.session_key))
    request.user = browser.person


def note_sign_in(request: HttpRequest, user: Person, **_: object) -> None:
    """Heard from Django: however somebody is signed in, it is listed among their sign-ins and can be ended there."""
    if request.session.session_key is None:
        request.session.create()
    actions.open_session(
        user,
        str(request.session.session_key),
        device=device_words(request.headers.get("User-Agent", "")),
        address=client_address(request),
        at=now(),
    )


def sign_out(request: HttpRequest) -> None:
    """Whoever is in, wholly or half way."""
    if (browser := current(request)) is not None:
        actions.end_session(browser, by=browser.person, at=now())
        logout(request)


def current(request: HttpRequest) -> SignIn | None:
    """The sign-in of this browser, as this request has read it."""
    key = request.session.session_key or ""
    kept: tuple[str, SignIn | None] | None = getattr(request, READ, None)
    if kept is None or kept[0] != key:
        kept = (key, queries.sign_in_of(key, now()))
        setattr(request, READ, kept)
    return kept[1]


def safe_next(request: HttpRequest, asked: str) -> str:
    """Where to go after signing in: a path of ours that is no door, or nothing."""
    return "" if asked.lower().startswith(("/in/", "/out/")) else own_path(request, asked)


def door(request: HttpRequest) -> Door | None:
    return Door.of(request)


class SessionsMiddleware:
    """Throws out browsers whose sign-in has ended, makes nobody of those who owe the second factor,
    and speaks the language of the person.

    Stands after AuthenticationMiddleware and LocaleMiddleware.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _recognise(request)
        if request.user.is_authenticated:
            _keep_or_throw_out(request)
        _speak(request)
        return _remember_language(request, self.get_response(request))


def _recognise(request: HttpRequest) -> None:
    """The person comes with their sign-in, by what Django would look at, so that it need not ask again."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return
    found = current(request)
    if found is None or request.session[SESSION_KEY] != str(found.person_id) or not found.person.is_active:
        return
    sealed = request.session.get(HASH_SESSION_KEY, "")
    if constant_time_compare(sealed, found.person.get_session_auth_hash()):
        request._cached_user = request.user = found.person  # type: ignore[attr-defined]  # noqa: SLF001 - where Django looks first


def _keep_or_throw_out(request: HttpRequest) -> None:
    at, found = now(), current(request)
    if found is None or found.person_id != request.user.pk:
        logout(request)
    elif rules.is_over(found, at):
        actions.end_session(found, by=None, at=at)
        logout(request)
    else:
        request.sign_in = found.pk  # type: ignore[attr-defined]  # for apps below, which know no sign-ins
        with suppress(OperationalError):  # a full disk keeps nobody from reading
            actions.see(found, at=at)
        if rules.owes_factor(found):
            setattr(request, HALF_WAY, found)
            request.user = AnonymousUser()


def _speak(request: HttpRequest) -> None:
    if isinstance(request.user, Person) and request.user.language:
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = request.user.language


def _remember_language(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """A language chosen on any page is the person's from now on, on their other devices too."""
    person = request.user
    if not isinstance(person, Person):
        return answer
    chosen = answer.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen is not None and chosen.value in Person.Language.values:
        if chosen.value != person.language:
            actions.choose_language(person, chosen.value, by=person, at=now())
    elif person.language and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != person.language:
        set_language(answer, person.language)
    return answer


def set_language(answer: HttpResponse, language: str) -> None:
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Or to the second factor, whoever needs no more than that."""
    reading = request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request")
    came_from = safe_next(request, request.get_full_path() if reading else back(request))
    known = half_way(request) or request.user.is_authenticated
    address = _address("people:factor" if known else "people:sign_in", came_from)
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _address(name: str, goal: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': goal})}" if goal else reverse(name)
