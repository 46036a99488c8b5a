"""Signing in: phone, code, who of the household, and the first time name and consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from baixing.kernel.calendar import LOCAL, now
from baixing.kernel.http import client_address
from baixing.kernel.once import once
from baixing.kernel.refusals import TooMany
from baixing.look import said
from baixing.people import actions, queries
from baixing.people.forms import AgreeForm, CodeForm, NameForm, NewForm, PhoneForm, WhoForm
from baixing.people.models import Code, Person
from baixing.people.sessions import door, half_way, safe_next, set_language, way_in
from baixing.people.sessions import sign_in as open_door
from baixing.people.sessions import sign_out as close_door
from baixing.people.sessions.steps import Door

PAGE = require_http_methods(["GET", "HEAD", "POST"])
Step = Callable[[HttpRequest, Door, Code], HttpResponse]
UNFIT = 422


def _proven(step: Step) -> Callable[[HttpRequest], HttpResponse]:
    """For the steps after the code; without a proof one starts again."""

    def guarded(request: HttpRequest) -> HttpResponse:
        here = door(request)
        proof = queries.proven(here.nonce, Code.Purpose.SIGN_IN, now()) if here else None
        if here is None or proof is None:
            messages.warning(request, _("That took too long. Start again with your phone number."))
            return redirect("people:sign_in")
        return step(request, here, proof)

    return guarded


@PAGE
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _send_code(request)
    goal = safe_next(request, request.GET.get("next", ""))
    if request.user.is_authenticated or half_way(request):
        return redirect(way_in(request, goal or reverse("people:me")))
    return render(request, "people/sign_in.html", {"form": PhoneForm(), "goal": goal})


@once
def _send_code(request: HttpRequest) -> HttpResponse:
    form, goal = PhoneForm(request.POST), safe_next(request, request.POST.get("next", ""))
    status = UNFIT
    if form.is_valid():
        try:
            _ask(request, form.cleaned_data["phone"], goal)
            return redirect("people:code")
        except TooMany as no:
            form.add_error("phone", str(no))
            status = no.status
    return render(request, "people/sign_in.html", {"form": form, "goal": goal}, status=status)


def _ask(request: HttpRequest, phone: str, goal: str) -> None:
    nonce, _sent = actions.ask_code(phone, address=client_address(request), at=now())
    Door(nonce=nonce, shown=said.masked_phone(phone), next=goal).keep(request)


@PAGE
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _answer_code(request)
    here = door(request)
    if here is None:
        return redirect("people:sign_in")
    form = CodeForm({"code": here.typed}) if here.typed else CodeForm()
    if here.typed and form.is_valid():
        form.add_error("code", _("This code is wrong or too old. Look again, or ask for a new one."))
    return _code_page(request, here, form)


@once
def _answer_code(request: HttpRequest) -> HttpResponse:
    """A wrong code is answered with a redirect, so that its try stays counted."""
    here, form = door(request), CodeForm(request.POST)
    if here is None:
        return redirect("people:sign_in")
    if not form.is_valid():
        return _code_page(request, here, form, status=UNFIT)
    typed = form.cleaned_data["code"]
    if (index := actions.answer_code(here.nonce, typed, at=now())) is None:
        here.keep(request, typed=typed)
        return redirect("people:code")
    request.session.cycle_key()
    return _after_code(request, replace(here, typed=""), index)


def _code_page(request: HttpRequest, here: Door, form: CodeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "step": here, "demo_text": queries.demo_text(here.nonce)}
    return render(request, "people/code.html", context, status=status)


def _after_code(request: HttpRequest, here: Door, index: str) -> HttpResponse:
    here.keep(request)
    if not queries.household(index).exists():
        return redirect("people:new")
    person = queries.only_one(index, now())
    return _enter(request, here, person) if person else redirect("people:who")


@require_POST
@once
def send_again(request: HttpRequest) -> HttpResponse:
    here = door(request)
    sent = queries.code_of(here.nonce) if here else None
    if here is None or sent is None:
        return redirect("people:sign_in")
    try:
        _ask(request, sent.phone, here.next)
    except TooMany as no:
        messages.warning(request, str(no))
    return redirect("people:code")


@PAGE
@never_cache
def who(request: HttpRequest) -> HttpResponse:
    return _choose(request) if request.method == "POST" else _household(request)


@_proven
def _household(request: HttpRequest, _here: Door, proof: Code) -> HttpResponse:
    return _who_page(request, proof, WhoForm(people=queries.household(proof.phone_index)))


@once
@_proven
def _choose(request: HttpRequest, here: Door, proof: Code) -> HttpResponse:
    form = WhoForm(request.POST, people=queries.household(proof.phone_index))
    if not form.is_valid():
        return _who_page(request, proof, form, status=UNFIT)
    return _enter(request, here, form.cleaned_data["who"])


def _who_page(request: HttpRequest, proof: Code, form: WhoForm, status: int = 200) -> HttpResponse:
    people = queries.faces(proof.phone_index, now())
    return render(request, "people/who.html", {"form": form, "people": people}, status=status)


@PAGE
@never_cache
def name(request: HttpRequest) -> HttpResponse:
    return _tell_name(request) if request.method == "POST" else _name_page(request)


@_proven
def _name_page(request: HttpRequest, here: Door, _proof: Code) -> HttpResponse:
    form = NameForm({"name": here.typed}) if here.typed else NameForm()
    if here.typed and form.is_valid():
        form.add_error("name", _("This is not the name we know. Write it as you gave it."))
    return render(request, "people/name.html", {"form": form})


@once
@_proven
def _tell_name(request: HttpRequest, here: Door, proof: Code) -> HttpResponse:
    form, person = NameForm(request.POST), _chosen(here, proof)
    if person is None:
        return redirect("people:who")
    if not form.is_valid():
        return render(request, "people/name.html", {"form": form}, status=UNFIT)
    if not actions.prove_name(person, form.cleaned_data["name"], at=now()):
        here.keep(request, typed=form.cleaned_data["name"])
        return redirect("people:name")
    return _enter(request, replace(here, typed="", named=True), person)


@PAGE
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    return _enrol(request) if request.method == "POST" else _new_page(request)


@_proven
def _new_page(request: HttpRequest, _here: Door, _proof: Code) -> HttpResponse:
    form = NewForm(today=now().astimezone(LOCAL).date())
    return render(request, "people/new.html", {"form": form})


@once
@_proven
def _enrol(request: HttpRequest, here: Door, _proof: Code) -> HttpResponse:
    form = NewForm(request.POST, today=now().astimezone(LOCAL).date())
    if not form.is_valid():
        return render(request, "people/new.html", {"form": form}, status=UNFIT)
    person = actions.enrol_with_code(
        here.nonce, form.cleaned_data["name"], form.cleaned_data["born"],
        language=get_language() or "", at=now(),
    )  # fmt: skip
    open_door(request, person)
    return redirect(_way_on(request, here, person))


@PAGE
@never_cache
def consent(request: HttpRequest) -> HttpResponse:
    return _agree(request) if request.method == "POST" else _consent_page(request)


@_proven
def _consent_page(request: HttpRequest, _here: Door, _proof: Code) -> HttpResponse:
    return render(request, "people/consent.html", {"form": AgreeForm()})


@once
@_proven
def _agree(request: HttpRequest, here: Door, proof: Code) -> HttpResponse:
    form, person = AgreeForm(request.POST), _chosen(here, proof)
    if person is None or queries.missing(person, named=here.named, at=now()) != "consent":
        return redirect("people:who")
    if not form.is_valid():
        return render(request, "people/consent.html", {"form": form}, status=UNFIT)
    actions.agree(person, by=person, at=now())
    return _enter(request, here, person)


@require_POST
@once
def sign_out(request: HttpRequest) -> HttpResponse:
    close_door(request)
    answer = redirect("/")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _enter(request: HttpRequest, here: Door, person: Person) -> HttpResponse:
    """Go on to what is still missing, or in."""
    here.keep(request, chosen=person.pk)
    step = queries.missing(person, named=here.named, at=now())
    if step:
        return redirect(f"people:{step}")
    actions.spend(here.nonce, at=now())
    open_door(request, person)
    answer = redirect(_way_on(request, here, person))
    if person.language:
        set_language(answer, person.language)
    return answer


def _chosen(here: Door, proof: Code) -> Person | None:
    return queries.household(proof.phone_index).filter(pk=here.chosen or 0).first()


def _way_on(request: HttpRequest, here: Door, person: Person) -> str:
    if queries.needs_guardian(person, now().astimezone(LOCAL).date()):
        return reverse("people:family")
    return way_in(request, here.next)
