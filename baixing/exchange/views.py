"""The pages on which lists are brought in, looked at, confirmed and undone; and the sheets that leave."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.exchange import actions, queries
from baixing.exchange.forms import UploadForm
from baixing.exchange.models import Import
from baixing.exchange.queries.verdicts import loaded
from baixing.exchange.rules import check_bringing, kinds_for, offices_for
from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.network.models import Unit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams.rules import Standing

UNFIT = 422
KINDS = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}


@require_safe
@signed_in_only
def first(request: HttpRequest) -> HttpResponse:
    """The desk of lists of the highest unit in which one may bring something in."""
    one = _standing(request)
    unit = next((unit for unit in offices_for(one.person, one.at) if kinds_for(one.person, unit, one.at)), None)
    if unit is None:
        raise NotAllowed(_("Only those in charge of a unit bring lists in."))
    return redirect("exchange:desk", unit.pk)


@require_safe
@signed_in_only
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    one = _standing(request)
    unit = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    if not kinds_for(one.person, unit, one.at):
        raise NotAllowed(_("Only those in charge of this unit, or of one above it, bring lists in here."))
    return render(request, "exchange/desk.html", {"desk": queries.desk(unit, one), "at": one.at})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def upload(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    unit = _unit(request, pk, kind)
    if request.method == "POST":
        return _uploaded(request, unit, kind)
    return _upload_page(request, unit, kind, UploadForm())


def _uploaded(request: HttpRequest, unit: Unit, kind: str) -> HttpResponse:
    """The file is read before anything is kept, so that whoever chose the wrong one knows at once."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, unit, kind, form, UNFIT)
    file = form.cleaned_data["file"]
    try:
        table = queries.table_in(queries.sheets_in(file.name, file.read()), queries.form_of(kind), file.name)
    except Unfit as unfit:
        form.add_error("file", str(unfit))
        return _upload_page(request, unit, kind, form, UNFIT)
    return _taken(request, unit, kind, table)


@once
def _taken(request: HttpRequest, unit: Unit, kind: str, table: queries.Table) -> HttpResponse:
    one, language = _standing(request), get_language() or ""
    source = actions.take(kind, unit, table, language=language, by=one.person, at=one.at)
    return redirect("exchange:show", source.pk)


def _upload_page(request: HttpRequest, unit: Unit, kind: str, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {"unit": unit, "kind": Import.Kind(kind), "columns": queries.form_of(kind), "form": form}
    return render(request, "exchange/upload.html", context, status=status)


@require_safe
@signed_in_only
def template(request: HttpRequest, pk: int, kind: str, ending: str) -> HttpResponse:
    from baixing.exchange.queries import leaving  # loads openpyxl

    _unit(request, pk, kind)
    name = _("%(list)s template") % {"list": queries.form_of(kind).title}
    return _sheet(leaving.template(kind, _ending(ending)), name, ending)


@require_safe
@signed_in_only
def export(request: HttpRequest, pk: int, kind: str, ending: str) -> HttpResponse:
    from baixing.exchange.queries import leaving  # loads openpyxl

    unit = _unit(request, pk, kind)
    if kind == Import.Kind.PEOPLE:
        raise Http404  # people leave in no list
    name = f"{unit.short} {queries.form_of(kind).title}"
    return _sheet(leaving.exported(kind, unit, _ending(ending)), name, ending)


@require_safe
@signed_in_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    one, source = _standing(request), _source(request, pk)
    page = queries.import_page(source, one, request.GET.get("show", ""), request.GET.get("page", ""))
    part = "exchange/_import.html" if request.headers.get("HX-Request") else "exchange/import.html"
    return render(request, part, {"page": page, "source": source, "at": one.at})


@require_safe
@signed_in_only
def faults(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list with its faults: only for whoever brought it, for it is theirs to mend."""
    from baixing.exchange.queries import leaving  # loads openpyxl

    source = _source(request, pk)
    if source.by_id != signed_in(request).pk:
        raise NotAllowed(_("Only whoever brought this list can download it."))
    if not (source.table and source.verdicts):
        raise Http404
    table, form = queries.Table.loaded(source.table), queries.form_of(source.kind)
    sheet = leaving.faults_sheet(table, loaded(source.verdicts), form)
    return _sheet(sheet, _("%(list)s to mend") % {"list": form.title}, "xlsx")


@require_POST
@signed_in_only
@once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    one, source = _standing(request), _source(request, pk)
    actions.confirm(source, by=one.person, at=one.at)
    return redirect("exchange:show", pk)


@require_POST
@signed_in_only
@once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    one, source = _standing(request), _source(request, pk)
    actions.drop(source, by=one.person, at=one.at)
    messages.success(request, _("The list is laid aside. Nothing of it was brought in."))
    return redirect("exchange:desk", source.unit_id)


@require_POST
@signed_in_only
@once
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    one, source = _standing(request), _source(request, pk)
    actions.undo(source, by=one.person, at=one.at)
    return redirect("exchange:show", pk)


def _standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


def _unit(request: HttpRequest, pk: int, kind: str) -> Unit:
    unit = get_object_or_404(Unit, pk=pk)
    if kind not in Import.Kind.values:
        raise Http404
    check_bringing(signed_in(request), kind, unit, now())
    return unit


def _source(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(queries.visible(_standing(request)), pk=pk)


def _ending(ending: str) -> str:
    if ending not in KINDS:
        raise Http404
    return ending


def _sheet(content: bytes, name: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=KINDS[ending])
    plain = f"attachment; filename=\"list.{ending}\"; filename*=UTF-8''{quote(f'{name}.{ending}')}"
    answer.headers["Content-Disposition"] = plain
    return answer
