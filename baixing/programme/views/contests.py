"""Contests: the call, its page, its jury and its result."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import now
from baixing.kernel.http import seen_version
from baixing.kernel.once import once
from baixing.kernel.refusals import NotNow, Unfit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.programme import actions
from baixing.programme.forms.contests import ContestForm, JurorForm, NewContestForm, PrizesForm, as_contest
from baixing.programme.forms.parts import WhyForm
from baixing.programme.models import Contest
from baixing.programme.queries import contests as queries
from baixing.programme.queries.matters import contest_lines
from baixing.programme.rules import CONTEST_LIFE, Standing
from baixing.programme.views.activities import UNFIT, standing
from baixing.programme.views.matters import ROWS, Matter, add_one, allowed_one, change_one, found_one, listed

PAGE = require_http_methods(["GET", "HEAD", "POST"])


CONTEST: Final = Matter(
    name="contest",
    visible=queries.visible_contests,
    lines=contest_lines,
    life=CONTEST_LIFE,
    form=ContestForm,
    new=NewContestForm,
    begun=as_contest,
    add=actions.add_contest,
    change=actions.change_contest,
    changed=_lazy("The contest is changed."),
)


@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    one = standing(request)
    return listed(request, CONTEST, one, queries.visible_contests(one))


@require_safe
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, found_contest(request, pk))


def _page(request: HttpRequest, found: Contest, why: WhyForm | None = None, status: int = 200) -> HttpResponse:
    works = Paginator(queries.shown_works(found), ROWS).get_page(request.GET.get("page", ""))
    page = queries.contest_page(found, standing(request), now())
    context = {"contest": page, "page": works, "why": why or WhyForm()}
    return render(request, "programme/contest.html", context, status=status)


@PAGE
@signed_in_only
def add_contest(request: HttpRequest) -> HttpResponse:
    return add_one(request, CONTEST)


@PAGE
@signed_in_only
def change_contest(request: HttpRequest, pk: int) -> HttpResponse:
    return change_one(request, CONTEST, pk)


@require_POST
@signed_in_only
@once
def publish_contest(request: HttpRequest, pk: int) -> HttpResponse:
    actions.publish_contest(found_contest(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("Everybody reads it now."))
    return redirect("programme:contest", pk)


@require_POST
@signed_in_only
@once
def close_showcase(request: HttpRequest, pk: int) -> HttpResponse:
    actions.close_showcase(found_contest(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("It is closed. What is shown stays."))
    return redirect("programme:contest", pk)


@require_POST
@signed_in_only
@once
def call_off_contest(request: HttpRequest, pk: int) -> HttpResponse:
    found, why = allowed_contest(request, pk, "call_off_contest"), WhyForm(request.POST)
    if not why.is_valid():
        return _page(request, found, why, UNFIT)
    found = found.as_seen(seen_version(request))
    actions.call_off_contest(found, why.cleaned_data["words"], by=signed_in(request), at=now())
    messages.success(request, _("It is called off. Everybody who sent a work or judges is told why."))
    return redirect("programme:contest", pk)


@PAGE
@signed_in_only
def jury(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the unit asks to judge."""
    found = allowed_contest(request, pk, "drop_juror")
    return _name(request, found) if request.method == "POST" else _jury_page(request, found, JurorForm())


@once
def _name(request: HttpRequest, found: Contest) -> HttpResponse:
    form = JurorForm(request.POST)
    if not form.is_valid():
        return _jury_page(request, found, form, UNFIT)
    try:
        actions.name_juror(found, form.person(), by=signed_in(request), at=now())
    except Unfit as no:
        form.add_error(no.field or None, str(no))
        return _jury_page(request, found, form, UNFIT)
    messages.success(request, _("They are told that they are asked to judge."))
    return redirect("programme:jury", found.pk)


def _jury_page(request: HttpRequest, found: Contest, form: JurorForm, status: int = 200) -> HttpResponse:
    powers = CONTEST_LIFE.powers(Standing(signed_in(request), now()), found)
    context = {"contest": found, "jurors": queries.jurors_of(found), "form": form, "powers": powers}
    return render(request, "programme/jury.html", context, status=status)


@require_POST
@signed_in_only
@once
def drop_juror(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them, by whoever keeps the contest; without a number oneself."""
    found, by = found_contest(request, pk), signed_in(request)
    asked = request.POST.get("juror", "")
    juror = queries.asked_juror(found, asked) if asked else queries.own_juror(found, by)
    if juror is None:
        refusal = CONTEST_LIFE.refusal("drop_juror", Standing(by, now()), found)
        raise refusal or NotNow(_("They are out of the jury already."))
    actions.drop_juror(juror, by=by, at=now())
    own = juror.person_id == by.pk
    messages.success(request, _("You do not judge here any more.") if own else _("Taken out of the jury."))
    return redirect("programme:contest" if own else "programme:jury", pk)


@require_POST
@signed_in_only
@once
def begin_judging(request: HttpRequest, pk: int) -> HttpResponse:
    actions.begin_judging(found_contest(request, pk), by=signed_in(request), at=now())
    messages.success(request, _("The jury has the works now."))
    return redirect("programme:contest", pk)


@PAGE
@signed_in_only
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """What the jury thought of each work, once all have handed in; and which works are published."""
    found = allowed_contest(request, pk, "announce")
    return _announce(request, found) if request.method == "POST" else _announce_page(request, found)


@once
def _announce(request: HttpRequest, found: Contest) -> HttpResponse:
    form = PrizesForm(request.POST, works=queries.judged_works(found))
    if not form.is_valid():
        return _announce_page(request, found, form, UNFIT)
    actions.announce(found.as_seen(seen_version(request)), form.prizes(), by=signed_in(request), at=now())
    messages.success(request, _("The result is published."))
    return redirect("programme:contest", found.pk)


def _announce_page(
    request: HttpRequest, found: Contest, form: PrizesForm | None = None, status: int = 200
) -> HttpResponse:
    works = list(queries.judged_works(found))
    form = form or PrizesForm(works=works)
    rows = [(work, form[f"work-{work.pk}"]) for work in works]
    return render(request, "programme/announce.html", {"thing": found, "rows": rows, "form": form}, status=status)


def found_contest(request: HttpRequest, pk: int) -> Contest:
    return found_one(request, CONTEST, pk)


def allowed_contest(request: HttpRequest, pk: int, verb: str) -> Contest:
    return allowed_one(request, CONTEST, pk, verb)
