from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.desks import queries
from baixing.desks.forms import FindForm
from baixing.kernel.calendar import now
from baixing.kernel.http import client_address
from baixing.kernel.kept import shared
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, TooMany
from baixing.network.models import Unit
from baixing.orders import actions
from baixing.orders.actions.reading import count_look
from baixing.orders.queries import pages, seen
from baixing.orders.queries.boards import calls_to_make
from baixing.orders.queries.searching import FOUND_AT_MOST, search
from baixing.orders.rules import Standing, check_desk
from baixing.orders.views.verbs import account
from baixing.people.models import Person
from baixing.people.sessions import signed_in, signed_in_only

PER_PAGE = 50
UNFIT = 422


@require_safe
@shared
def front(request: HttpRequest) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    return render(request, "desks/front.html", {"front": queries.front(person, get_language() or "", now())})


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    person = request.user if isinstance(request.user, Person) else None
    context = {
        "node": queries.unit_page(shown, get_language() or "", now()),
        "kept": queries.kept(person, shown, now()),
    }
    return render(request, "desks/unit.html", context)


@require_safe
@signed_in_only
def morning(request: HttpRequest) -> HttpResponse:
    """A unit's day on one screen: counts, rows, and the chosen order beside them."""
    one, asked = _standing(request), request.GET
    desk = queries.desk(one, asked.get("which", ""), asked.get("unit", ""))
    if desk is None:
        return redirect("desks:front")
    page = Paginator(desk.orders, PER_PAGE).get_page(asked.get("page"))
    context = {"desk": desk, "rows": page, "find": FindForm(), "at": one.at, **_chosen(asked.get("order", ""), one)}
    return render(request, "desks/morning.html", context)


@require_safe
@signed_in_only
def board(request: HttpRequest) -> HttpResponse:
    found = queries.board(_standing(request), request.GET.get("unit", ""), request.GET.get("tier", ""))
    if found is None:
        return redirect("desks:front")
    return render(request, "desks/board.html", {"board": found, "at": now()})


@require_safe
@signed_in_only
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, "desks/inbox.html", {"inbox": queries.inbox(_standing(request))})


@require_safe
@signed_in_only
def more(request: HttpRequest) -> HttpResponse:
    one = _standing(request)
    return render(request, "desks/more.html", {"units": queries.offices(one), "shelves": queries.shelves(one)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def find(request: HttpRequest) -> HttpResponse:
    """A question, though it may be a POST: names and digits stand in no address and no log."""
    one = _standing(request)
    if not one.posts:
        raise NotAllowed(_("Only those who hold a post look for orders. Yours are under My orders."))
    return _found(request, one) if request.method == "POST" else _find_page(request, one, FindForm())


def _found(request: HttpRequest, one: Standing) -> HttpResponse:
    form = FindForm(request.POST)
    if not form.is_valid():
        return _find_page(request, one, form, UNFIT)
    if not count_look("search", by=one.person, address=client_address(request), at=one.at):
        raise TooMany(_("You have searched very often within this hour. Please wait, or open the list of the day."))
    orders = list(search(form.cleaned_data["asked"], one)[:FOUND_AT_MOST])
    if len(orders) == 1:
        return redirect("orders:order", orders[0].pk)
    return render(request, "desks/find.html", {"find": form, "orders": orders, "asked": True, "at": one.at})


def _find_page(request: HttpRequest, one: Standing, form: FindForm, status: int = 200) -> HttpResponse:
    context = {"find": form, "orders": queries.of_note(one)[:FOUND_AT_MOST], "at": one.at}
    return render(request, "desks/find.html", context, status=status)


@require_safe
@signed_in_only
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to ring, to be printed: numbers of those only that were just revealed."""
    one = _standing(request)
    check_desk(one)
    orders = calls_to_make(one)
    return render(request, "desks/calls.html", {"orders": orders, "shown": pages.revealed(orders, one), "at": one.at})


@require_POST
@signed_in_only
@once
def print_calls(request: HttpRequest) -> HttpResponse:
    one = _standing(request)
    check_desk(one)
    actions.print_visits(calls_to_make(one), by=one.person, at=one.at)
    return redirect("desks:calls")


def _chosen(asked: str, one: Standing) -> dict[str, object]:
    """What the panel shows: the account of the order that the address names, if this person may see it."""
    fits = asked.isascii() and asked.isdigit() and len(asked) <= 9  # noqa: PLR2004 - digits of a key
    found = seen(int(asked), one) if fits else None
    return account(found, one) if found else {}


def _standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())
