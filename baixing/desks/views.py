from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from baixing.desks import queries
from baixing.kernel.calendar import now
from baixing.network.models import Unit
from baixing.orders.queries import inbox as orders_of_leader
from baixing.orders.queries.boards import lanes
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.people.sessions import signed_in, signed_in_only

PER_PAGE = 50


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    return render(request, "desks/front.html", {"front": queries.front(person, now())})


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    person = request.user if isinstance(request.user, Person) else None
    context = {"node": queries.unit_page(shown, now()), "kept": queries.kept(person, shown, now())}
    return render(request, "desks/unit.html", context)


@require_safe
@signed_in_only
def morning(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    desk = queries.desk(_standing(request), asked.get("which", ""), asked.get("unit", ""))
    if desk is None:
        return redirect("desks:front")
    page = Paginator(desk.orders, PER_PAGE).get_page(asked.get("page"))
    return render(request, "desks/morning.html", {"desk": desk, "page": page})


@require_safe
@signed_in_only
def board(request: HttpRequest) -> HttpResponse:
    desk = queries.desk(_standing(request), "", request.GET.get("unit", ""))
    if desk is None:
        return redirect("desks:front")
    return render(request, "desks/board.html", {"desk": desk, "lanes": lanes(desk.unit)})


@require_safe
@signed_in_only
def inbox(request: HttpRequest) -> HttpResponse:
    orders = orders_of_leader(_standing(request)).order_by("due_at", "pk")
    page = Paginator(orders, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desks/inbox.html", {"page": page})


@require_safe
@signed_in_only
def more(request: HttpRequest) -> HttpResponse:
    one = _standing(request)
    return render(request, "desks/more.html", {"units": queries.offices(one), "posts": one.posts})


def _standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())
