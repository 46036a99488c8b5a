"""What heads decide: how plans weigh, and whether a unit's plans offer by themselves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from baixing.dispatching import actions
from baixing.dispatching.forms import PolicyForm
from baixing.dispatching.queries.policies import policy_of, weights_of
from baixing.dispatching.queries.visible import read_unit
from baixing.dispatching.rules import check_policy
from baixing.dispatching.views.desk import standing
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Overtaken, Unfit
from baixing.network.models import Unit
from baixing.orders.rules import Standing
from baixing.people.sessions import signed_in_only

UNFIT, OVERTAKEN = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def policy(request: HttpRequest) -> HttpResponse:
    """Each weight with what it means, and its bounds."""
    one = standing(request)
    check_policy(one)
    if request.method == "POST":
        return _set(request)
    return _page(request, PolicyForm(found=weights_of(_top(one))), one)


@once
def _set(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    form, seen = PolicyForm(request.POST, found=weights_of(_top(one))), seen_version(request) or 0
    if not form.is_valid():
        return _page(request, form, one, UNFIT)
    try:
        actions.set_policy(form.cleaned_data, version=seen, by=one.person, at=one.at)
    except Unfit as unfit:
        form.add_error(unfit.field, str(unfit))
        return _page(request, form, one, UNFIT)
    except Overtaken:
        return _page(request, form.beside(), one, OVERTAKEN)
    messages.success(request, _("The weights are set. They count for plans from now on."))
    return redirect("dispatching:policy")


@require_POST
@signed_in_only
@once
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    one, unit = standing(request), get_object_or_404(read_unit(pk))
    on = request.POST.get("on") == "1"
    actions.switch(unit, on=on, version=seen_version(request), by=one.person, at=one.at)
    said = _("Plans of this unit offer by themselves from now on.") if on else _("Only people offer here from now on.")
    messages.success(request, said)
    return redirect("dispatching:desk", pk)


def _top(one: Standing) -> Unit:
    return next(post.unit for post in one.posts if post.unit.parent_id is None)


def _page(request: HttpRequest, form: PolicyForm, one: Standing, status: int = 200) -> HttpResponse:
    found = policy_of(_top(one))
    context = {"form": form, "version": found.version if found else 0}
    return render(request, "dispatching/policy.html", context, status=status)
