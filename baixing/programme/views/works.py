"""Works: entered, looked at, judged."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.once import once
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.contests import MarkForm, PictureForm, RefuseForm, WorkForm
from baixing.programme.models import Contest, Juror, Picture, Work
from baixing.programme.queries import contests as queries
from baixing.programme.rules import WORK_LIFE, Standing
from baixing.programme.views.activities import UNFIT, standing
from baixing.programme.views.contests import found_contest
from baixing.programme.views.matters import ROWS
from baixing.teams.queries import teams_of

PAGE = require_http_methods(["GET", "HEAD", "POST"])
A_DAY = 86_400  # seconds


@PAGE
@signed_in_only
def enter_work(request: HttpRequest, pk: int) -> HttpResponse:
    found = found_contest(request, pk)
    return _enter(request, found) if request.method == "POST" else _enter_page(request, found, _form(request, found))


@once
def _enter(request: HttpRequest, found: Contest) -> HttpResponse:
    form = _form(request, found)
    if not form.is_valid():
        return _enter_page(request, found, form, UNFIT)
    try:
        made = actions.enter_work(found, form.entered(), by=signed_in(request), at=now())
    except (NotNow, TooMany, Unfit) as no:
        form.add_error(no.field or None, str(no))
        return _enter_page(request, found, form, no.status)
    waits = made.state == Work.State.AWAITING_GUARDIAN
    words = _("Your guardian is asked. When they agree, the work is looked at.") if waits else _("Your work is here.")
    messages.success(request, words)
    return redirect("programme:work", made.pk)


def _form(request: HttpRequest, found: Contest) -> WorkForm:
    by = signed_in(request)
    one, sent = Standing(by, now()), (request.POST, request.FILES) if request.method == "POST" else ()
    return WorkForm(*sent, contest=found, teams=teams_of(by), units=one.offices)


def _enter_page(request: HttpRequest, found: Contest, form: WorkForm, status: int = 200) -> HttpResponse:
    return render(request, "programme/enter_work.html", {"contest": found, "form": form}, status=status)


@require_safe
def work(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


@require_POST
@signed_in_only
@once
def add_picture(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _allowed(request, pk, "add_picture"), PictureForm(request.POST, request.FILES)
    if not form.is_valid() or not (picture := form.picture()):
        return _page(request, found, form, UNFIT)
    try:
        actions.add_picture(found, *picture, by=signed_in(request), at=now())
    except (NotNow, Unfit) as no:
        form.add_error(no.field or None, str(no))
        return _page(request, found, form, no.status)
    return redirect("programme:work", pk)


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """To whoever may see its work."""
    found = get_object_or_404(Picture, pk=pk, work__in=queries.visible_works(standing(request)))
    answer = HttpResponse(bytes(found.image), content_type="image/jpeg")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.pk}.jpg"'  # a page shows it all the same
    answer.headers["Cache-Control"] = f"private, max-age={A_DAY}, immutable"
    return answer


@require_POST
@signed_in_only
@once
def agree_work(request: HttpRequest, pk: int) -> HttpResponse:
    actions.agree_work(_found(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("Thank you. The work is looked at now."))
    return redirect("programme:work", pk)


@require_POST
@signed_in_only
@once
def withdraw_work(request: HttpRequest, pk: int) -> HttpResponse:
    actions.withdraw_work(_found(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("Taken back, with its photos."))
    return redirect("programme:work", pk)


@require_safe
@signed_in_only
def works(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever keeps the contest: what has come in."""
    found = found_contest(request, pk)
    if not Standing(signed_in(request), now()).is_in_charge(found.unit):
        raise NotAllowed(_("Only the head and the staff of the unit look at what comes in."))
    page = Paginator(queries.works_to_read(found), ROWS).get_page(request.GET.get("page", ""))
    return render(request, "programme/works.html", {"contest": found, "page": page})


@require_POST
@signed_in_only
@once
def admit_work(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    actions.admit_work(found, by=signed_in(request), at=now())
    return redirect("programme:works", found.contest_id)


@require_POST
@signed_in_only
@once
def refuse_work(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _allowed(request, pk, "refuse_work"), RefuseForm(request.POST, auto_id="id_why_%s")
    if not form.is_valid():
        return _page(request, found, status=UNFIT, refuse=form)
    actions.refuse_work(found, form.cleaned_data["words"], by=signed_in(request), at=now())
    return redirect("programme:works", found.contest_id)


@require_safe
@signed_in_only
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """A juror's own page: nobody's marks but theirs."""
    juror = _juror(request, found_contest(request, pk))
    rows = queries.judged_by(juror, Standing(signed_in(request), now()))
    forms = [MarkForm(initial={"points": row.points}, auto_id=f"id_{row.work.pk}_%s") for row in rows]
    context = {"juror": juror, "rows": list(zip(rows, forms, strict=True))}
    return render(request, "programme/judge.html", context)


@require_POST
@signed_in_only
@once
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _found(request, pk), MarkForm(request.POST)
    juror = _juror(request, found.contest)
    if not form.is_valid():
        raise Unfit(_("Choose from 1 to 10 points."))
    actions.mark(found, juror, form.cleaned_data["points"], by=signed_in(request), at=now())
    return redirect("programme:judge", found.contest_id)


@require_POST
@signed_in_only
@once
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    actions.hand_in(_juror(request, found_contest(request, pk)), by=signed_in(request), at=now())
    messages.success(request, _("Thank you. Your marks are handed in."))
    return redirect("programme:judge", pk)


def _juror(request: HttpRequest, found: Contest) -> Juror:
    juror = queries.own_juror(found, signed_in(request))
    if juror is None or found.state != Contest.State.JUDGING:
        raise NotAllowed(_("Only the jury judges, once works can no longer be entered."))
    juror.contest = found
    return juror


def _found(request: HttpRequest, pk: int) -> Work:
    return get_object_or_404(queries.visible_works(standing(request)), pk=pk)


def _allowed(request: HttpRequest, pk: int, verb: str) -> Work:
    found = _found(request, pk)
    if refusal := WORK_LIFE.refusal(verb, Standing(signed_in(request), now()), found):
        raise refusal
    return found


def _page(
    request: HttpRequest,
    found: Work,
    form: PictureForm | None = None,
    status: int = 200,
    refuse: RefuseForm | None = None,
) -> HttpResponse:
    page = queries.work_page(found, standing(request))
    context = {"page": page, "form": form or PictureForm(), "refuse": refuse or RefuseForm(auto_id="id_why_%s")}
    return render(request, "programme/work.html", context, status=status)
