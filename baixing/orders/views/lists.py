"""Lists of orders, an order followed by its code, and what is printed or taken along."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import client_address
from baixing.kernel.once import once
from baixing.kernel.sheets import csv_answer
from baixing.orders import actions
from baixing.orders.actions.reading import read_journal
from baixing.orders.actions.reading import track as track_order
from baixing.orders.forms import TrackForm
from baixing.orders.models import Order
from baixing.orders.queries import book, pages
from baixing.orders.queries.next_step import next_step
from baixing.orders.views.verbs import UNFIT, seen_or_404, standing
from baixing.people.sessions import signed_in_only

PER_PAGE = 20


@require_safe
@signed_in_only
def mine(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    page = Paginator(pages.mine(one), PER_PAGE).get_page(request.GET.get("page"))
    followed = pages.told(pages.followed_by(one)[:PER_PAGE], one.at)
    return render(request, "orders/mine.html", {"page": page, "told": pages.told(page, one.at), "followed": followed})


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _tracked(request)
    form = TrackForm(initial={"code": request.GET.get("code", "")[:40]})
    return render(request, "orders/track.html", {"form": form})


def _tracked(request: HttpRequest) -> HttpResponse:
    """A look, not a deed: sent twice, it is looked up twice."""
    form, at = TrackForm(request.POST), now()
    if form.is_valid():
        said = form.cleaned_data
        found = track_order(said["code"], said["four"], address=client_address(request), at=at)
        if found is not None:
            return render(request, "orders/tracked.html", {"order": found, "sentence": next_step(found, at)})
        form.add_error(None, _("There is no order with this code and these four digits."))
    return render(request, "orders/track.html", {"form": form}, status=UNFIT)


@require_safe
@signed_in_only
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = pages.printable(seen_or_404(pk, one), one)
    address = f"{reverse('orders:track')}?{urlencode({'code': found.code})}"
    import segno

    code = segno.make(request.build_absolute_uri(address), error="m")
    context = {
        "order": found,
        "at": one.at,
        "code": code.svg_data_uri(border=1),
        "address": address,
        "sentence": next_step(found, one.at),
        "whole_sheet": request.GET.get("sheet") == "a4",
    }
    return render(request, "orders/slip.html", context)


@require_safe
@signed_in_only
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = pages.with_visit(seen_or_404(pk, one))
    answer = HttpResponse(_calendar_file(request, found), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.number}.ics"'
    return answer


def _calendar_file(request: HttpRequest, found: Order) -> bytes:
    """The visit without anything that says who lives where."""
    from icalendar import Calendar, Event

    event, file = Event(), Calendar()
    file.add("prodid", "-//baixing//orders//")
    file.add("version", "2.0")
    if found.visit is not None:
        event.add("uid", f"order-{found.pk}-{found.visit.pk}@{request.get_host()}")
        event.add("dtstamp", now())
        event.add("dtstart", found.visit.start)
        event.add("dtend", found.visit.end)
        event.add("summary", found.visit.title)
        event.add(
            "description", f"{found.number} {request.build_absolute_uri(reverse('orders:order', args=[found.pk]))}"
        )
        event.add("location", found.station.short)
    file.add_component(event)
    return bytes(file.to_ical())


@require_safe
@signed_in_only
def visits(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    return render(request, "orders/visits.html", {"visits": pages.visit_days(one), "at": one.at})


@require_POST
@signed_in_only
@once
def print_visits(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    actions.print_visits(pages.visit_days(one).orders, by=one.person, at=one.at)
    return redirect("orders:visit_list")


@require_safe
@signed_in_only
def visit_list(request: HttpRequest) -> HttpResponse:
    """To be printed: contacts of those visits only that were just revealed."""
    one = standing(request)
    found = pages.visit_days(one)
    shown = pages.revealed(found.orders, one)
    return render(request, "orders/visit_list.html", {"visits": found, "shown": shown, "at": one.at})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def journal(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _open_journal(request, pk)
    one = standing(request)
    found = book.audited(seen_or_404(pk, one), one)
    return render(request, "orders/journal.html", {"order": found, "book": book.book(found, one)})


@once
def _open_journal(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    read_journal(seen_or_404(pk, one), by=one.person, at=one.at)
    return redirect("orders:journal", pk)


@require_safe
@signed_in_only
def journal_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    one = standing(request)
    found = book.audited(seen_or_404(pk, one), one)
    read = book.book(found, one)
    if read is None:
        return redirect("orders:journal", pk)
    sheet = csv_answer(found.number, [str(name) for name in book.HEADER], read.rows(), demo=settings.DEMO)
    answer = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="journal-{found.number}.csv"'
    return answer
