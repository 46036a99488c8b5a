from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed
from baixing.kernel.seal import blind
from baixing.notices import actions as notices
from baixing.people import rules
from baixing.people.models import Person, SignIn

SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def open_session(person: Person, session_key: str, *, device: str, address: str, at: datetime) -> SignIn:
    sign_in = SignIn.objects.create(
        person=person,
        session_key=session_key,
        at=at,
        seen_at=at,
        device=device,
        address_index=blind(f"address:{address}"),
    )
    journal.write("sign_in", sign_in, by=person, at=at)
    return sign_in


def move_session(sign_in: SignIn, session_key: str) -> None:
    """The same browser under a new session id."""
    SignIn.objects.filter(pk=sign_in.pk).update(session_key=session_key)


def see(sign_in: SignIn, *, at: datetime) -> None:
    """Note that this browser is in use; written once a minute at most."""
    if at - sign_in.seen_at >= SEEN_EVERY:
        SignIn.objects.filter(pk=sign_in.pk, seen_at__lt=at).update(seen_at=at)


@transaction.atomic
def end_session(sign_in: SignIn, *, by: Person | None, at: datetime) -> None:
    """Sign one browser out. `by` is None when its time has run out. Ending twice is no fault."""
    if by is not None and not rules.ends_session(by, sign_in, at):
        raise NotAllowed(_("You can end your own sign-ins only."))
    _end(SignIn.objects.filter(pk=sign_in.pk), by=by, at=at)


@transaction.atomic
def end_others(person: Person, *, kept: SignIn | None, by: Person, at: datetime) -> None:
    """Sign out every browser of this person but the one in use."""
    if by.pk != person.pk:
        raise NotAllowed(_("You can end your own sign-ins only."))
    notices.forget_browsers(person, but=kept.pk if kept else None)
    others = SignIn.objects.filter(person=person)
    _end(others.exclude(pk=kept.pk) if kept else others, by=by, at=at)


def end_all(person: Person, *, by: Person | None, at: datetime) -> None:
    """For actions that take a sign-in's ground away. They ask who may."""
    notices.forget_browsers(person)
    _end(SignIn.objects.filter(person=person), by=by, at=at)


def forget_sign_ins(before: datetime) -> int:
    """Drop the sign-ins last used before this moment, which have all ended; their lines of the journal stay."""
    return SignIn.objects.filter(seen_at__lt=before).delete()[0]


def forget_sessions(at: datetime) -> int:
    """Drop what browsers had typed and not finished, once their time is over."""
    return Session.objects.filter(expire_date__lt=at).delete()[0]


def _end(sign_ins: QuerySet[SignIn], *, by: Person | None, at: datetime) -> None:
    for sign_in in sign_ins.filter(ended_at=None).order_by("pk"):
        if SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=at, ended_by=by):
            notices.forget_browser(sign_in.pk)
            journal.write("sign_out", sign_in, by=by, at=at)
