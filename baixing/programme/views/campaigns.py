"""Campaigns: what is promised, how many have promised, and what has come of it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow
from baixing.network.models import Unit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.campaigns import CampaignForm, NewCampaignForm, PledgeForm, as_campaign
from baixing.programme.forms.parts import WhyForm
from baixing.programme.models import Campaign
from baixing.programme.queries import campaigns as queries
from baixing.programme.queries.matters import campaign_lines
from baixing.programme.rules import CAMPAIGN_LIFE, Standing
from baixing.programme.views.activities import UNFIT, standing
from baixing.programme.views.matters import ROWS, Matter, add_one, allowed_one, change_one, found_one, listed

PAGE = require_http_methods(["GET", "HEAD", "POST"])


def _form(*sent: object, **kwargs: object) -> CampaignForm:
    return CampaignForm(*sent, today=now().astimezone(LOCAL).date(), **kwargs)


def _new_form(*sent: object, units: list[Unit]) -> NewCampaignForm:
    return NewCampaignForm(*sent, today=now().astimezone(LOCAL).date(), units=units)


CAMPAIGN: Final = Matter(
    name="campaign",
    visible=queries.visible_campaigns,
    lines=campaign_lines,
    life=CAMPAIGN_LIFE,
    form=_form,
    new=_new_form,
    begun=as_campaign,
    add=actions.add_campaign,
    change=actions.change_campaign,
    changed=_lazy("The campaign is changed."),
)


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """All, or those under the theme of one month."""
    one = standing(request)
    themes = queries.themes_of_campaigns(one)
    asked = next((theme for theme in themes if str(theme.pk) == request.GET.get("theme", "")), None)
    found = queries.listed_campaigns(one, asked)
    return listed(request, CAMPAIGN, one, found, themes=themes, asked=asked)


@require_safe
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, found_campaign(request, pk))


@PAGE
@signed_in_only
def add_campaign(request: HttpRequest) -> HttpResponse:
    return add_one(request, CAMPAIGN)


@PAGE
@signed_in_only
def change_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    return change_one(request, CAMPAIGN, pk)


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
    found, why = allowed_one(request, CAMPAIGN, pk, "call_off_campaign"), WhyForm(request.POST)
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
    return found_one(request, CAMPAIGN, pk)


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
