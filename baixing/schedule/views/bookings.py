"""Spaces are booked, asked for, answered and given back; and free ones are looked for."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, TooMany, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms import AnswerForm, BookingForm, FreeForm
from baixing.schedule.models import Booking, Space
from baixing.schedule.queries import bookings, free, venues
from baixing.schedule.rules import Standing
from baixing.schedule.rules.booking import LIFE, Hindered

PAGE = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE: Final = 20
UNFIT: Final = 422
ASKED: Final = ("day", "start", "end", "headcount", "session")  # what a link fills in


@PAGE
@signed_in_only
def book(request: HttpRequest, pk: int) -> HttpResponse:
    spaces = venues.visible_spaces(_standing(request)).select_related("venue__unit")
    space = get_object_or_404(spaces, pk=pk)
    return _book(request, space) if request.method == "POST" else _book_page(request, space, _form(request, space))


@once
def _book(request: HttpRequest, space: Space) -> HttpResponse:
    form = _form(request, space)
    if not form.is_valid():
        return _book_page(request, space, form, UNFIT)
    try:
        made = _made(request, form)
    except (Unfit, TooMany) as no:
        form.add_error(no.field or None, str(no))
        return _book_page(request, space, form, UNFIT, no)
    messages.success(request, _said(made))
    return redirect("schedule:booking", made[0].pk)


def _made(request: HttpRequest, form: BookingForm) -> list[Booking]:
    by, at, repeat = signed_in(request), now(), form.repeat()
    if repeat is None:
        return [actions.book(form.hold(), by=by, at=at)]
    left_out, others = form.cleaned_data["left_out"], form.cleaned_data["others"]
    return actions.book_again(form.hold(), repeat, left_out=left_out, others=others, by=by, at=at)


def _said(made: list[Booking]) -> str:
    number = {"number": len(made)}
    if made[0].state == Booking.State.CONFIRMED:
        return ngettext("Booked. It is yours.", "%(number)d times are booked.", len(made)) % number
    return (
        ngettext(
            "Asked for. You are told when it is answered.",
            "%(number)d times are asked for. You are told when they are answered.",
            len(made),
        )
        % number
    )


def _form(request: HttpRequest, space: Space) -> BookingForm:
    one = _standing(request)
    return BookingForm(
        request.POST if request.method == "POST" else None,
        space=space,
        units=one.offices,
        teams=bookings.teams_to_book_for(one),
        sessions=bookings.sessions_to_book_for(one),
        initial={name: request.GET[name] for name in ASKED if name in request.GET},
    )


def _book_page(
    request: HttpRequest,
    space: Space,
    form: BookingForm,
    status: int = 200,
    no: Unfit | TooMany | None = None,
) -> HttpResponse:
    context = {
        "space": space,
        "venue": space.venue,
        "fitted": venues.fitted_words(space),
        "form": form,
        "hindrances": no.hindrances if isinstance(no, Hindered) else [],
    }
    return render(request, "schedule/book.html", context, status=status)


@require_safe
@signed_in_only
def booking_list(request: HttpRequest) -> HttpResponse:
    """What waits for this person's answer, and what they have booked."""
    one = _standing(request)
    page = Paginator(bookings.mine(one), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": bookings.rows(list(bookings.to_answer(one)[:PER_PAGE])),
        "page": page,
        "rows": bookings.rows(list(page.object_list)),
        "searches": bookings.searches(one),
    }
    return render(request, "schedule/booking_list.html", context)


@require_safe
@signed_in_only
def booking(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _booking(request, pk))


def _page(request: HttpRequest, found: Booking, why: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    page = bookings.page(found, _standing(request))
    context = {"page": page, "booking": found, "thing": found, "why": why or AnswerForm()}
    return render(request, "schedule/booking_page.html", context, status=status)


@require_POST
@signed_in_only
@once
def confirm_booking(request: HttpRequest, pk: int) -> HttpResponse:
    found = _booking(request, pk)
    actions.confirm_booking(found.as_seen(seen_version(request)), by=signed_in(request), at=now())
    messages.success(request, _("Confirmed. Whoever asked has been told."))
    return redirect("schedule:booking", pk)


@require_POST
@signed_in_only
@once
def refuse_booking(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = _booking(request, pk), AnswerForm(request.POST)
    _check("refuse", request, found)
    if not why.is_valid():
        return _page(request, found, why, UNFIT)
    found = found.as_seen(seen_version(request))
    actions.refuse_booking(found, words=why.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("Answered. They have been told why."))
    return redirect("schedule:booking", pk)


@require_POST
@signed_in_only
@once
def release_booking(request: HttpRequest, pk: int) -> HttpResponse:
    found = _booking(request, pk).as_seen(seen_version(request))
    actions.release_booking(found, by=signed_in(request), at=now())
    messages.success(request, _("Given back. Others may have it now."))
    return redirect("schedule:booking", pk)


@require_POST
@signed_in_only
@once
def release_rest(request: HttpRequest, pk: int) -> HttpResponse:
    number = actions.release_rest(_booking(request, pk), by=signed_in(request), at=now())
    said = ngettext("%(number)d time is given back.", "%(number)d times are given back.", number)
    messages.success(request, said % {"number": number})
    return redirect("schedule:booking", pk)


@require_POST
@signed_in_only
@once
def call_off_booking(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = _booking(request, pk), AnswerForm(request.POST)
    _check("call_off", request, found)
    if not why.is_valid():
        return _page(request, found, why, UNFIT)
    found = found.as_seen(seen_version(request))
    actions.call_off_booking(found, words=why.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("Called off. They have been told why."))
    return redirect("schedule:booking", pk)


@require_safe
@signed_in_only
def free_spaces(request: HttpRequest) -> HttpResponse:
    """For staff and for leaders of teams: which spaces are free at a time, whosever they are."""
    one = _standing(request)
    if not bookings.searches(one):
        raise NotAllowed(_("Staff and leaders of teams look for spaces here. The list of venues is for everybody."))
    form = FreeForm(request.GET if "day" in request.GET else None, places=bookings.places(one))
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        asked = form.asked()
        page = Paginator(free.free(asked), PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": free.rows(list(page.object_list), asked), "asked": asked}
    return render(request, "schedule/free_spaces.html", context)


def _standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


def _booking(request: HttpRequest, pk: int) -> Booking:
    return get_object_or_404(bookings.visible(_standing(request)), pk=pk)


def _check(verb: str, request: HttpRequest, found: Booking) -> None:
    """Refuse whoever may not, before they say why."""
    LIFE.check(verb, _standing(request), found)
