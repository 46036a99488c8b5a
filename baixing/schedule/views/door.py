"""The screen at the door with its code, and what somebody sees who holds their phone to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms.attending import HereForm
from baixing.schedule.models import Session
from baixing.schedule.queries import door
from baixing.schedule.rules import codes
from baixing.schedule.views.finding import run_here, seen_here, standing


@require_safe
@signed_in_only
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The code full-screen; without a script the page asks for itself anew, with one only the code does."""
    session, at = run_here(request, pk), now()
    direction = codes.OUT if request.GET.get("for") == codes.OUT else codes.IN
    address = f"{reverse('schedule:come', args=[pk])}?{urlencode({'code': codes.code_of(pk, direction, at)})}"
    context = {
        "session": session,
        "leaving": direction == codes.OUT,
        "picture": qr(request.build_absolute_uri(address)),
        "number": codes.number_of(pk, direction, at),
        "left": codes.seconds_left(at),
        "heads": door.board(session, at).heads,
    }
    return render(request, "schedule/screen.html", context)


@require_safe
@signed_in_only
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """What the code on the screen leads to. Nothing is changed by looking at it."""
    one, session = standing(request), seen_here(request, pk)
    code, rows = request.GET.get("code", "")[:80], door.own_signups(session, one)
    none_comes = any(row.here for row in rows) and not any(row.comes for row in rows)
    leaving = codes.direction_of(code) == codes.OUT if code else none_comes
    fault = codes.fault(code, pk, codes.direction_of(code), one.at) if code else ""
    context = {
        "session": session,
        "rows": rows,
        "leaving": leaving,
        "due": [row for row in rows if (row.here if leaving else row.comes)],
        "code": "" if fault else code,
        "fault": fault,
        "over": one.at >= session.end,
        "asks": door.asks_of(session, one.person),
        "open_ends": door.open_ends_of(session, one),
    }
    return render(request, "schedule/here.html", context)


@require_POST
@signed_in_only
def tell_here(request: HttpRequest, pk: int) -> HttpResponse:
    """By the code, or by the number beside it. Told twice it counts once, and a wrong number stays counted."""
    one, session, form = standing(request), seen_here(request, pk), HereForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Type the six digits that stand on the screen."))
        return redirect("schedule:here", pk)
    code = form.cleaned_data["code"] or actions.read_number(
        session, form.cleaned_data["number"], by=one.person, at=one.at
    )
    leaving = codes.direction_of(code) == codes.OUT
    rows = [row for row in door.own_signups(session, one) if (row.here if leaving else row.comes)]
    named = set(request.POST.getlist("who")) or {str(row.signup.pk) for row in rows}
    chosen = [row.signup for row in rows if str(row.signup.pk) in named]
    if not _is_told_already(session, request, leaving=leaving, chosen=len(chosen)):
        actions.tell_by_code(chosen, code, by=signed_in(request), at=now())
        messages.success(request, _thanks(len(chosen), leaving=leaving))
    return redirect("schedule:here", pk)


def qr(address: str) -> str:
    """A picture of an address, for a camera."""
    import segno

    picture: str = segno.make(address, error="m").svg_data_uri(border=2, dark="#000", light="#fff")
    return picture


def _is_told_already(session: Session, request: HttpRequest, *, leaving: bool, chosen: int) -> bool:
    """The second of two taps: everybody is where they say."""
    rows = door.own_signups(session, standing(request))
    done = [row for row in rows if row.signup.state == ("attended" if leaving else "checked_in")]
    return not chosen and bool(done)


def _thanks(heads: int, *, leaving: bool) -> str:
    if leaving:
        return _("You have checked out. Thank you for coming.")
    return ngettext("You are checked in. Welcome.", "All %(heads)d of you are checked in. Welcome.", heads) % {
        "heads": heads
    }
