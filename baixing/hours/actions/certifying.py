"""A certificate: asked for, on show for a week, issued. What is on show is what is issued."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.hours.actions import ledger, telling
from baixing.hours.models import Certificate, CertificateRun
from baixing.hours.queries import certificates
from baixing.hours.queries.sums import total_of
from baixing.hours.rules.lives import CERTIFICATE, ON_SHOW
from baixing.hours.rules.standing import Standing
from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.canonical import digest
from baixing.kernel.credentials.status import SIZE
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.kernel.rows import add
from baixing.people.models import Person
from baixing.teams.models import Volunteer

D = Certificate.State


@transaction.atomic
def draft(volunteer: Volunteer, *, by: Person, at: datetime) -> Certificate:
    """The volunteer asks for one."""
    if volunteer.person_id != by.pk:
        raise NotAllowed
    unit = certificates.issuer_of(volunteer)
    if unit is None or total_of(volunteer) <= 0:
        raise NotNow(_("There are no hours in your record yet."))
    certificate = Certificate(volunteer=volunteer, unit=unit, drafted_at=at, name=by.name)
    certificate.number = _next_number(at.astimezone(LOCAL).year)
    certificate.code, certificate.salt = secrets.token_hex(13), secrets.token_hex(16)
    certificate.place = _free_place()
    if not add(certificate):
        raise Overtaken(_("You have asked for a certificate already."))
    journal.write("draft", certificate, by=by, at=at)
    return certificate


@transaction.atomic
def publicise(certificate: Certificate, *, by: Person, at: datetime) -> None:
    """Write down what it says, and show it to everybody for a week."""
    one = Standing(by, at)
    _not_ones_own(one, certificate)
    ledger.take_turn(certificate.volunteer)  # all of it is read of one moment
    told = certificates.snapshot(certificate, settings.CERTIFICATE_TITLE)
    if int(str(told["minutes"])) <= 0:
        raise NotNow(_("There are no hours in the record any more. Refuse it."))
    told["name"] = name_digest(certificate.salt, certificate.name)
    CERTIFICATE.move("publicise", one, certificate, snapshot=told, publicised_by=by, publicised_at=at)
    journal.write("publicise", certificate, by=by, at=at, digest=digest(told))
    telling.publicised(certificate, at)


@transaction.atomic
def issue(certificate: Certificate, *, by: Person, at: datetime) -> None:
    """After a week without an open objection, by a second person."""
    one = Standing(by, at)
    _not_ones_own(one, certificate)
    if one.is_one_with(certificate.publicised_by):
        raise NotAllowed(_("You have put it on show yourself. A second person issues it."))
    CERTIFICATE.check("issue", one, certificate)
    shown_since, told = certificate.publicised_at, dict(certificate.snapshot or {})
    if shown_since is None or at < shown_since + ON_SHOW:
        raise NotNow(_("It is on show for seven days. Nobody issues it before that."))
    ledger.take_turn(certificate.volunteer)  # nobody takes a line back meanwhile
    if not certificates.still_holds(certificate):
        raise NotNow(_("The record was corrected since. Refuse this one; the volunteer asks for another."))
    told["issued"] = at.astimezone(LOCAL).date().isoformat()
    CERTIFICATE.move("issue", one, certificate, snapshot=told, digest=digest(told), issued_by=by, issued_at=at)
    journal.write("issue", certificate, by=by, at=at, digest=certificate.digest)
    telling.ended(certificate, at)


@transaction.atomic
def refuse_certificate(certificate: Certificate, *, words: str, by: Person, at: datetime) -> None:
    _end("refuse", certificate, words, by, at)


@transaction.atomic
def revoke(certificate: Certificate, *, words: str, by: Person, at: datetime) -> None:
    _end("revoke", certificate, words, by, at)


def _end(verb: str, certificate: Certificate, words: str, by: Person, at: datetime) -> None:
    one = Standing(by, at)
    _not_ones_own(one, certificate)
    if not words.strip():
        raise Unfit(_("Say why, in words that the volunteer will read."), field="words")
    CERTIFICATE.move(verb, one, certificate, ended_at=at)
    journal.write(verb, certificate, by=by, at=at, words=words)
    telling.ended(certificate, at, words)


def name_digest(salt: str, name: str) -> str:
    """What stands for the name in the snapshot: whoever holds the sheet and its salt can prove it, nobody else."""
    return sha256(f"{salt}{name}".encode()).hexdigest()


def _not_ones_own(one: Standing, certificate: Certificate) -> None:
    if one.is_volunteer(certificate.volunteer):
        raise NotAllowed(_("It is your own certificate, or that of somebody who shares your telephone."))


def _next_number(year: int) -> str:
    """Whoever takes the next one holds the year's run until the transaction ends."""
    CertificateRun.objects.get_or_create(year=year)
    CertificateRun.objects.filter(year=year).update(last=F("last") + 1)
    return f"BYZ{year}{CertificateRun.objects.get(year=year).last:06}"


def _free_place() -> int:
    """Drawn by lot, so that a revoked bit tells nothing about when its certificate was asked for; no list gets fuller
    than half. Whoever draws holds the year's run, so that no two draw the same.
    """
    first = Certificate.objects.count() // (SIZE // 2) * SIZE
    place = first + secrets.randbelow(SIZE)
    while Certificate.objects.filter(place=place).exists():
        place = first + secrets.randbelow(SIZE)
    return place
