from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.people import rules
from baixing.people.actions.sign_ins import end_all
from baixing.people.actions.turns import take_turn
from baixing.people.models import Consent, Person


@transaction.atomic
def give_consent(
    person: Person,
    kind: str,
    *,
    channel: str = Consent.Channel.WEB,
    by: Person,
    at: datetime,
) -> Consent:
    """A new line of the ledger, in the text of today; what was agreed to already stays as it is."""
    if by.pk != person.pk and channel == Consent.Channel.WEB:
        raise NotAllowed(_("Only the person themselves can agree to this here."))
    return write_consent(person, kind, channel=channel, by=by, at=at)


@transaction.atomic
def agree(person: Person, *, by: Person, at: datetime) -> None:
    """Agree to all that the service needs, and to nothing else."""
    for kind in rules.REQUIRED:
        give_consent(person, kind, by=by, at=at)


@transaction.atomic
def withdraw_consent(person: Person, kind: str, *, by: Person, at: datetime) -> None:
    """Close the line. Without a required one nobody is signed in until it is given again."""
    live = Consent.objects.filter(person=person, kind=kind, withdrawn_at=None).first()
    if live is None or not _close(live, by=by, at=at):
        raise NotNow(_("This is not agreed to at the moment."))
    if kind in rules.REQUIRED:
        end_all(person, by=by, at=at)


def withdraw_all(person: Person, *, by: Person, at: datetime) -> None:
    """For an account that is deleted; whoever asks has asked who may."""
    for live in Consent.objects.filter(person=person, withdrawn_at=None).order_by("pk"):
        _close(live, by=by, at=at)


def write_consent(person: Person, kind: str, *, channel: str, by: Person, at: datetime) -> Consent:
    version = rules.TEXT_VERSIONS[kind]
    take_turn("consent", str(person.pk))
    live = Consent.objects.filter(person=person, kind=kind, withdrawn_at=None).first()
    if live is not None and (live.text_version, live.by_id) == (version, by.pk):
        return live
    if live is not None:
        _close(live, by=by, at=at)
    given = Consent.objects.create(person=person, kind=kind, text_version=version, given_at=at, channel=channel, by=by)
    journal.write("give_consent", given, by=by, at=at, kind=kind, version=version)
    return given


def _close(live: Consent, *, by: Person, at: datetime) -> bool:
    closed = Consent.objects.filter(pk=live.pk, withdrawn_at=None).update(withdrawn_at=at)
    if closed:
        journal.write("withdraw_consent", live, by=by, at=at, kind=live.kind)
    return closed == 1
