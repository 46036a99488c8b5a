"""What looks odd, what is objected to, and what is put right."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.hours import actions
from baixing.hours.forms import CorrectForm, WordsForm
from baixing.hours.models import Correction, Flag, HoursEntry
from baixing.hours.queries import claims as queries
from baixing.hours.views.reading import UNFIT, in_office, standing
from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
ROWS = 30


@require_safe
@signed_in_only
def flags(request: HttpRequest) -> HttpResponse:
    """The queue of those in charge of a unit, and the corrections that wait for a second person."""
    one = in_office(request)
    page = Paginator(queries.open_flags(one), ROWS).get_page(request.GET.get("page", ""))
    return render(request, "hours/flags.html", {"page": page, "corrections": queries.waiting_corrections(one)})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, and the words of whoever has looked at it."""
    one = standing(request)
    found = get_object_or_404(queries.visible_flags(one), pk=pk)
    if request.method != "POST":
        return _flag_page(request, found, WordsForm())
    actions.check_settler(one, found)
    return _settle(request, found)


@once
def _settle(request: HttpRequest, found: Flag) -> HttpResponse:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _flag_page(request, found, form, UNFIT)
    actions.settle(found, words=form.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("Your words are kept beside it."))
    return redirect("hours:flags")


def _flag_page(request: HttpRequest, found: Flag, form: WordsForm, status: int = 200) -> HttpResponse:
    return render(request, "hours/flag.html", {"flag": found, "form": form}, status=status)


@PAGE
@signed_in_only
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a line is taken back, or less stands in its place."""
    one = standing(request)
    entry = get_object_or_404(queries.visible_entries(one), pk=pk)
    actions.check_asker(one, entry)
    if request.method == "POST":
        return _ask(request, entry)
    return _correct_page(request, entry, CorrectForm())


@once
def _ask(request: HttpRequest, entry: HoursEntry) -> HttpResponse:
    form = CorrectForm(request.POST)
    if not form.is_valid():
        return _correct_page(request, entry, form, UNFIT)
    try:
        actions.ask_correction(entry, **form.cleaned_data, by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _correct_page(request, entry, form, UNFIT)
    messages.success(request, _("A second person has to agree."))
    return redirect("hours:flags")


def _correct_page(request: HttpRequest, entry: HoursEntry, form: CorrectForm, status: int = 200) -> HttpResponse:
    return render(request, "hours/correct.html", {"entry": entry, "form": form}, status=status)


@require_POST
@signed_in_only
@once
def agree_correction(request: HttpRequest, pk: int) -> HttpResponse:
    actions.agree_correction(_seen(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("The line is put right."))
    return redirect("hours:flags")


@require_POST
@signed_in_only
@once
def drop_correction(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop_correction(_seen(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("The line stays as it is."))
    return redirect("hours:flags")


def _seen(request: HttpRequest, pk: int) -> Correction:
    found = get_object_or_404(queries.visible_corrections(standing(request)), pk=pk)
    return found.as_seen(seen_version(request))
