"""My page: what is known of me, who shares my phone, where I am signed in, what I agreed to."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import client_address
from baixing.kernel.once import once
from baixing.kernel.refusals import Refused
from baixing.people import actions, queries, rules
from baixing.people.forms import BornForm, GuardianForm, JoinForm, NameForm, SpeechForm
from baixing.people.models import Consent
from baixing.people.sessions import current, signed_in, signed_in_only

PAGE = require_http_methods(["GET", "HEAD", "POST"])
OVERTAKEN, UNFIT = 409, 422


@require_safe
@signed_in_only
def me(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    browser = current(request)
    context = {
        "person": person,
        "new_number": rules.has_new_number(person, now()),
        "official": browser is not None and browser.official,
    }
    return render(request, "people/me.html", context)


@PAGE
@signed_in_only
def rename(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _rename(request)
    form = NameForm(initial={"name": signed_in(request).name})
    return render(request, "people/rename.html", {"form": form})


@once
def _rename(request: HttpRequest) -> HttpResponse:
    form, person = NameForm(request.POST, initial={"name": signed_in(request).name}), signed_in(request)
    if form.overtaken:
        return render(request, "people/rename.html", {"form": form.beside()}, status=OVERTAKEN)
    if not form.is_valid():
        return render(request, "people/rename.html", {"form": form}, status=UNFIT)
    actions.rename(person, form.cleaned_data["name"], by=person, at=now())
    return _saved(request)


@PAGE
@signed_in_only
def speech(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _choose_speech(request)
    form = SpeechForm(initial={"speech": signed_in(request).speech})
    return render(request, "people/speech.html", {"form": form})


@once
def _choose_speech(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = SpeechForm(request.POST, initial={"speech": person.speech})
    if form.overtaken:
        return render(request, "people/speech.html", {"form": form.beside()}, status=OVERTAKEN)
    if not form.is_valid():
        return render(request, "people/speech.html", {"form": form}, status=UNFIT)
    actions.choose_speech(person, form.cleaned_data["speech"], by=person, at=now())
    return _saved(request)


@PAGE
@signed_in_only
def birth(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _tell_birth(request)
    return render(request, "people/birth.html", {"form": BornForm(today=_today())})


@once
def _tell_birth(request: HttpRequest) -> HttpResponse:
    form, person = BornForm(request.POST, today=_today()), signed_in(request)
    if not form.is_valid():
        return render(request, "people/birth.html", {"form": form}, status=UNFIT)
    actions.tell_birth(person, form.cleaned_data["born"], by=person, at=now())
    return _saved(request)


@PAGE
@signed_in_only
def household(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _join(request)
    return _household_page(request, JoinForm(today=_today()))


@once
def _join(request: HttpRequest) -> HttpResponse:
    form, person = JoinForm(request.POST, today=_today()), signed_in(request)
    if not form.is_valid():
        return _household_page(request, form, status=UNFIT)
    name, born = form.cleaned_data["name"], form.cleaned_data["born"]
    actions.join_household(name, born, by=person, at=now())
    messages.success(request, _("Added. They can choose their name at the next sign-in."))
    return redirect("people:household")


def _household_page(request: HttpRequest, form: JoinForm, status: int = 200) -> HttpResponse:
    people = queries.faces(signed_in(request).phone_index, now())
    return render(request, "people/household.html", {"form": form, "people": people}, status=status)


@require_safe
@signed_in_only
def sessions(request: HttpRequest) -> HttpResponse:
    context = {"sign_ins": queries.sessions_of(signed_in(request)), "current": current(request)}
    return render(request, "people/sessions.html", context)


@require_POST
@signed_in_only
@once
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    sign_in = get_object_or_404(queries.sessions_of(signed_in(request)), pk=pk)
    actions.end_session(sign_in, by=signed_in(request), at=now())
    return redirect("people:sessions")


@require_POST
@signed_in_only
@once
def end_others(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    actions.end_others(person, kept=current(request), by=person, at=now())
    return redirect("people:sessions")


@require_safe
@signed_in_only
def consents(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    context = {
        "choices": queries.consent_choices(person),
        "ledger": queries.consents_of(person),
    }
    return render(request, "people/consents.html", context)


@require_POST
@signed_in_only
@once
def give_consent(request: HttpRequest, kind: Consent.Kind) -> HttpResponse:
    person = signed_in(request)
    actions.give_consent(person, kind, by=person, at=now())
    return redirect("people:consents")


@require_POST
@signed_in_only
@once
def withdraw_consent(request: HttpRequest, kind: Consent.Kind) -> HttpResponse:
    person = signed_in(request)
    actions.withdraw_consent(person, kind, by=person, at=now())
    return redirect("people:consents")


@PAGE
@signed_in_only
def family(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _ask_guardian(request)
    return _family_page(request, GuardianForm())


@once
def _ask_guardian(request: HttpRequest) -> HttpResponse:
    form, person, status = GuardianForm(request.POST), signed_in(request), UNFIT
    if form.is_valid():
        phone, address = form.cleaned_data["phone"], client_address(request)
        try:
            actions.ask_guardian(person, phone, address=address, by=person, at=now())
            return redirect("people:family")
        except Refused as no:
            form.add_error("phone", str(no))
            status = no.status
    return _family_page(request, form, status=status)


def _family_page(request: HttpRequest, form: GuardianForm, status: int = 200) -> HttpResponse:
    person = signed_in(request)
    context = {
        "form": form,
        "guardianships": queries.bonds_of(person),
        "asks": queries.needs_guardian(person, _today()),
    }
    return render(request, "people/family.html", context, status=status)


@require_POST
@signed_in_only
@once
def confirm_guardian(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    guardianship = get_object_or_404(queries.guardianships_of(person), pk=pk)
    actions.confirm_guardian(guardianship, by=person, at=now())
    return redirect("people:family")


@require_POST
@signed_in_only
@once
def end_guardian(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    guardianship = get_object_or_404(queries.guardianships_of(person), pk=pk)
    actions.end_guardian(guardianship, by=person, at=now())
    return redirect("people:family")


def _saved(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("people:me")


def _today() -> date:
    return now().astimezone(LOCAL).date()
