"""A volunteer's own hours, and what they can do about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.hours import actions
from baixing.hours.forms import WordsForm
from baixing.hours.models import HoursEntry
from baixing.hours.queries import exports, records
from baixing.hours.views.reading import UNFIT
from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams.models import Volunteer

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in_only
def mine(request: HttpRequest) -> HttpResponse:
    """The total, what is on its way, every line, the record and the certificates."""
    person = signed_in(request)
    found = records.record_of(person, get_language() or "", request.GET.get("page", ""))
    return render(request, "hours/mine.html", {"mine": found})


@require_safe
@signed_in_only
def own_file(request: HttpRequest) -> HttpResponse:
    """One's own lines, to be checked anywhere."""
    volunteer = _volunteer(request)
    answer = JsonResponse(exports.own_ledger(volunteer, now()), json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = f'attachment; filename="ledger-{volunteer.number}.json"'
    return answer


@require_POST
@signed_in_only
@once
def choose_stars(request: HttpRequest) -> HttpResponse:
    actions.choose_stars(_volunteer(request), on=request.POST.get("on") == "1", by=signed_in(request), at=now())
    return redirect("hours:mine")


@PAGE
@signed_in_only
def object_to(request: HttpRequest, pk: int) -> HttpResponse:
    """A line of one's own is wrong: say what."""
    rows = HoursEntry.objects.select_related("session__unit", "volunteer")
    entry = get_object_or_404(rows, pk=pk, person=signed_in(request))
    if request.method == "POST":
        return _object_to(request, entry)
    return _object_page(request, entry, WordsForm())


@once
def _object_to(request: HttpRequest, entry: HoursEntry) -> HttpResponse:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _object_page(request, entry, form, UNFIT)
    try:
        actions.object_to(entry, words=form.cleaned_data["words"], by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _object_page(request, entry, form, UNFIT)
    messages.success(request, _("Somebody of the unit will look at it and answer you."))
    return redirect("hours:mine")


def _object_page(request: HttpRequest, entry: HoursEntry, form: WordsForm, status: int = 200) -> HttpResponse:
    return render(request, "hours/object.html", {"entry": entry, "form": form}, status=status)


@require_POST
@signed_in_only
@once
def draft(request: HttpRequest) -> HttpResponse:
    certificate = actions.draft(_volunteer(request), by=signed_in(request), at=now())
    messages.success(request, _("You have asked for a certificate. It is on show for seven days before it is issued."))
    return redirect("hours:certificate", certificate.pk)


def _volunteer(request: HttpRequest) -> Volunteer:
    return get_object_or_404(Volunteer.objects.select_related("person"), person=signed_in(request))
