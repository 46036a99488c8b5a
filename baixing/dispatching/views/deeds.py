"""What a dispatcher does with a plan and with what it proposes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from baixing.dispatching import actions
from baixing.dispatching.forms import ChangeForm
from baixing.dispatching.models import Proposal
from baixing.dispatching.queries.gone import not_offered
from baixing.dispatching.queries.pages import after
from baixing.dispatching.queries.visible import proposals, read_unit, visible
from baixing.dispatching.rules import check_dispatching
from baixing.dispatching.views.desk import standing
from baixing.kernel.calendar import LOCAL
from baixing.kernel.http import seen_version
from baixing.kernel.once import once, once_in_parts, part
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in_only

Deed = Callable[..., None]


@require_POST
@signed_in_only
@once
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    one, unit = standing(request), get_object_or_404(read_unit(pk))
    actions.ask(unit, by=one.person, at=one.at, moves=request.POST.get("moves") == "1")
    return redirect("dispatching:desk", pk)


@require_POST
@signed_in_only
@once_in_parts
def confirm_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Many at once, some in each transaction; sent again, it tells the same and does what was not done."""
    one = standing(request)
    plan = get_object_or_404(visible(one), pk=pk)
    check_dispatching(one, plan.unit)
    done = actions.confirm_all(plan, by=one.person, at=one.at, apiece=partial(part, request))
    _tell_of_all(request, done, one.at.astimezone(LOCAL).date())
    return redirect("dispatching:desk", plan.unit_id)


def _tell_of_all(request: HttpRequest, done: actions.Offered, today: date) -> None:
    """How many were offered; which were not, and why."""
    offered = ngettext("%(n)d order is offered to its team.", "%(n)d orders are offered to their teams.", done.offered)
    if done.offered or not (done.overtaken or done.kept or done.broken):
        messages.success(request, offered % {"n": done.offered})
    for line in not_offered(done.overtaken, done.kept, today):
        messages.warning(request, line)
    if done.broken:
        said = _("Something went wrong on our side, and not all are offered. What still waits stands below.")
        messages.error(request, said)


@require_POST
@signed_in_only
@once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer it; what cannot be any more is marked so, and says why."""
    one, proposal = standing(request), _proposal(request, pk)
    check_dispatching(one, proposal.plan.unit)
    why = actions.confirm_or_overtake(proposal, by=one.person, at=one.at)
    if why:
        messages.warning(request, why)
        return _back(proposal)
    messages.success(request, _("%(team)s has been asked.") % {"team": proposal.team})
    return _back(after(proposal) or proposal)


@require_POST
@signed_in_only
@once
def ask_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the team that has accepted it; what is overtaken meanwhile says so on its page."""
    one, proposal = standing(request), _proposal(request, pk)
    check_dispatching(one, proposal.plan.unit)
    actions.ask_back(proposal, by=one.person, at=one.at)
    messages.success(
        request, _("%(team)s has been asked whether it gives the order back.") % {"team": proposal.order.team}
    )
    return _back(proposal)


@require_POST
@signed_in_only
@once
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, actions.pin)


@require_POST
@signed_in_only
@once
def unpin(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, actions.unpin)


@require_POST
@signed_in_only
@once
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one, proposal, form = standing(request), _proposal(request, pk), ChangeForm(request.POST)
    check_dispatching(one, proposal.plan.unit)
    if not form.is_valid():
        raise Unfit(_("Please choose one of the teams."))
    actions.change(proposal, form.cleaned_data["team"], by=one.person, at=one.at)
    return _back(proposal)


def _done(request: HttpRequest, pk: int, deed: Deed) -> HttpResponse:
    one, proposal = standing(request), _proposal(request, pk)
    deed(proposal, by=one.person, at=one.at)
    return _back(proposal)


def _proposal(request: HttpRequest, pk: int) -> Proposal:
    found = get_object_or_404(proposals(standing(request)), pk=pk)
    return found.as_seen(seen_version(request))


def _back(proposal: Proposal) -> HttpResponse:
    """To the desk, with this one in the panel."""
    address = reverse("dispatching:desk", args=[proposal.plan.unit_id])
    return redirect(f"{address}?{urlencode({'proposal': proposal.pk})}")
