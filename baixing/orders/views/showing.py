"""The page of one order: role changes the buttons, not the address."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from baixing.journal.queries import recent
from baixing.kernel.calendar import LOCAL, now
from baixing.orders import queries
from baixing.orders.forms import FORMS, VerbForm
from baixing.orders.models import Order
from baixing.orders.queries.words import next_step, steps
from baixing.orders.rules import LIFE, Standing, danger
from baixing.people.sessions import signed_in, signed_in_only

SHOWN = timedelta(minutes=15)  # how long a revealed contact stays on the page
FIRST = (
    "rate", "supply", "accept", "decline", "admit", "agree", "refuse", "dispatch", "serve", "appoint", "redo",
    "uphold", "claim", "reveal",
)  # fmt: skip


@require_safe
@signed_in_only
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, find(request, pk))


def find(request: HttpRequest, pk: int) -> Order:
    return get_object_or_404(queries.visible(standing(request)), pk=pk)


def standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


def show(request: HttpRequest, order: Order, bound: VerbForm | None = None, verb: str = "") -> HttpResponse:
    """The order with the forms of all that this reader may do; `bound` is a form with its faults."""
    one = standing(request)
    powers = LIFE.powers(one, order)
    powers = powers - {"join"} or powers  # joining is for those who have nothing else to do here
    forms = {name: FORMS[name](order=order, at=one.at) for name in FORMS if name in powers}
    if bound is not None:
        forms[verb] = bound
    context = {
        "order": order,
        "sentence": next_step(order),
        "steps": steps(order),
        "numbers": danger.numbers(order.danger),
        "revealed": recent("reveal", order, one.person, one.at - SHOWN) or one.answers_for(order.resident),
        "first": [(name, forms[name]) for name in FIRST if name in forms],
        "others": [(name, form) for name, form in forms.items() if name not in FIRST],
        "candidates": queries.eligible(order, one.today) if "dispatch" in powers else (),
        "dispatch": forms.get("dispatch"),
        "open_verb": verb,
        "today": one.at.astimezone(LOCAL),
    }
    template = "orders/_order.html" if request.htmx else "orders/order_page.html"  # type: ignore[attr-defined]  # set by django_htmx's middleware
    return render(request, template, context, status=422 if bound is not None else 200)
