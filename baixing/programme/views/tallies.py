"""What units count for a campaign: told by one person, confirmed by another."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.campaigns import ReturnForm, TallyForm
from baixing.programme.models import Campaign, Tally
from baixing.programme.queries import campaigns as queries
from baixing.programme.rules import Standing
from baixing.programme.views.activities import UNFIT
from baixing.programme.views.campaigns import found_campaign
from baixing.programme.views.matters import ROWS


@require_safe
@signed_in_only
def tallies(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever counts, and for whoever confirms."""
    return _page(request, _campaign(request, pk))


@require_POST
@signed_in_only
@once
def tell_tally(request: HttpRequest, pk: int) -> HttpResponse:
    found = _campaign(request, pk)
    form = _form(request, found)
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    unit, counted = form.counted()
    try:
        actions.tell_tally(found, unit, counted, by=signed_in(request), at=now())
    except (Unfit, NotNow) as no:
        form.add_error(no.field or None, str(no))
        return _page(request, found, form, no.status)
    messages.success(request, _("Thank you. Everybody reads it once somebody above has confirmed it."))
    return redirect("programme:tallies", pk)


@require_POST
@signed_in_only
@once
def confirm_tally(request: HttpRequest, pk: int) -> HttpResponse:
    found = _tally(request, pk)
    actions.confirm_tally(found.as_seen(seen_version(request)), by=signed_in(request), at=now())
    messages.success(request, _("Confirmed. It counts from now on."))
    return redirect("programme:tallies", found.campaign_id)


@require_POST
@signed_in_only
@once
def return_tally(request: HttpRequest, pk: int) -> HttpResponse:
    found = _tally(request, pk)
    form = _return_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found.campaign, returning=(found, form), status=UNFIT)
    words = form.cleaned_data["words"]
    actions.return_tally(found.as_seen(seen_version(request)), words, by=signed_in(request), at=now())
    messages.success(request, _("It is given back. Whoever told it reads your words."))
    return redirect("programme:tallies", found.campaign_id)


def _campaign(request: HttpRequest, pk: int) -> Campaign:
    found, one = found_campaign(request, pk), _standing(request)
    if not (one.is_in_charge(found.unit) or queries.telling_units(found, one)):
        raise NotAllowed(_("Only the head and the staff of the units that take part count and confirm here."))
    return found


def _tally(request: HttpRequest, pk: int) -> Tally:
    return get_object_or_404(queries.visible_tallies(_standing(request)), pk=pk)


def _standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


def _form(request: HttpRequest, found: Campaign) -> TallyForm:
    one = _standing(request)
    sent = request.POST if request.resolver_match and request.resolver_match.url_name == "tell_tally" else None
    units, months = queries.telling_units(found, one), queries.months_of(found, one.today)
    return TallyForm(sent, campaign=found, units=units, months=months)


def _page(
    request: HttpRequest,
    found: Campaign,
    form: TallyForm | None = None,
    status: int = 200,
    returning: tuple[Tally, ReturnForm] | None = None,
) -> HttpResponse:
    one, form = _standing(request), form or _form(request, found)
    page = Paginator(queries.tallies(found, one), ROWS).get_page(request.GET.get("page", ""))
    asked, asked_form = returning or (None, None)
    shown = [asked, *(row for row in page if row != asked)] if asked else list(page)
    rows = [
        (row, asked_form if row.tally == asked else _return_form(row.tally)) for row in queries.tally_rows(shown, one)
    ]
    is_open = found.state == Campaign.State.PUBLISHED
    context = {
        "campaign": found,
        "page": page,
        "rows": rows,
        "form": form,
        "tells": is_open and bool(form.units) and bool(queries.months_of(found, one.today)),
        "asked": asked,
    }
    return render(request, "programme/tallies.html", context, status=status)


def _return_form(tally: Tally, sent: QueryDict | None = None) -> ReturnForm:
    return ReturnForm(sent, auto_id=f"id_{tally.pk}_%s")
