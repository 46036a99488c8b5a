"""Campaigns: what is promised, how many have promised, and what has come of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow, Overtaken, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.campaigns import CampaignForm, NewCampaignForm, PledgeForm, as_campaign
from baixing.programme.forms.parts import WhyForm
from baixing.programme.models import Campaign
from baixing.programme.queries import campaigns as queries
from baixing.programme.rules import CAMPAIGN_LIFE, Standing
from baixing.programme.views.activities import OVERTAKEN, UNFIT, standing
from baixing.programme.views.series import offices

PAGE = require_http_methods(["GET", "HEAD", "POST"])
ROWS = 30


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    page = Paginator(queries.listed_campaigns(one), ROWS).get_page(request.GET.get("page", ""))
    numbers = queries.numbers_of(page)
    rows = [(found, numbers.get(found.pk, 0)) for found in page]
    context = {"page": page, "rows": rows, "keeps": bool(one and one.offices)}
    return render(request, "programme/campaigns.html", context)


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, found_campaign(request, pk))


@PAGE
@signed_in_only
def add_campaign(request: HttpRequest) -> HttpResponse:
    form = NewCampaignForm(request.POST or None, units=offices(request))
    return _add(request, form) if request.method == "POST" else _add_page(request, form)


@once
def _add(request: HttpRequest, form: NewCampaignForm) -> HttpResponse:
    if not form.is_valid():
        return _add_page(request, form, UNFIT)
    made = actions.add_campaign(form.unit_chosen(), form.aim(), by=signed_in(request), at=now())
    messages.success(request, _("It is a draft. Read it once more, then publish it."))
    return redirect("programme:campaign", made.pk)


def _add_page(request: HttpRequest, form: NewCampaignForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/add_campaign.html", {"form": form}, status=status)


@PAGE
@signed_in_only
def change_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    found = _allowed(request, pk, "change_campaign")
    if request.method == "POST":
        return _change(request, found)
    return _change_page(request, found, CampaignForm(initial=as_campaign(found)))


@once
def _change(request: HttpRequest, found: Campaign) -> HttpResponse:
    form, version = CampaignForm(request.POST, initial=as_campaign(found)), seen_version(request)
    if not form.is_valid():
        found.version = version or 0
        return _change_page(request, found, form, UNFIT)
    try:
        actions.change_campaign(found.as_seen(version), form.aim(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _change_page(request, found, form, UNFIT)
    except Overtaken:
        fresh = found_campaign(request, found.pk)
        form = CampaignForm(request.POST, initial=as_campaign(fresh)).beside()
        return _change_page(request, fresh, form, OVERTAKEN)
    messages.success(request, _("The campaign is changed."))
    return redirect("programme:campaign", found.pk)


def _change_page(request: HttpRequest, found: Campaign, form: CampaignForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/change_campaign.html", {"thing": found, "form": form}, status=status)


@require_POST
@signed_in_only
@once
def publish_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    actions.publish_campaign(found_campaign(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("Everybody reads it now, and may promise."))
    return redirect("programme:campaign", pk)


@require_POST
@signed_in_only
@once
def close_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    actions.close_campaign(found_campaign(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("The campaign is closed. What came of it stays where everybody reads it."))
    return redirect("programme:campaign", pk)


@require_POST
@signed_in_only
@once
def call_off_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = _allowed(request, pk, "call_off_campaign"), WhyForm(request.POST)
    if not why.is_valid():
        return _page(request, found, why=why, status=UNFIT)
    found = found.as_seen(seen_version(request))
    actions.call_off_campaign(found, why.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("It is called off. Everybody who promised or counted is told why."))
    return redirect("programme:campaign", pk)


@require_POST
@signed_in_only
@once
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = found_campaign(request, pk), Standing(signed_in(request), now())
    choices = queries.choices_of_holder(found, one, [])
    form = PledgeForm(request.POST, choices=choices, units=queries.telling_units(found, one))
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    kind, unit = form.promised()
    try:
        actions.pledge(found, kind, unit=unit, by=one.person, at=one.at)
    except NotNow as no:
        form.add_error(None, str(no))
        return _page(request, found, form, no.status)
    messages.success(request, _("Thank you. Your promise counts; nobody reads whose it is."))
    return redirect("programme:campaign", pk)


@require_POST
@signed_in_only
@once
def withdraw_pledge(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, named by what the page showed of it."""
    found = found_campaign(request, pk)
    own = queries.campaign_page(found, standing(request)).mine
    asked = next((one for one in own if str(one.pk) == request.POST.get("pledge", "")), None)
    if asked is None:
        raise NotNow(_("This promise is taken back already."))
    actions.withdraw_pledge(asked, by=signed_in(request), at=now())
    messages.success(request, _("Taken back. Nobody asks why."))
    return redirect("programme:campaign", pk)


def found_campaign(request: HttpRequest, pk: int) -> Campaign:
    return get_object_or_404(queries.visible_campaigns(standing(request)), pk=pk)


def _allowed(request: HttpRequest, pk: int, verb: str) -> Campaign:
    found = found_campaign(request, pk)
    if refusal := CAMPAIGN_LIFE.refusal(verb, Standing(signed_in(request), now()), found):
        raise refusal
    return found


def _page(
    request: HttpRequest,
    found: Campaign,
    form: PledgeForm | None = None,
    status: int = 200,
    why: WhyForm | None = None,
) -> HttpResponse:
    one = standing(request)
    page = queries.campaign_page(found, one)
    units = Paginator(queries.unit_counts(found), ROWS).get_page(request.GET.get("page", ""))
    is_open = found.state == Campaign.State.PUBLISHED and found.last >= now().astimezone(LOCAL).date()
    context = {
        "page": page,
        "units": units,
        "unit_counts": queries.with_numbers(found, units),
        "is_open": is_open,
        "form": form or PledgeForm(choices=page.choices, units=[]),
        "why": why or WhyForm(),
    }
    return render(request, "programme/campaign.html", context, status=status)
