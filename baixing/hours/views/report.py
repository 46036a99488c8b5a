"""What the volunteers of a unit served, for those in charge of it; and the same as a sheet."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from baixing.hours.forms import PeriodForm
from baixing.hours.queries import report as queries
from baixing.hours.views.reading import UNFIT, in_office
from baixing.kernel import sheets
from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Unit
from baixing.people.sessions import signed_in_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}


@require_safe
@signed_in_only
def report_first(request: HttpRequest) -> HttpResponse:
    """Of the unit that is highest among those one is in charge of."""
    unit = min(in_office(request).offices, key=lambda office: (len(office.path), office.pk))
    return redirect("hours:report", unit.pk)


@require_safe
@signed_in_only
def report(request: HttpRequest, pk: int) -> HttpResponse:
    unit, form = _unit(request, pk), _form(request)
    if not form.is_valid():
        return render(request, "hours/report.html", {"unit": unit, "form": form, "at": now()}, status=UNFIT)
    found = queries.report_of(unit, *form.months())
    context = {"unit": unit, "form": form, "report": found, "parts": _parts(found), "at": now()}
    return render(request, "hours/report.html", context)


@require_safe
@signed_in_only
def report_sheet(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    unit, form = _unit(request, pk), _form(request)
    if ending not in KINDS or not form.is_valid():
        raise Http404
    first, last = form.months()
    name, rows = _("Hours of %(unit)s") % {"unit": unit.short}, queries.sheet_rows(unit, first, last)
    made = (
        sheets.csv_answer(name, queries.header(), rows, demo=settings.DEMO)
        if ending == "csv"
        else sheets.xlsx(queries.header(), rows, name=name, demo=settings.DEMO)
    )
    answer = HttpResponse(made, content_type=KINDS[ending])
    span = f"{first:%Y%m}-{last:%Y%m}"
    answer.headers["Content-Disposition"] = f'attachment; filename="hours-{unit.pk}-{span}.{ending}"'
    return answer


def _parts(found: queries.Report) -> list[tuple[str, str, list[queries.Part]]]:
    """The tables of the page: what each is of, the heading of its first column, and its lines. The only month and the
    only unit are the sum above.
    """
    told = [
        (_("By month"), _("Month"), found.months, 2),
        (_("By what it was"), _("What it was"), found.groups, 1),
        (_("By team"), _("Team"), found.teams, 1),
        (_("By unit"), _("Unit"), found.units, 2),
    ]
    return [(title, heading, parts) for title, heading, parts, least in told if len(parts) >= least]


def _form(request: HttpRequest) -> PeriodForm:
    today = now().astimezone(LOCAL).date().replace(day=1)
    asked = {"first": f"{_january(today):%Y-%m}", "last": f"{today:%Y-%m}", **request.GET.dict()}
    return PeriodForm(asked)


def _january(today: date) -> date:
    return today.replace(month=1)


def _unit(request: HttpRequest, pk: int) -> Unit:
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not in_office(request).is_in_charge(unit):
        raise NotAllowed(_("Only those in charge of this unit, or of one above it, see its hours."))
    return unit
