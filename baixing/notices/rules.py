"""What each kind of notice says, which ways it goes, and when it is too late to send it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import Words
from baixing.notices.models import Channel, Choice, Quiet

Text = Words | tuple[Words, Words]
Facts = Mapping[str, str | int]

TEXTS: dict[str, tuple[Words, Words]] = {}
SUBJECT: Words = _("A notice from your civic practice station")
ON_AT_FIRST = {Channel.SMS: True, Channel.EMAIL: False}
KEPT = {Channel.SMS: timedelta(hours=12), Channel.EMAIL: timedelta(days=3)}
NIGHT = Quiet(on=True, since=time(22), until=time(7))  # for whoever has not chosen
CODE_KEPT = timedelta(minutes=10)
RESTS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
LEASE = timedelta(minutes=5)  # longer than any provider takes to answer or to give up


def register(texts: Mapping[str, Text]) -> None:
    """Kinds of an app above: the words, or a subject and the words. %(name)s is filled with facts."""
    for kind, text in texts.items():
        TEXTS[kind] = text if isinstance(text, tuple) else (SUBJECT, text)


def words(kind: str, facts: Facts) -> tuple[str, str]:
    """Subject and words in the language that is active now."""
    subject, body = TEXTS.get(kind, (SUBJECT, SUBJECT))
    filled = _Facts(facts)
    return str(subject) % filled, str(body) % filled


def words_for(person: AbstractBaseUser, kind: str, facts: Facts) -> tuple[str, str]:
    """Subject and words in the language that this person reads."""
    with translation.override(getattr(person, "language", "") or settings.LANGUAGE_CODE):
        return words(kind, facts)


def address(person: AbstractBaseUser, channel: str, choice: Choice | None) -> str:
    """Where this person is reached in this way; empty when they cannot or do not want to be."""
    wanted = choice.on if choice else ON_AT_FIRST[Channel(channel)]
    if not (wanted and person.is_active):
        return ""
    if channel == Channel.SMS:
        return str(getattr(person, "phone", ""))
    return choice.address if choice else ""


def heard_at(moment: datetime, quiet: Quiet) -> datetime:
    """When something that is not urgent may be sent: at once, or when the quiet hours end. Local time of the city."""
    local = moment.astimezone(LOCAL)
    over_midnight = quiet.since > quiet.until
    after, before = local.time() >= quiet.since, local.time() < quiet.until
    if not quiet.on or not (after or before if over_midnight else after and before):
        return moment
    day = local.date() + timedelta(days=1 if over_midnight and after else 0)
    return datetime.combine(day, quiet.until, LOCAL)


def next_try(tries: int, at: datetime) -> datetime:
    """When to try again after so many tries that failed."""
    return at + RESTS[min(tries, len(RESTS)) - 1]


class _Facts(dict[str, str | int]):
    """A fact that is missing, or was erased, leaves a dash."""

    def __missing__(self, name: str) -> str:
        return "—"
