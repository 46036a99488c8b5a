"""The second factor of whoever holds a post: set up, shown at each sign-in, exchanged, reset."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal import queries as lines
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany
from baixing.kernel.seal import blind
from baixing.notices import actions as notices
from baixing.people import queries, rules
from baixing.people.actions.sign_ins import end_all, end_others
from baixing.people.actions.turns import give_back_try, take_try, take_turn
from baixing.people.models import Factor, Person, RecoveryCode, SignIn
from baixing.people.rules import factors

log = logging.getLogger(__name__)
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that looks like something else
Told = Mapping[str, object]  # what a browser or a server of passkeys says, as JSON has it


@transaction.atomic
def take_app(person: Person, secret: str, code: str, *, kept: SignIn, by: Person, at: datetime) -> bool:
    """Keep the app with this key once it has shown a right code; it takes the place of the one before.

    Every wrong code costs a try, which is lost if the caller's transaction is rolled back.
    """
    _check_own(person, kept, by, at)
    _take_try(person, at)
    if (step := factors.matching_step(secret, code, at)) is None:
        return False
    _give_back(person, at)
    Factor.objects.filter(person=person, kind=Factor.Kind.APP).delete()
    app = Factor.objects.create(person=person, kind=Factor.Kind.APP, secret=secret, count=step, made_at=at, used_at=at)
    _added(app, kept, by, at)
    return True


@transaction.atomic
def take_passkey(
    person: Person, name: str, answer: Told, *, asked: Told, host: str, kept: SignIn, by: Person, at: datetime
) -> bool:
    """Keep a passkey that has answered what it was asked."""
    from baixing.people.rules import passkeys  # loads fido2

    _check_own(person, kept, by, at)
    try:
        public = passkeys.made(host, asked, answer)
    except passkeys.NO_ANSWER as fault:
        log.info("A passkey was not taken: %s.", type(fault).__name__)
        return False
    if public is None or Factor.objects.filter(handle=_handle(public.credential_id)).exists():
        return False
    passkey = Factor.objects.create(
        person=person,
        kind=Factor.Kind.PASSKEY,
        name=name,
        secret=passkeys.kept_part(public),
        handle=_handle(public.credential_id),
        made_at=at,
        used_at=at,
    )
    _added(passkey, kept, by, at)
    return True


@transaction.atomic
def remove_factor(factor: Factor, *, kept: SignIn, by: Person, at: datetime) -> None:
    """Any but the last one."""
    _check_own(factor.person, kept, by, at)
    if queries.factors_of(by).count() == 1:
        raise NotNow(_("This is your only second step. Add another one first."))
    Factor.objects.filter(pk=factor.pk).delete()
    _changed(factor, "remove_factor", kept, by, at)


@transaction.atomic
def make_recovery_codes(person: Person, *, kept: SignIn, by: Person, at: datetime) -> list[str]:
    """Ten new codes to write down, shown this once; those before are good no longer."""
    _check_own(person, kept, by, at)
    RecoveryCode.objects.filter(person=person).delete()
    codes = ["-".join(_four() for _part in range(4)) for _code in range(rules.RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, digest=digest(person, code), made_at=at) for code in codes
    )
    journal.write("make_recovery_codes", person, by=by, at=at)
    return codes


@transaction.atomic
def prove_by_app(sign_in: SignIn, code: str, *, at: datetime) -> bool:
    """Whether this is a code of the person's app that was not used before. Then the browser is wholly in.

    Every wrong code costs a try, also when many come at once; see `take_app` for what is rolled back.
    """
    person = sign_in.person
    _take_try(person, at)
    app = Factor.objects.filter(person=person, kind=Factor.Kind.APP).first()
    step = factors.matching_step(app.secret, code, at) if app else None
    if app is None or step is None:
        log.info("A second factor was answered wrongly.")
        return False
    unused = Factor.objects.filter(pk=app.pk, count__lt=step)
    return bool(unused.update(count=step, used_at=at)) and _prove(sign_in, app.kind, at)


@transaction.atomic
def prove_by_passkey(sign_in: SignIn, answer: Told, *, asked: Told, host: str, at: datetime) -> bool:
    """Whether one of the person's passkeys has signed what it was asked, and none is a copy."""
    from baixing.people.rules import passkeys  # loads fido2

    person = sign_in.person
    _take_try(person, at)
    known = list(Factor.objects.filter(person=person, kind=Factor.Kind.PASSKEY))
    try:
        used, count = passkeys.signed(host, asked, answer, known)
    except passkeys.NO_ANSWER as fault:
        log.info("A passkey answered wrongly: %s.", type(fault).__name__)
        return False
    row = Factor.objects.filter(person=person, handle=_handle(used))
    row = row.filter(count__lt=count) if count else row.filter(count=0)  # one that counts never goes back
    return bool(row.update(count=count, used_at=at)) and _prove(sign_in, Factor.Kind.PASSKEY, at)


@transaction.atomic
def prove_by_recovery_code(sign_in: SignIn, code: str, *, at: datetime) -> bool:
    """Whether this is one of the person's codes on paper that was not used before."""
    person = sign_in.person
    _take_try(person, at)
    unused = RecoveryCode.objects.filter(person=person, digest=digest(person, code), used_at=None)
    if not unused.update(used_at=at):
        log.info("A recovery code was answered wrongly.")
        return False
    notices.tell([person], "people.recovery_code_used", at=at, link="/me/factors/", urgent=True)
    return _prove(sign_in, "recovery", at)


@transaction.atomic
def reset_factor(person: Person, *, paper: str, by: Person, at: datetime) -> None:
    """Forget the second factor of somebody who has lost it, so that they set up a new one.

    The head of a unit above does it, having seen a paper. Whoever gave this person a new number
    lately does not: phone and second factor are never both in one head's hand.
    """
    take_turn("person", str(person.pk))
    if by.pk == person.pk or not queries.recoverable(by, at).filter(pk=person.pk).exists():
        raise NotAllowed(_("The head of the unit above does this, for somebody who stands before them."))
    if not queries.has_factor(person):
        raise NotNow(_("They have no second step. They set one up when they next sign in."))
    if lines.recent("recover", person, by, at - rules.APART):
        raise NotAllowed(_("You have changed their number this week. Somebody else must reset the second step."))
    forget_factors(person)
    end_all(person, by=by, at=at)
    notices.tell([person], "people.factor_reset", at=at, link="/me/", urgent=True)
    journal.write("reset_factor", person, by=by, at=at, paper=rules.Paper(paper).value)


def forget_factors(person: Person) -> None:
    """For actions that ask who may."""
    Factor.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()


def forget_unneeded(before: datetime, *, at: datetime) -> int:
    """Drop the factors, made before this moment, of those who hold no post any more; how many rows."""
    held = reduce(
        or_, [Q(Exists(rows.filter(person=OuterRef("person_id")))) for rows in rules.posts_at(at)], Q(pk=None)
    )
    codes = RecoveryCode.objects.filter(made_at__lt=before).exclude(held).delete()[0]
    return codes + Factor.objects.filter(made_at__lt=before).exclude(held).delete()[0]


def digest(person: Person, code: str) -> str:
    """Eighty random bits are not guessed from their digest, and no key must be kept for them."""
    plain = "".join(letter for letter in code.lower() if letter in ALPHABET)
    return hashlib.sha256(f"{person.pk}:{plain}".encode()).hexdigest()


def _check_own(person: Person, kept: SignIn, by: Person, at: datetime) -> None:
    """By the person alone, in a browser that has just shown the factor there is, or has just signed in."""
    if by.pk != person.pk or kept.person_id != person.pk or not rules.is_staff(person, at):
        raise NotAllowed
    take_turn("person", str(person.pk))
    new = not queries.has_factor(person) and kept.ended_at is None and at - kept.at <= rules.HALF_WAY
    if not new and not rules.is_proven(kept, at):
        raise NotNow(_("Show your second step once more, then try again."))


def _added(factor: Factor, kept: SignIn, by: Person, at: datetime) -> None:
    SignIn.objects.filter(pk=kept.pk, ended_at=None).update(proved_at=at)
    kept.proved_at = at
    _changed(factor, "add_factor", kept, by, at)


def _changed(factor: Factor, verb: str, kept: SignIn, by: Person, at: datetime) -> None:
    """Only the browser in use stays signed in, and the person hears of it."""
    end_others(by, kept=kept, by=by, at=at)
    notices.tell([by], "people.factor_changed", at=at, link="/me/factors/", urgent=True)
    journal.write(verb, by, by=by, at=at, kind=factor.kind)


def _prove(sign_in: SignIn, kind: str, at: datetime) -> bool:
    _give_back(sign_in.person, at)
    if not SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(proved_at=at):
        return False
    sign_in.proved_at = at
    journal.write("prove", sign_in, by=sign_in.person, at=at, kind=kind)
    return True


def _take_try(person: Person, at: datetime) -> None:
    """Use up one of few tries. They are counted by conditional updates, so the count holds across processes."""
    for index, tries in _limits(person, at):
        if not take_try("factor", index, tries=tries):
            log.warning("A limit of second factors was reached.")
            raise TooMany(_("Too many wrong tries. Wait a quarter of an hour; after many, until tomorrow."))


def _give_back(person: Person, at: datetime) -> None:
    """A right answer costs no try."""
    for index, _tries in _limits(person, at):
        give_back_try("factor", index)


def _limits(person: Person, at: datetime) -> list[tuple[str, int]]:
    return [
        (blind(f"factor:{person.pk}:{span}:{int(at.timestamp() // span.total_seconds())}"), tries)
        for span, tries in rules.FACTOR_TRIES
    ]


def _handle(passkey: bytes) -> str:
    return hashlib.sha256(passkey).hexdigest()


def _four() -> str:
    return "".join(secrets.choice(ALPHABET) for _letter in range(4))
