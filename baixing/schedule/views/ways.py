"""Other ways to a session: standing by, a word when places are free, a place taken over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions, queries
from baixing.schedule.forms.sessions import AlertForm
from baixing.schedule.models import Role
from baixing.schedule.rules import Standing
from baixing.schedule.views.finding import within_sight
from baixing.schedule.views.sessions import check_runs


@require_POST
@signed_in_only
@once
def stand_by(request: HttpRequest, pk: int) -> HttpResponse:
    role = _role(request, pk)
    actions.stand_by(role, by=signed_in(request), at=now())
    messages.success(request, _("Thank you. We ask you if people are lacking."))
    return redirect("schedule:session", role.session_id)


@require_POST
@signed_in_only
@once
def stand_down(request: HttpRequest, pk: int) -> HttpResponse:
    role = _role(request, pk)
    actions.stand_down(role, by=signed_in(request), at=now())
    messages.success(request, _("You are asked no more for this."))
    return redirect("schedule:session", role.session_id)


@require_POST
@signed_in_only
@once
def ask_alert(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = within_sight(request, pk), AlertForm(request.POST)
    if not form.is_valid():
        raise Unfit(_("Choose one of the times."), field="hours")
    actions.ask_alert(found, form.cleaned_data["hours"], by=signed_in(request), at=now())
    messages.success(request, _("We tell you then, if places are free."))
    return redirect("schedule:session", found.pk)


@require_POST
@signed_in_only
@once
def drop_alert(request: HttpRequest, pk: int) -> HttpResponse:
    found = within_sight(request, pk)
    actions.drop_alert(found, by=signed_in(request))
    messages.success(request, _("You are not told."))
    return redirect("schedule:session", found.pk)


@require_POST
@signed_in_only
@once
def take_over(request: HttpRequest, pk: int, signup: int) -> HttpResponse:
    found, one = within_sight(request, pk), Standing(signed_in(request), now())
    offered = {row.pk: row for row in queries.offered(found, one)}
    if signup not in offered:
        messages.warning(request, _("This place has gone to somebody else, or is not offered any more."))
        return redirect("schedule:session", found.pk)
    actions.take_over(offered[signup], agreed=request.POST.get("agreed") == "on", by=one.person, at=one.at)
    messages.success(request, _("The place is yours now. Thank you."))
    return redirect("schedule:session", found.pk)


@require_POST
@signed_in_only
@once
def refill(request: HttpRequest, pk: int) -> HttpResponse:
    found, one = within_sight(request, pk), Standing(signed_in(request), now())
    check_runs(one, found)
    asked = actions.refill(found, by=one.person, at=one.at)
    messages.success(request, _("%(number)d people are asked to come.") % {"number": asked})
    return redirect("schedule:session", found.pk)


def _role(request: HttpRequest, pk: int) -> Role:
    role = get_object_or_404(Role.objects.select_related("session"), pk=pk)
    role.session = within_sight(request, role.session_id)
    return role
