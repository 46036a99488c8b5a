"""The page of one order, and one address for each verb on it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow, Unfit
from baixing.look.keeping import keep
from baixing.orders import actions
from baixing.orders.forms import CALL, FORMS, VerbForm
from baixing.orders.models import Order
from baixing.orders.queries import had, pages, seen
from baixing.orders.queries.next_step import next_step
from baixing.orders.rules import Standing, check_may
from baixing.people.actions import count_naming
from baixing.people.sessions import signed_in, signed_in_only

UNFIT = 422
ACTIONS: dict[str, Callable[..., object]] = {
    **{verb: getattr(actions, verb) for verb in FORMS},
    "close_call": actions.close_call,
    "follow": actions.let_follow,
}
# What stands open on the page: the first row of a state of which the person may do something.
FIRST: dict[str, tuple[tuple[str, ...], ...]] = {
    "placed": (("agree", "refuse"), ("name_item",), ("admit",)),
    "asked": (("supply",),),
    "pending": (("agree", "refuse"), ("dispatch", "open"), ("claim",)),
    "offered": (("accept", "decline"), ("recall",)),
    "accepted": (("agree", "refuse"), ("appoint",)),
    "appointed": (("agree", "refuse"), ("serve",)),
    "served": (("rate",),),
    "disputed": (("redo", "uphold"),),
    "paused": (("resume",),),
}
OFFERED_APART = frozenset({"reveal", "join"})
SAID_BY = {"rate": "dispute"}  # the first of its faces says the second


@dataclass(frozen=True)
class Deed:
    """One verb as the page offers it."""

    verb: str
    form: VerbForm
    url: str

    @property
    def open(self) -> bool:
        return bool(self.form.errors)


def standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


def seen_or_404(pk: int, one: Standing) -> Order:
    if found := seen(pk, one):
        return found
    raise Http404


@require_safe
@signed_in_only
def order(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = seen(pk, one)
    if found is None:
        return _followed(request, pk, one)
    return keep(request, show(request, found, one), own=pages.own(found, one))


def show(request: HttpRequest, found: Order, one: Standing, failed: Deed | None = None) -> HttpResponse:
    swapped = "HX-Request" in request.headers
    context = {**account(found, one, failed), "swapped": swapped}
    name = "orders/_order.html" if swapped else "orders/order.html"
    answer = render(request, name, context, status=UNFIT if failed else 200)
    if swapped:
        answer.headers["HX-Trigger"] = "order-moved"  # a list beside it reads itself anew
    return answer


def account(found: Order, one: Standing, failed: Deed | None = None) -> dict[str, object]:
    """All that the template of one order's account needs, on its own page or in the panel of a desk."""
    page = pages.order_page(found, one)
    verbs = page.powers - OFFERED_APART
    first = _first(found, verbs)
    rest = verbs - {*first} - {SAID_BY.get(verb) for verb in first}
    return {
        "page": page,
        "order": found,
        "form": failed.form if failed else None,
        "main": [_deed(verb, found, one, failed) for verb in first],
        "more": [_deed(verb, found, one, failed) for verb in FORMS if verb in rest],
        "reveal": _deed("reveal", found, one, failed) if "reveal" in page.powers else None,
        "call": _call(found, one, failed),
    }


@require_POST
@signed_in_only
@once
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    one = standing(request)
    found = _within_sight(pk, one).as_seen(seen_version(request))
    check_may(verb, one, found)
    form = FORMS[verb](request.POST, order=found, one=one)
    if form.is_valid() and _done(ACTIONS[verb], found, form):
        return _after(found, one)
    return _again(request, Deed(verb, form, _address(verb, found)), one)


@require_POST
@signed_in_only
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """The try is counted before all else, and stays counted whatever comes of it."""
    count_naming(by=signed_in(request), at=now())
    return do(request, pk, verb="follow")


@require_POST
@signed_in_only
@once
def close_call(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = seen_or_404(pk, one).as_seen(seen_version(request))
    call = get_object_or_404(pages.calls_for(found, one))
    form = CALL(request.POST, order=found, one=one)
    if form.is_valid() and _done(ACTIONS["close_call"], call, form):
        return _after(found, one)
    return _again(request, Deed("close_call", form, _address("close_call", found)), one)


@require_POST
@signed_in_only
@once
def unfollow(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    follower = get_object_or_404(pages.followers_for(one), pk=pk)
    actions.unfollow(follower, by=one.person, at=one.at)
    messages.success(request, _("Done."))
    return _after(follower.order, one)


def _within_sight(pk: int, one: Standing) -> Order:
    """The order, or why a page that was open a while no longer leads to it."""
    found = seen(pk, one)
    if found is None and had(pk, one):
        raise NotNow(_("This order is no longer with your team. Somebody was faster, or took it back."))
    if found is None:
        raise Http404
    return found


def _done(action: Callable[..., object], thing: object, form: VerbForm) -> bool:
    """True when it happened; false when a value did not fit, which the form then says."""
    try:
        action(thing, **form.values(), by=form.one.person, at=form.one.at)
    except Unfit as unfit:
        form.add_error(unfit.field if unfit.field in form.fields else None, str(unfit))
        return False
    return True


def _again(request: HttpRequest, failed: Deed, one: Standing) -> HttpResponse:
    return show(request, seen_or_404(failed.form.order.pk, one), one, failed)


def _after(found: Order, one: Standing) -> HttpResponse:
    """Back to the order, as long as this person can see it."""
    return redirect("orders:order", found.pk) if seen(found.pk, one) else redirect("orders:mine")


def _followed(request: HttpRequest, pk: int, one: Standing) -> HttpResponse:
    found = get_object_or_404(pages.followed_by(one), pk=pk)
    own = pages.followers_for(one).get(order=found, person=one.person)
    context = {"order": found, "sentence": next_step(found, one.at), "following": own}
    return render(request, "orders/followed.html", context)


def _first(found: Order, verbs: Collection[str]) -> tuple[str, ...]:
    rows = FIRST.get(found.state, ())
    fitting = (tuple(verb for verb in row if verb in verbs) for row in rows)
    return next((row for row in fitting if row), ())


def _deed(verb: str, found: Order, one: Standing, failed: Deed | None) -> Deed:
    if failed and failed.verb == verb:
        return failed
    return Deed(verb, FORMS[verb](order=found, one=one), _address(verb, found))


def _call(found: Order, one: Standing, failed: Deed | None) -> Deed | None:
    if failed and failed.verb == "close_call":
        return failed
    if not pages.calls_for(found, one).exists():
        return None
    return Deed("close_call", CALL(order=found, one=one), _address("close_call", found))


def _address(verb: str, found: Order) -> str:
    return reverse(f"orders:{verb}", args=[found.pk])
