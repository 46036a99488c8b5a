"""Claims: those who run a session check them, a second person credits them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.hours import actions
from baixing.hours.forms import WordsForm
from baixing.hours.models import HoursClaim
from baixing.hours.queries import claims as queries
from baixing.hours.rules.lives import CLAIM
from baixing.hours.views.reading import UNFIT, standing
from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed
from baixing.look.said import said_time
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams.models import Team

ROWS = 30


@require_safe
@signed_in_only
def claims(request: HttpRequest) -> HttpResponse:
    """What waits for this person, the oldest first."""
    one = standing(request)
    if not one.offices and not Team.objects.filter(leader=one.person).exists():
        raise NotAllowed(_("Only those who run sessions, and those in charge of a unit, check hours."))
    page = Paginator(queries.waiting_claims(one), ROWS).get_page(request.GET.get("page", ""))
    return render(request, "hours/claims.html", {"page": page, "office": bool(one.offices)})


@require_safe
@signed_in_only
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk), WordsForm())


@require_POST
@signed_in_only
@once
def review(request: HttpRequest, pk: int) -> HttpResponse:
    found = _seen(request, pk)
    actions.review(found, by=signed_in(request), at=now())
    messages.success(request, _("Checked. Now a second person credits it."))
    return redirect("hours:claims")


@require_POST
@signed_in_only
@once
def credit(request: HttpRequest, pk: int) -> HttpResponse:
    line = actions.credit(_seen(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("%(time)s are in the record.") % {"time": said_time(line.minutes)})
    return redirect("hours:claims")


@require_POST
@signed_in_only
@once
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _seen(request, pk), WordsForm(request.POST)
    if refusal := CLAIM.refusal("refuse", standing(request), found):
        raise refusal
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    actions.refuse(found, words=form.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("It is not credited. The volunteer reads why."))
    return redirect("hours:claims")


def _page(request: HttpRequest, found: HoursClaim, form: WordsForm, status: int = 200) -> HttpResponse:
    one = standing(request)
    context = {
        "claim": found,
        "powers": CLAIM.powers(one, found),
        "flags": queries.flags_on(found),
        "settles": one.is_in_charge(found.session.unit) and not one.is_volunteer(found.volunteer),
        "own": one.is_volunteer(found.volunteer),
        "form": form,
    }
    return render(request, "hours/claim.html", context, status=status)


def _found(request: HttpRequest, pk: int) -> HoursClaim:
    rows = queries.visible_claims(standing(request)).select_related("told_by", "reviewed_by", "credited_by", "entry")
    return get_object_or_404(rows, pk=pk)


def _seen(request: HttpRequest, pk: int) -> HoursClaim:
    return _found(request, pk).as_seen(seen_version(request))
