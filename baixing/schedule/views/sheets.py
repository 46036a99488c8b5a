"""The roster on paper: printing it, and reading it back twice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.once import once
from baixing.kernel.refusals import Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions
from baixing.schedule.forms.attending import CodeForm
from baixing.schedule.forms.grid import GridForm, chosen_of
from baixing.schedule.models import Session, Sheet
from baixing.schedule.queries import paper, run_by
from baixing.schedule.rules.paper import plain_code
from baixing.schedule.views.door import qr
from baixing.schedule.views.finding import UNFIT, run_here, standing


@require_safe
@signed_in_only
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    return _list(request, run_here(request, pk), CodeForm())


@require_POST
@signed_in_only
@once
def print_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    actions.print_sheets(run_here(request, pk), by=signed_in(request), at=now())
    return redirect("schedule:sheet_paper", pk)


@require_safe
@signed_in_only
def sheet_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages that were printed last."""
    session = run_here(request, pk)
    pages = [(one, qr(_address(request, one.sheet))) for one in paper.pages(paper.latest(session))]
    return render(request, "schedule/paper.html", {"session": session, "pages": pages})


@require_POST
@signed_in_only
def find_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A look: where the sheet with this code is entered."""
    session, form = run_here(request, pk), CodeForm(request.POST)
    code = plain_code(form.cleaned_data["code"]) if form.is_valid() else ""
    found = Sheet.objects.filter(code=code).select_related("session").first()
    if found is not None and found.session_id == session.pk:
        return redirect("schedule:sheet", found.code)
    form.add_error("code", _wrong_sheet(request, found))
    return _list(request, session, form, UNFIT)


@require_safe
@signed_in_only
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """Where a sheet stands: to be read, to be read by somebody else, to be settled, or done."""
    found = _sheet(request, code)
    return _page(request, found, GridForm(paper.page(found)))


@require_POST
@signed_in_only
@once
def read_sheet(request: HttpRequest, code: str) -> HttpResponse:
    found = _sheet(request, code)
    form = GridForm(paper.page(found), request.POST)
    try:
        actions.read(found, form.lines(), by=signed_in(request), at=now())
    except Unfit as no:
        messages.error(request, str(no))
        return _page(request, found, form, UNFIT)
    messages.success(request, _("Entered. Thank you."))
    return redirect("schedule:sheet", code)


@require_POST
@signed_in_only
@once
def settle_sheet(request: HttpRequest, code: str) -> HttpResponse:
    actions.settle(_sheet(request, code), chosen_of(request.POST), by=signed_in(request), at=now())
    messages.success(request, _("The sheet is settled."))
    return redirect("schedule:sheet", code)


def _sheet(request: HttpRequest, code: str) -> Sheet:
    mine = Sheet.objects.filter(session__in=run_by(standing(request)))
    return get_object_or_404(mine.select_related("session__unit", "session__team"), code=code)


def _page(request: HttpRequest, found: Sheet, form: GridForm, status: int = 200) -> HttpResponse:
    readings = list(found.readings.select_related("by"))
    by_me = any(one.by_id == signed_in(request).pk for one in readings)
    context = {
        "sheet": found,
        "session": found.session,
        "readings": readings,
        "grid": form if len(readings) < 2 and not by_me else None,  # noqa: PLR2004 - two people
        "late": now() > found.session.end,
        "differences": paper.differences(found) if found.settled_at is None else [],
        "answers": paper.answers(found),
    }
    return render(request, "schedule/sheet.html", context, status=status)


def _list(request: HttpRequest, session: Session, form: CodeForm, status: int = 200) -> HttpResponse:
    rows = session.sheets.prefetch_related("readings")
    return render(request, "schedule/sheets.html", {"session": session, "sheets": rows, "form": form}, status=status)


def _wrong_sheet(request: HttpRequest, found: Sheet | None) -> str:
    if found is None or not run_by(standing(request)).filter(pk=found.session_id).exists():
        return _("There is no such sheet. Please type the code again, as it stands beside the picture.")
    words = _("This sheet belongs to “%(title)s” of %(day)s. Please enter it there.")
    return words % {"title": found.session.title, "day": f"{found.session.start.astimezone(LOCAL):%Y-%m-%d}"}


def _address(request: HttpRequest, found: Sheet) -> str:
    return request.build_absolute_uri(reverse("schedule:sheet", args=[found.code]))
