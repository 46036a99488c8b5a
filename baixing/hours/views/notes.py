"""Records of volunteers, for the leaders of their teams and those in charge: what is written into them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.hours import actions
from baixing.hours.forms.notes import NoteForm
from baixing.hours.models import Note
from baixing.hours.queries import notes as queries
from baixing.hours.rules.lives import NOTE
from baixing.hours.views.reading import UNFIT, standing
from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams.models import Team, Volunteer

ROWS = 30


@require_safe
@signed_in_only
def records(request: HttpRequest) -> HttpResponse:
    """By number, and by nothing else: nobody is ranked."""
    one = standing(request)
    if not one.offices and not Team.objects.filter(leader=one.person).exists():
        raise NotAllowed(_("Only the leaders of teams, and those in charge of a unit, write into records."))
    page = Paginator(queries.visible_volunteers(one), ROWS).get_page(request.GET.get("page", ""))
    return render(request, "hours/records.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def record(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_volunteers(standing(request)), pk=pk)
    return _write(request, found) if request.method == "POST" else _page(request, found, NoteForm())


@once
def _write(request: HttpRequest, found: Volunteer) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, UNFIT)
    try:
        actions.write_note(found, form.told(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _page(request, found, form, UNFIT)
    messages.success(request, _("It is in the record. The volunteer is told."))
    return redirect("hours:record", found.pk)


@require_POST
@signed_in_only
@once
def withdraw_note(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_notes(standing(request)), pk=pk).as_seen(seen_version(request))
    actions.withdraw_note(found, by=signed_in(request), at=now())
    messages.success(request, _("It is taken out of the record."))
    return redirect("hours:records")


def _page(request: HttpRequest, found: Volunteer, form: NoteForm, status: int = 200) -> HttpResponse:
    one = standing(request)
    rows: list[tuple[Note, frozenset[str]]] = [(note, NOTE.powers(one, note)) for note in queries.notes_of(found)]
    context = {"volunteer": found, "rows": rows, "form": form}
    return render(request, "hours/record.html", context, status=status)
