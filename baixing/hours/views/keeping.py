"""What the city centre keeps: star levels, other systems, the whole ledger as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.hours import actions
from baixing.hours.forms import LevelForm, SendOutForm, SystemForm, TakeInForm
from baixing.hours.models import OtherSystem, StarLevel, Transfer
from baixing.hours.queries import exports
from baixing.hours.queries import transfers as queries
from baixing.hours.rules.levels import keeps_levels
from baixing.hours.rules.lives import TRANSFER, keeps_transfers
from baixing.hours.views.reading import OVERTAKEN, UNFIT, standing
from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, Overtaken, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.teams.models import Volunteer

PAGE = require_http_methods(["GET", "HEAD", "POST"])
Forms = dict[str, SystemForm | TakeInForm | SendOutForm]


@require_safe
@signed_in_only
def levels(request: HttpRequest) -> HttpResponse:
    _check_levels(request)
    return render(request, "hours/levels.html", {"levels": StarLevel.objects.all()})


@PAGE
@signed_in_only
def level(request: HttpRequest, stars: int) -> HttpResponse:
    _check_levels(request)
    found = get_object_or_404(StarLevel, stars=stars)
    if request.method == "POST":
        return _change(request, found)
    return _level_page(request, found, _level_form(found))


@once
def _change(request: HttpRequest, found: StarLevel) -> HttpResponse:
    form, version = LevelForm(request.POST, initial=_typed(found)), seen_version(request)
    if not form.is_valid():
        found.version = version or 0  # as the page showed it
        return _level_page(request, found, form, UNFIT)
    try:
        actions.change_level(found, form.cleaned_data, version=version, by=signed_in(request), at=now())
    except Overtaken:
        found.refresh_from_db()
        return _level_page(request, found, LevelForm(request.POST, initial=_typed(found)).beside(), OVERTAKEN)
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _level_page(request, found, form, UNFIT)
    messages.success(request, _("The level is kept."))
    return redirect("hours:levels")


def _level_form(found: StarLevel) -> LevelForm:
    return LevelForm(initial=_typed(found))


def _typed(found: StarLevel) -> dict[str, str | int]:
    return {"name": found.name, "name_en": found.name_en, "hours": found.hours}


def _level_page(request: HttpRequest, found: StarLevel, form: LevelForm, status: int = 200) -> HttpResponse:
    return render(request, "hours/level.html", {"thing": found, "form": form}, status=status)


@require_safe
@signed_in_only
def whole_file(request: HttpRequest) -> HttpResponse:
    """Every line of every volunteer by number: for the city centre, and for whoever audits it."""
    if not queries.reads_ledger(signed_in(request), now()):
        raise NotAllowed(_("Only the head, the staff and the auditors of the city centre read the whole ledger."))
    answer = JsonResponse(exports.whole_ledger(now()), json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = 'attachment; filename="ledger.json"'
    return answer


@require_safe
@signed_in_only
def transfers(request: HttpRequest) -> HttpResponse:
    _check_transfers(request)
    return _transfers_page(request, {})


@require_POST
@signed_in_only
@once
def add_system(request: HttpRequest) -> HttpResponse:
    _check_transfers(request)
    form = SystemForm(request.POST)
    if form.is_valid():
        try:
            told = form.cleaned_data
            actions.add_system(told["code"], told["name"], told["public_key"], by=signed_in(request), at=now())
        except Unfit as no:
            form.add_error(no.field or None, str(no))
        else:
            return redirect("hours:transfers")
    return _transfers_page(request, {"system": form}, UNFIT)


@require_POST
@signed_in_only
@once
def take_in(request: HttpRequest) -> HttpResponse:
    _check_transfers(request)
    form = TakeInForm(request.POST)
    if form.is_valid():
        try:
            actions.take_in(**form.cleaned_data, by=signed_in(request), at=now())
        except Unfit as no:
            form.add_error("document", str(no))
        else:
            messages.success(request, _("A second person has to agree."))
            return redirect("hours:transfers")
    return _transfers_page(request, {"take_in": form}, UNFIT)


@require_POST
@signed_in_only
@once
def send_out(request: HttpRequest) -> HttpResponse:
    _check_transfers(request)
    form = SendOutForm(request.POST)
    if form.is_valid():
        volunteer = Volunteer.objects.filter(number=form.cleaned_data["number"]).select_related("person").first()
        if volunteer is not None:
            said = form.cleaned_data
            actions.send_out(said["system"], volunteer, said["minutes"], by=signed_in(request), at=now())
            messages.success(request, _("A second person has to agree."))
            return redirect("hours:transfers")
        form.add_error("number", _("There is no volunteer with this number."))
    return _transfers_page(request, {"send_out": form}, UNFIT)


@require_POST
@signed_in_only
@once
def agree_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    actions.agree_transfer(_seen(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("It is in the ledger."))
    return redirect("hours:transfers")


@require_POST
@signed_in_only
@once
def drop_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    actions.drop_transfer(_seen(request, pk), by=signed_in(request), at=now())
    return redirect("hours:transfers")


@require_safe
@signed_in_only
def transfer_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the other system takes in, once two people have agreed to it."""
    _check_transfers(request)
    found = get_object_or_404(Transfer, pk=pk, way=Transfer.Way.OUT, state=Transfer.State.DONE)
    answer = JsonResponse({"document": found.document, "signature": found.signature})
    answer.headers["Content-Disposition"] = f'attachment; filename="transfer-{found.pk}.json"'
    return answer


def _transfers_page(request: HttpRequest, faulty: Forms, status: int = 200) -> HttpResponse:
    one = standing(request)
    rows = [(row, TRANSFER.powers(one, row)) for row in queries.latest()]
    forms = {"system": SystemForm(), "take_in": TakeInForm(), "send_out": SendOutForm(), **faulty}
    context = {"rows": rows, "systems": OtherSystem.objects.all(), "forms": forms, "own": queries.own_words()}
    return render(request, "hours/transfers.html", context, status=status)


def _seen(request: HttpRequest, pk: int) -> Transfer:
    _check_transfers(request)
    rows = Transfer.objects.select_related("system", "volunteer__person", "asked_by")
    return get_object_or_404(rows, pk=pk).as_seen(seen_version(request))


def _check_levels(request: HttpRequest) -> None:
    if not keeps_levels(signed_in(request), now()):
        raise NotAllowed(_("Only the head of the city centre sets the star levels."))


def _check_transfers(request: HttpRequest) -> None:
    if not keeps_transfers(standing(request)):
        raise NotAllowed(_("Only the head and the staff of the city centre deal with other systems."))
