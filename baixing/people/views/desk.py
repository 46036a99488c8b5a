"""At a station's desk: somebody has lost their number. Find them, see a paper, prove the new number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import client_address
from baixing.kernel.once import once
from baixing.kernel.refusals import TooMany
from baixing.look import said
from baixing.people import actions, queries
from baixing.people.forms import BornForm, CodeForm, FindForm, NewNumberForm, SeenForm
from baixing.people.models import Person, PersonQuerySet
from baixing.people.sessions import proven_only, signed_in, signed_in_only
from baixing.people.sessions.steps import Recovery

PAGE = require_http_methods(["GET", "HEAD", "POST"])
Step = Callable[[HttpRequest, Recovery, Person], HttpResponse]
UNFIT = 422


def _chosen(step: Step) -> Callable[[HttpRequest], HttpResponse]:
    """For the steps about one person; whoever comes without one starts again."""

    def guarded(request: HttpRequest) -> HttpResponse:
        here = Recovery.of(request)
        person = _own(request).filter(pk=here.chosen).first() if here else None
        if here is None or person is None:
            messages.warning(request, _("Please look for the person again."))
            return redirect("people:recover")
        return step(request, here, person)

    return guarded


@PAGE
@never_cache
@signed_in_only
def recover(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _find(request)
    _own(request)
    return render(request, "people/recover.html", {"form": FindForm(today=_today())})


def _find(request: HttpRequest) -> HttpResponse:
    """A question, though it is a POST: what is typed stands in no address. Each one is counted."""
    form, by, status = FindForm(request.POST, today=_today()), signed_in(request), UNFIT
    if form.is_valid():
        try:
            found = actions.look_for(**form.cleaned_data, by=by, at=now())
        except TooMany as no:
            form.add_error(None, str(no))
            status = no.status
        else:
            if found:
                Recovery(found=[person.pk for person in found]).keep(request)
                return redirect("people:recover_who")
            form.add_error(None, _("Nobody whose number you may change fits all of this. Check it with the person."))
    return render(request, "people/recover.html", {"form": form}, status=status)


@PAGE
@never_cache
@signed_in_only
def recover_who(request: HttpRequest) -> HttpResponse:
    here = Recovery.of(request)
    if here is None:
        return redirect("people:recover")
    people = _own(request).filter(pk__in=here.found).order_by("pk")
    if request.method == "POST":
        return _choose(request, here, people)
    return _who_page(request, people, SeenForm(people=people))


def _choose(request: HttpRequest, here: Recovery, people: PersonQuerySet) -> HttpResponse:
    form = SeenForm(request.POST, people=people)
    if not form.is_valid():
        return _who_page(request, people, form, status=UNFIT)
    here.keep(request, chosen=form.cleaned_data["who"].pk, paper=form.cleaned_data["paper"], nonce="", typed="")
    return redirect("people:recover_number")


def _who_page(request: HttpRequest, people: PersonQuerySet, form: SeenForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "people": [queries.match(person) for person in people]}
    return render(request, "people/recover_who.html", context, status=status)


@PAGE
@never_cache
@signed_in_only
def recover_number(request: HttpRequest) -> HttpResponse:
    return _send(request) if request.method == "POST" else _number_page(request)


@_chosen
def _number_page(request: HttpRequest, _here: Recovery, person: Person) -> HttpResponse:
    return _number_answer(request, person, NewNumberForm())


@PAGE
@never_cache
@signed_in_only
def correct_birth(request: HttpRequest) -> HttpResponse:
    return _correct(request) if request.method == "POST" else _birth_page(request)


@_chosen
def _birth_page(request: HttpRequest, _here: Recovery, person: Person) -> HttpResponse:
    return _birth_answer(request, person, BornForm(today=_today()))


@once
@_chosen
def _correct(request: HttpRequest, here: Recovery, person: Person) -> HttpResponse:
    form = BornForm(request.POST, today=_today())
    if not form.is_valid():
        return _birth_answer(request, person, form, status=UNFIT)
    actions.correct_birth(person, form.cleaned_data["born"], paper=here.paper, by=signed_in(request), at=now())
    Recovery.drop(request)
    messages.success(request, _("Done. The date of birth is corrected."))
    return redirect("people:recover")


def _birth_answer(request: HttpRequest, person: Person, form: BornForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "person": queries.match(person)}
    return render(request, "people/recover_birth.html", context, status=status)


@require_POST
@signed_in_only
@proven_only
@once
def reset_factor(request: HttpRequest) -> HttpResponse:
    return _reset(request)


@_chosen
def _reset(request: HttpRequest, here: Recovery, person: Person) -> HttpResponse:
    actions.reset_factor(person, paper=here.paper, by=signed_in(request), at=now())
    Recovery.drop(request)
    messages.success(request, _("Done. They set up a new second step when they next sign in."))
    return redirect("people:recover")


@once
@_chosen
def _send(request: HttpRequest, here: Recovery, person: Person) -> HttpResponse:
    form, status = NewNumberForm(request.POST), UNFIT
    if form.is_valid():
        phone, by = form.cleaned_data["phone"], signed_in(request)
        try:
            nonce = actions.ask_recovery(person, phone, address=client_address(request), by=by, at=now())
            here.keep(request, nonce=nonce, shown=said.masked_phone(phone), typed="")
            return redirect("people:recover_code")
        except TooMany as no:
            form.add_error("phone", str(no))
            status = no.status
    return _number_answer(request, person, form, status)


def _number_answer(request: HttpRequest, person: Person, form: NewNumberForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "person": queries.match(person), "has_factor": queries.has_factor(person)}
    return render(request, "people/recover_number.html", context, status=status)


@PAGE
@never_cache
@signed_in_only
def recover_code(request: HttpRequest) -> HttpResponse:
    return _answer(request) if request.method == "POST" else _ask_code(request)


@_chosen
def _ask_code(request: HttpRequest, here: Recovery, person: Person) -> HttpResponse:
    if not here.nonce:
        return redirect("people:recover_number")
    form = CodeForm({"code": here.typed}) if here.typed else CodeForm()
    if here.typed and form.is_valid():
        form.add_error("code", _("This code is wrong or too old. Look again, or ask for a new one."))
    return _code_page(request, here, person, form)


@once
@_chosen
def _answer(request: HttpRequest, here: Recovery, person: Person) -> HttpResponse:
    """A wrong code is answered with a redirect, so that its try stays counted."""
    form, at = CodeForm(request.POST), now()
    sent = queries.code_of(here.nonce)
    if sent is None:
        return redirect("people:recover_number")
    if not form.is_valid():
        return _code_page(request, here, person, form, status=UNFIT)
    if actions.answer_code(here.nonce, form.cleaned_data["code"], at=at) is None:
        here.keep(request, typed=form.cleaned_data["code"])
        return redirect("people:recover_code")
    actions.recover(person, sent.phone, here.nonce, paper=here.paper, by=signed_in(request), at=at)
    Recovery.drop(request)
    messages.success(request, _("Done. They can sign in with the new number now."))
    return redirect("people:recover")


def _code_page(request: HttpRequest, here: Recovery, person: Person, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "step": here,
        "person": queries.match(person),
        "demo_text": queries.demo_text(here.nonce),
    }
    return render(request, "people/recover_code.html", context, status=status)


def _own(request: HttpRequest) -> PersonQuerySet:
    return queries.recoverable(signed_in(request), now())


def _today() -> date:
    return now().astimezone(LOCAL).date()
