"""A new number: found again at a desk with a paper, or changed by the person with two codes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal import queries as lines
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany, Unfit
from baixing.kernel.seal import blind
from baixing.notices import actions as notices
from baixing.notices.rules import words_for
from baixing.people import queries, rules
from baixing.people.actions.codes import ask_code, spend
from baixing.people.actions.persons import give_phone, keep_household
from baixing.people.actions.sign_ins import end_all, end_others
from baixing.people.actions.turns import take_try, take_turn
from baixing.people.models import Code, Person, SignIn


@transaction.atomic
def look_for(
    name: str,
    *,
    four: str = "",
    born: date | None = None,
    number: str = "",
    by: Person,
    at: datetime,
) -> list[Person]:
    """Whom of the desk's own people this fits: the whole name and all else that is given. Counted."""
    own = queries.recoverable(by, at)
    if not take_try("find", blind(f"find:{by.pk}:{at:%Y%m%d}"), tries=rules.FINDS):
        raise TooMany(_("You have looked for very many people today. Please go on tomorrow."))
    return queries.fitting(own, name, four=four, born=born, number=number)


@transaction.atomic
def count_naming(*, by: Person, at: datetime) -> None:
    """Use up one of few tries a day to name somebody, so that nobody finds out who is here."""
    if not take_try("known", blind(f"known:{by.pk}:{at:%Y%m%d}"), tries=rules.NAMINGS):
        raise TooMany(_("You have tried very often today. Please go on tomorrow."))


@transaction.atomic
def ask_recovery(person: Person, phone: str, *, address: str, by: Person, at: datetime) -> str:
    """Send a code to the new number; the nonce to answer it with."""
    _check_desk(person, by, at)
    return ask_code(phone, purpose=Code.Purpose.RECOVER, address=address, at=at)[0]


@transaction.atomic
def recover(person: Person, phone: str, proof: str, *, paper: str, by: Person, at: datetime) -> None:
    """Give a person a new number, proven by a code sent to it and answered with the nonce `proof`.

    The desk has seen a paper; its kind is kept, never its number. Whoever has the old number is told.
    """
    _take_turn(person)
    _check_desk(person, by, at)
    if lines.recent("reset_factor", person, by, at - rules.APART):
        raise NotAllowed(_("You have reset their second step this week. Somebody else must change the number."))
    if spend(proof, purpose=Code.Purpose.RECOVER, at=at).phone_index != blind(phone):
        raise NotNow(_("The code was sent to another number. Send one to this number."))
    _move(person, phone, "people.recovered", at)
    end_all(person, by=by, at=at)
    journal.write("recover", person, by=by, at=at, paper=rules.Paper(paper).value)


@transaction.atomic
def ask_old_number(person: Person, *, address: str, by: Person, at: datetime) -> str:
    """Send a code to the number that is to be given up; the nonce to answer it with."""
    _check_own(person, by)
    if not person.phone:
        raise NotNow(_("You have no phone number here yet. Ask your station."))
    return ask_code(person.phone, purpose=Code.Purpose.NUMBER, address=address, at=at)[0]


@transaction.atomic
def ask_new_number(person: Person, phone: str, *, address: str, by: Person, at: datetime) -> str:
    """Send a code to the number that is to be taken; the nonce to answer it with."""
    _check_own(person, by)
    if blind(phone) == person.phone_index:
        raise Unfit(_("This is the number we have. Give the new one."), field="phone")
    return ask_code(phone, purpose=Code.Purpose.NUMBER, address=address, at=at)[0]


@transaction.atomic
def change_number(
    person: Person,
    proof: str,
    *,
    old_proof: str = "",
    kept: SignIn | None,
    by: Person,
    at: datetime,
) -> None:
    """Take the number whose code was answered with `proof`. Only the browser in use stays signed in.

    Whoever asked for that code within ten minutes of signing in has just shown the old number;
    everybody else shows it by a second code.
    """
    _check_own(person, by)
    _take_turn(person)
    if rules.is_staff(person, at) and (kept is None or not rules.is_proven(kept, at)):
        raise NotNow(_("Show your second step once more, then try again."))
    new = spend(proof, purpose=Code.Purpose.NUMBER, at=at)
    if kept is None or kept.person_id != person.pk or not rules.is_fresh(kept, new.sent_at):
        _spend_old(person, old_proof, at)
    _move(person, new.phone, "people.number_changed", at)
    end_others(person, kept=kept, by=by, at=at)
    journal.write("change_number", person, by=by, at=at)


def _check_own(person: Person, by: Person) -> None:
    if by.pk != person.pk:
        raise NotAllowed(_("Only the person themselves can change their number here. At a desk it is recovered."))


def _check_desk(person: Person, by: Person, at: datetime) -> None:
    if by.pk == person.pk:
        raise NotAllowed(_("Somebody else at your station must do this for you."))
    if not queries.recoverable(by, at).filter(pk=person.pk).exists():
        raise NotAllowed(
            _("This is done where the person lives. Whoever holds a post goes to the head of the unit above.")
        )


def _take_turn(person: Person) -> None:
    take_turn("person", str(person.pk))
    person.refresh_from_db()


def _spend_old(person: Person, proof: str, at: datetime) -> None:
    if spend(proof, purpose=Code.Purpose.NUMBER, at=at).phone_index != person.phone_index:
        raise NotNow(_("First answer the code that we send to your old number."))


def _move(person: Person, phone: str, kind: str, at: datetime) -> None:
    """To another number, and tell both."""
    old = person.phone
    keep_household(phone)
    give_phone(person, phone)
    person.number_changed_at = at
    person.save(update_fields=["phone", "phone_index", "phone_tail", "number_changed_at"])
    notices.tell([person], kind, at=at, link="/me/", urgent=True)
    if old:
        text, key = words_for(person, kind, {})[1], f"number-{person.pk}-{at.timestamp()}"
        notices.send_code(old, text, key, at, kept=rules.WARNING_KEPT)
