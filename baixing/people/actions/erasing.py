"""Deleting an account: the person goes, the accounts of what was done stay without a name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.notices import actions as notices
from baixing.people import queries, rules
from baixing.people.actions.consents import withdraw_all
from baixing.people.actions.factors import forget_factors
from baixing.people.actions.persons import give_phone
from baixing.people.actions.sign_ins import end_all
from baixing.people.actions.turns import take_turn
from baixing.people.models import Code, Guardianship, Person, SignIn
from baixing.people.news import Erased, erased
from baixing.people.rules.above import duties


@transaction.atomic
def erase(person: Person, *, by: Person, at: datetime) -> None:
    """Forget who this was, for good. Twice is once."""
    if by.pk != person.pk:
        raise NotAllowed(_("Only the person themselves can delete their account."))
    take_turn("person", str(person.pk))
    person.refresh_from_db()
    if person.erased_at is not None:
        return
    if left := duties(person, at):
        raise NotNow(_("Before you go, please end or hand over: %(what)s.") % {"what": _(", ").join(left)})
    erased.tell(Erased(person, by, at))
    _say_goodbye(person, at)
    withdraw_all(person, by=by, at=at)
    _end_guardianships(person, by=by, at=at)
    forget_factors(person)
    _forget_sign_ins(person, by=by, at=at)
    _forget_codes(person)
    journal.erase_words(person, at=at)
    notices.forget_person(person, at=at)
    _forget(person, at)
    journal.write("erase", person, by=by, at=at)


def _say_goodbye(person: Person, at: datetime) -> None:
    if not person.phone:
        return
    with translation.override(person.language or translation.get_language()):
        text = _("Your account was deleted, as you asked. If this was not you, call your station.")
    notices.send_code(person.phone, text, f"erased-{person.pk}", at, kept=rules.WARNING_KEPT)


def _end_guardianships(person: Person, *, by: Person, at: datetime) -> None:
    """Wards are told; the phones that were named are emptied."""
    bonds = list(queries.guardianships_ending_with(person))
    for bond in (bond for bond in bonds if bond.ended_at is None):
        if bond.guardian_id == person.pk:
            notices.tell([bond.ward], "people.unguarded", at=at, link="/me/family/")
        journal.write("end_guardian", bond, by=by, at=at)
    rows = Guardianship.objects.filter(pk__in=[bond.pk for bond in bonds])
    rows.filter(ended_at=None).update(ended_at=at)
    rows.update(phone="", phone_index="")


def _forget_sign_ins(person: Person, *, by: Person, at: datetime) -> None:
    end_all(person, by=by, at=at)
    SignIn.objects.filter(person=person).update(device="", address_index="")


def _forget_codes(person: Person) -> None:
    """The rows still count for the limits of the phone; what they were sent to is emptied."""
    if not queries.household(person.phone_index).exclude(pk=person.pk).exists():
        Code.objects.filter(phone_index=person.phone_index).update(phone="")


def _forget(person: Person, at: datetime) -> None:
    person.name, person.born, person.language, person.speech = rules.ERASED_NAME, None, "", ""
    person.last_login = None
    give_phone(person, "")
    person.is_active, person.erased_at, person.number_changed_at = False, at, None
    person.save(
        update_fields=[
            "name", "phone", "phone_index", "phone_tail", "born", "language", "speech",
            "last_login", "is_active", "erased_at", "number_changed_at",
        ]
    )  # fmt: skip
