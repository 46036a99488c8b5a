"""When and where an activity is held."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.sessions import SessionsForm
from baixing.programme.models import Activity
from baixing.programme.rules.festivals import festivals
from baixing.programme.views.activities import UNFIT, allowed

AHEAD = timedelta(days=60)
PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@signed_in_only
def add_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    found = allowed(request, pk, "add_sessions")
    if request.method == "POST":
        return _add(request, found)
    return _page(request, found, SessionsForm(initial={"first": request.GET.get("first", "")[:10]}))


@once
def _add(request: HttpRequest, found: Activity) -> HttpResponse:
    form = SessionsForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    try:
        made = actions.add_sessions(found, form.sitting(found.unit), by=signed_in(request), at=now())
    except (Unfit, NotAllowed, NotNow) as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return _page(request, found, form, UNFIT)
    words = ngettext("%(count)d session is planned.", "%(count)d sessions are planned.", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect("programme:activity", found.pk)


@require_POST
@signed_in_only
@once
def open_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Of an activity that is published; a draft is published with its sessions."""
    found = allowed(request, pk, "add_sessions")
    if found.state != Activity.State.PUBLISHED:
        raise NotNow(_("Publish the activity first: that opens its sessions."))
    actions.open_sessions(found, by=signed_in(request), at=now())
    messages.success(request, _("People sign up for its sessions from now on."))
    return redirect("programme:activity", pk)


def _page(request: HttpRequest, found: Activity, form: SessionsForm, status: int = 200) -> HttpResponse:
    today = now().astimezone(LOCAL).date()
    context = {"activity": found, "form": form, "festivals": festivals(today, today + AHEAD)}
    return render(request, "programme/add_sessions.html", context, status=status)
