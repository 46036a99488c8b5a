"""What the poster and the screen at the door lead to: signing up on the spot, with an account or with a phone alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.actions import Seat
from baixing.schedule.forms.sessions import SignupForm
from baixing.schedule.models import Session, Signup
from baixing.schedule.queries import door, pages
from baixing.schedule.rules import Standing, codes
from baixing.schedule.rules.codes import Presence
from baixing.schedule.rules.signup import OPENS, PRESENT
from baixing.schedule.views.door import qr
from baixing.schedule.views.finding import UNFIT, run_here, within_sight

SEEN: Final = "at_the_door"  # in the browser's session: which code it held, and when


@require_safe
@never_cache
def come(request: HttpRequest, pk: int) -> HttpResponse:
    """With the code of the screen, this browser is known to stand there for some minutes; without, it just signs up."""
    found, code, at = within_sight(request, pk), request.GET.get("code", "")[:80], now()
    direction = codes.direction_of(code)
    fault = codes.fault(code, pk, direction, at) if code else ""
    if code and not fault and direction == codes.IN:
        request.session[SEEN] = {"session": pk, "code": code, "at": at.isoformat()}
    if code and request.user.is_authenticated and _has_signed_up(request, found):
        return redirect(f"{reverse('schedule:here', args=[pk])}?{urlencode({'code': code})}")
    return _page(request, found, _form(request, found), fault=fault)


@require_POST
@signed_in_only
@once
def come_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Oneself and the family: here at once by the code, or signed up like from home."""
    found, one = within_sight(request, pk), Standing(signed_in(request), now())
    form = _form(request, found)
    if form is None:
        return redirect("schedule:come", pk)
    if not form.is_valid():
        return _page(request, found, form, status=UNFIT)
    seats = _seats(found, form, one)
    presence = presence_of(request, found, one.at)
    try:
        if presence is not None:
            made = actions.come_in(seats, presence, by=one.person, at=one.at)
        else:
            made = actions.sign_up_all(seats, by=one.person, at=one.at)
    except Unfit as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _page(request, found, form, status=UNFIT)
    for signup in made:
        messages.success(request, words_of(signup))
    return redirect("schedule:here", pk)


@require_safe
@signed_in_only
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """A4 for the door: what is held, and where a phone signs up for it."""
    found = run_here(request, pk)
    address = request.build_absolute_uri(reverse("schedule:come", args=[pk]))
    context = {"session": found, "address": address, "picture": qr(address)}
    return render(request, "schedule/poster.html", context)


def presence_of(request: HttpRequest, found: Session, at: datetime) -> Presence | None:
    """Whether this browser has held the code of this door within the last minutes, while people come."""
    seen = request.session.get(SEEN)
    if not isinstance(seen, dict) or seen.get("session") != found.pk:
        return None
    seen_at = datetime.fromisoformat(seen["at"])
    fresh = timedelta(0) <= at - seen_at <= PRESENT and found.start - OPENS <= at < found.end
    return Presence(seen["code"], seen_at) if fresh else None


def takes(request: HttpRequest, found: Session, at: datetime) -> bool:
    """Whether anybody can sign up now: at the door until it is over, else as long as sign-up is open."""
    here = presence_of(request, found, at) is not None
    return pages.is_open(found, at) or (here and found.state in {Session.State.OPEN, Session.State.HELD})


def words_of(signup: Signup) -> str:
    """What has become of somebody who signed up at the door."""
    said = {
        Signup.State.CHECKED_IN: _("%(name)s, you are checked in. Welcome."),
        Signup.State.CONFIRMED: _("Signed up: %(name)s. Hold your phone to the screen at the door once you are there."),
        Signup.State.APPLIED: _("%(name)s: each sign-up waits for a yes. Please go to whoever stands at the door."),
        Signup.State.AWAITING_GUARDIAN: _("%(name)s: a guardian has to agree first. They have been told."),
        Signup.State.WAITING: _("%(name)s: it is full, you are in line for a seat."),
    }
    return said.get(Signup.State(signup.state), "%(name)s") % {"name": signup.name}


def _has_signed_up(request: HttpRequest, found: Session) -> bool:
    return bool(door.own_signups(found, Standing(signed_in(request), now())))


def _form(request: HttpRequest, found: Session) -> SignupForm | None:
    """For whoever is signed in: who of the family comes in, as residents."""
    if not request.user.is_authenticated or found.kind == Session.Kind.GROUP_VISIT:
        return None
    one, kinds = Standing(signed_in(request), now()), _for_residents(found)
    family = pages.family_of(one, found)
    sent = (request.POST,) if request.method == "POST" else ()
    return SignupForm(found, kinds, family, *sent) if kinds and family and takes(request, found, one.at) else None


def _for_residents(found: Session) -> list[pages.Kind]:
    return [kind for kind in pages.kinds_of(found) if not kind.role.for_volunteers]


def _seats(found: Session, form: SignupForm, one: Standing) -> list[Seat]:
    said = form.cleaned_data
    role = next(kind.role for kind in _for_residents(found) if kind.role.pk == said["role"])
    role.session = found
    family, agreed = pages.family_of(one, found), bool(said.get("agreed"))
    return [Seat(role, person, agreed=agreed) for person in family if person.pk in said["who"]]


def _page(
    request: HttpRequest, found: Session, form: SignupForm | None, *, fault: str = "", status: int = 200
) -> HttpResponse:
    at, kinds = now(), _for_residents(found)
    context = {
        "session": found,
        "kinds": kinds,
        "full": bool(kinds) and not any(kind.free for kind in kinds),
        "form": form,
        "fault": fault,
        "here": presence_of(request, found, at) is not None,
        "takes": takes(request, found, at),
        "begun": found.start <= at < found.end,
    }
    return render(request, "schedule/come.html", context, status=status)
