"""The device at the door: set up by the leader, used by whoever comes, without anybody's account."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms.attending import FindForm, WalkInForm
from baixing.schedule.models import Tablet
from baixing.schedule.queries import door
from baixing.schedule.rules import tablet as rules
from baixing.schedule.views.door import qr
from baixing.schedule.views.finding import UNFIT, run_here

COOKIE = "tablet"


@require_safe
@signed_in_only
def tablets(request: HttpRequest, pk: int) -> HttpResponse:
    session, at = run_here(request, pk), now()
    rows = [(one, rules.fault(one, at), _link(request, one)) for one in session.tablets.all()]
    shown = [{"tablet": one, "fault": fault, "link": link, "picture": qr(link)} for one, fault, link in rows]
    return render(request, "schedule/tablets.html", {"session": session, "rows": shown, "over": at >= session.end})


@require_POST
@signed_in_only
@once
def set_up_tablet(request: HttpRequest, pk: int) -> HttpResponse:
    actions.set_up_tablet(run_here(request, pk), by=signed_in(request), at=now())
    return redirect("schedule:tablets", pk)


@require_POST
@signed_in_only
@once
def end_tablet(request: HttpRequest, pk: int, tablet: int) -> HttpResponse:
    found = get_object_or_404(run_here(request, pk).tablets.select_related("session__unit", "session__team"), pk=tablet)
    actions.end_tablet(found, by=signed_in(request), at=now())
    messages.success(request, _("The device at the door takes nobody in any more."))
    return redirect("schedule:tablets", pk)


@require_safe
def tablet(request: HttpRequest, token: str) -> HttpResponse:
    """What stands at the door: first the question whether this is the device, then the field."""
    found = _tablet(token)
    return _page(request, found, FindForm())


@require_POST
@once
def bind_tablet(request: HttpRequest, token: str) -> HttpResponse:
    found = _tablet(token)
    kept = actions.bind_tablet(found, at=now())
    answer = redirect("schedule:tablet", token)
    age = int((found.until - now()).total_seconds())
    answer.set_cookie(
        COOKIE, kept, max_age=age, path="/door/", secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return answer


@require_POST
def find_on_tablet(request: HttpRequest, token: str) -> HttpResponse:
    """A look, not a deed: what finds nobody stays counted."""
    found, form = _tablet(token), FindForm(request.POST)
    if not _is_it(request, found):
        return _page(request, found, form)
    typed = form.cleaned_data["typed"] if form.is_valid() else ""
    who = actions.find_on_tablet(found, typed, at=now())
    if not who:
        form.add_error("typed", _("We did not find you. Type the last four digits again, or go to the leader."))
        return _page(request, found, form, UNFIT)
    rows = [(door.row_of(one, now()), door.masked(one)) for one in who]
    return render(request, "schedule/tablet_who.html", {"session": found.session, "rows": rows, **_said(token, typed)})


@require_POST
def tablet_in(request: HttpRequest, token: str) -> HttpResponse:
    """Told twice it counts once."""
    found, form = _tablet(token), FindForm(request.POST)
    if not _is_it(request, found) or not form.is_valid():
        return _page(request, found, FindForm())
    signup = form.cleaned_data["signup"] or 0
    came = actions.check_in_on_tablet(found, signup, form.cleaned_data["typed"], at=now())
    if came.signup is not None:
        messages.success(request, _("%(name)s, you are checked in. Welcome.") % {"name": door.masked(came.signup)})
    return redirect("schedule:tablet", token)


@require_POST
def tablet_out(request: HttpRequest, token: str) -> HttpResponse:
    """Told twice it counts once."""
    found, form = _tablet(token), FindForm(request.POST)
    if not _is_it(request, found) or not form.is_valid():
        return _page(request, found, FindForm())
    signup = form.cleaned_data["signup"] or 0
    left = actions.check_out_on_tablet(found, signup, form.cleaned_data["typed"], at=now())
    if left.signup is not None:
        messages.success(request, _("%(name)s, you have checked out. Thank you.") % {"name": door.masked(left.signup)})
    return redirect("schedule:tablet", token)


@require_POST
@once
def tablet_sign_up(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody who has not signed up takes a seat here, and is here with it."""
    found = _tablet(token)
    form = WalkInForm(found.session, request.POST)
    if not _is_it(request, found):
        return _page(request, found, FindForm())
    if not form.is_valid():
        return _page(request, found, FindForm(), UNFIT, form)
    try:
        signup = actions.sign_up_on_tablet(found, form.seat(), at=now())
    except (Unfit, NotNow) as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _page(request, found, FindForm(), UNFIT, form)
    messages.success(request, _("%(name)s, you are checked in. Welcome.") % {"name": door.masked(signup)})
    return redirect("schedule:tablet", token)


def _tablet(token: str) -> Tablet:
    found = door.tablet_behind(token)
    if found is None:
        raise Http404
    return found


def _is_it(request: HttpRequest, found: Tablet) -> bool:
    """Is this the device that took the link?"""
    kept = request.COOKIES.get(COOKIE, "")
    return bool(kept) and found.device == rules.device_digest(kept)


def _page(
    request: HttpRequest, found: Tablet, form: FindForm, status: int = 200, walk_in: WalkInForm | None = None
) -> HttpResponse:
    own = _is_it(request, found)
    fault = rules.fault(found, now())
    if not fault and found.device and not own:
        fault = _("This link is used on another device. Ask the leader for one of your own.")
    seats = found.session.roles.for_residents().exists() if own and not fault else False
    context = {
        "session": found.session,
        "fault": fault,
        "own": own,
        "form": form,
        "walk_in": (walk_in or WalkInForm(found.session)) if seats else None,
        "open": walk_in is not None,
        **_said(rules.token_of(found), ""),
    }
    return render(request, "schedule/tablet.html", context, status=status)


def _said(token: str, typed: str) -> dict[str, str]:
    return {"token": token, "typed": typed}


def _link(request: HttpRequest, tablet: Tablet) -> str:
    return request.build_absolute_uri(reverse("schedule:tablet", args=[rules.token_of(tablet)]))
