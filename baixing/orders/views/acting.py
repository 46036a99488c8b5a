"""Every verb of an order is one POST: find it as the page showed it, call one action, show it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.orders import actions
from baixing.orders.forms import FORMS, AppointForm, VerbForm, slots
from baixing.orders.models import Order
from baixing.orders.views.showing import find, show, standing
from baixing.people.models import Person
from baixing.people.queries import household
from baixing.people.sessions import signed_in_only

Deed = Callable[[Order, VerbForm, Person, datetime], object]


@require_POST
@signed_in_only
@once
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in DEEDS:
        raise Http404
    one, order = standing(request), find(request, pk).as_seen(_version(request))
    form = FORMS[verb](request.POST, order=order, at=one.at)
    if not form.is_valid():
        return show(request, order, form, verb)
    try:
        DEEDS[verb](order, form, one.person, one.at)
    except Unfit as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return show(request, find(request, pk), form, verb)
    return redirect("orders:order", pk)


def _version(request: HttpRequest) -> int | None:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None  # noqa: PLR2004 - a row has no more versions


def _change(order: Order, form: VerbForm, by: Person, at: datetime) -> None:
    said = form.cleaned_data
    windows = slots(said["windows"])
    actions.change(order, words=said["words"], address=said["address"], windows=windows, by=by, at=at)


def _pause(order: Order, form: VerbForm, by: Person, at: datetime) -> None:
    said = form.cleaned_data
    until = at + timedelta(days=said["days"])
    actions.pause(order, said["reason"], until=until, words=said["words"], by=by, at=at)


def _appoint(order: Order, form: VerbForm, by: Person, at: datetime) -> None:
    if isinstance(form, AppointForm):
        actions.appoint(order, form.slot(), volunteers=list(form.cleaned_data["volunteers"]), by=by, at=at)


def _follow(order: Order, form: VerbForm, by: Person, at: datetime) -> None:
    """Told or not, the answer is the same: nobody learns who is known here."""
    people = Person.objects.behind(form.cleaned_data["phone"]).values_list("phone_index", flat=True)
    index = people.first()
    family = household(index).first() if index else None
    if family is not None:
        actions.follow(order, family, by=by, at=at)


def _with_words(action: Callable[..., object], name: str = "words") -> Deed:
    return lambda order, form, by, at: action(order, **{name: form.cleaned_data[name]}, by=by, at=at)


def _with_reason(action: Callable[..., object]) -> Deed:
    return lambda order, form, by, at: action(
        order, form.cleaned_data["reason"], words=form.cleaned_data["words"], by=by, at=at
    )


def _with_all(action: Callable[..., object]) -> Deed:
    return lambda order, form, by, at: action(order, **form.cleaned_data, by=by, at=at)


def _with_thing(action: Callable[..., object], name: str) -> Deed:
    return lambda order, form, by, at: action(order, form.cleaned_data[name], by=by, at=at)


def _alone(action: Callable[..., object]) -> Deed:
    return lambda order, _form, by, at: action(order, by=by, at=at)


DEEDS: dict[str, Deed] = {
    "change": _change, "ask": _with_words(actions.ask, "question"), "supply": _with_words(actions.supply, "answer"),
    "withdraw": _alone(actions.withdraw), "name_item": _with_thing(actions.name_item, "item"),
    "admit": _with_all(actions.admit), "reject": _with_reason(actions.reject),
    "merge": _with_thing(actions.merge, "into"), "pause": _pause, "agree": _alone(actions.agree),
    "transfer": lambda order, form, by, at: actions.transfer(
        order, form.cleaned_data["to"], words=form.cleaned_data["words"], by=by, at=at
    ),
    "refuse": _with_words(actions.refuse), "resume": _alone(actions.resume), "give_up": _with_reason(actions.give_up),
    "dispatch": _with_thing(actions.dispatch, "team"), "open": _alone(actions.open),
    "claim": _with_thing(actions.claim, "team"), "accept": _alone(actions.accept),
    "decline": _with_thing(actions.decline, "reason"), "recall": _alone(actions.recall), "appoint": _appoint,
    "suggest": lambda order, form, by, at: actions.suggest(
        order, windows=slots(form.cleaned_data["windows"]), by=by, at=at
    ),
    "hand_back": _with_reason(actions.hand_back), "miss": _with_all(actions.miss), "serve": _with_all(actions.serve),
    "alarm": _with_words(actions.alarm), "reveal": _alone(actions.reveal), "rate": _with_all(actions.rate),
    "dispute": _with_words(actions.dispute), "redo": _with_words(actions.redo), "uphold": _with_words(actions.uphold),
    "urge": _alone(actions.urge), "follow": _follow, "join": _alone(actions.join),
}  # fmt: skip
