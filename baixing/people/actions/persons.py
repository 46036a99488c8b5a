from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.kernel.seal import blind, tail
from baixing.people import queries, rules
from baixing.people.actions.codes import spend
from baixing.people.actions.consents import agree
from baixing.people.actions.turns import take_turn
from baixing.people.models import Person
from baixing.people.rules.speech import is_speech


@transaction.atomic
def enrol(
    name: str,
    phone: str,
    born: date | None,
    *,
    language: str = "",
    at: datetime,
    by: Person | None,
    demo: bool = False,
) -> Person:
    """A new person; `by` is None when they enrol themselves."""
    if demo and not settings.DEMO:
        raise NotAllowed(_("Demo accounts exist in a demo only."))
    if phone:
        keep_household(phone)
    person = Person(name=name, born=born, language=language, demo=demo, made_at=at)
    give_phone(person, phone)
    person.set_unusable_password()
    person.save(force_insert=True)
    journal.write("enrol", person, by=by or person, at=at)
    return person


@transaction.atomic
def enrol_with_code(nonce: str, name: str, born: date | None, *, language: str, at: datetime) -> Person:
    """Somebody new, with the phone whose code they answered, who agrees to what the service needs."""
    phone = spend(nonce, at=at).phone
    person = enrol(name, phone, born, language=language, at=at, by=None)
    agree(person, by=person, at=at)
    return person


def join_household(name: str, born: date | None, *, language: str = "", by: Person, at: datetime) -> Person:
    """Somebody else who signs in with the same phone."""
    if not by.phone:
        raise NotNow(_("You have no phone number here yet. Ask your station."))
    return enrol(name, by.phone, born, language=language, at=at, by=by)


@transaction.atomic
def rename(person: Person, name: str, *, by: Person, at: datetime) -> None:
    person.name = name
    person.save(update_fields=["name"])
    journal.write("rename", person, by=by, at=at)


@transaction.atomic
def tell_birth(person: Person, born: date, *, by: Person, at: datetime) -> None:
    """Once, by oneself: what is known already is corrected at a station, with a paper."""
    if not Person.objects.filter(pk=person.pk, born=None).update(born=born):
        raise NotNow(_("Your date of birth is known. Your station can correct it."))
    person.born = born
    journal.write("tell_birth", person, by=by, at=at)


@transaction.atomic
def correct_birth(person: Person, born: date, *, paper: str, by: Person, at: datetime) -> None:
    """At a desk, which has seen a paper; its kind is kept, never its number, and neither date stands in the journal."""
    if not queries.recoverable(by, at).filter(pk=person.pk).exists():
        raise NotAllowed(
            _("This is done where the person lives. Whoever holds a post goes to the head of the unit above.")
        )
    person.born = born
    person.save(update_fields=["born"])
    journal.write("correct_birth", person, by=by, at=at, paper=rules.Paper(paper).value)


@transaction.atomic
def choose_language(person: Person, language: str, *, by: Person, at: datetime) -> None:
    person.language = language
    person.save(update_fields=["language"])
    journal.write("choose_language", person, by=by, at=at, language=language)


@transaction.atomic
def choose_speech(person: Person, speech: str, *, by: Person, at: datetime) -> None:
    """In which language or dialect a visit is wished; "" when any will do. The journal never holds which."""
    if not is_speech(speech):
        raise Unfit(_("Choose one of the languages and dialects."), field="speech")
    if speech == person.speech:
        return
    person.speech = speech
    person.save(update_fields=["speech"])
    journal.write("choose_speech", person, by=by, at=at)


def give_phone(person: Person, phone: str) -> None:
    """With its blind indexes, not yet saved."""
    person.phone = phone
    person.phone_index = blind(phone) if phone else ""
    person.phone_tail = tail(phone) if phone else ""


def keep_household(phone: str) -> None:
    """Refuse one more behind a phone that is full. Holds the phone's turn until the transaction ends."""
    take_turn("household", blind(phone))
    if Person.objects.living().behind(phone).count() >= rules.HOUSEHOLD:
        raise NotNow(_("Eight people use this phone already. Your station can help."))
