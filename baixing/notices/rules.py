"""What each kind of notice says, which ways it goes, and when it is too late to send it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.dateparse import parse_duration
from django.utils.translation import gettext_lazy as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import Words
from baixing.look.said import said_near_date, said_time
from baixing.notices.channels import carries, is_set_up
from baixing.notices.models import Channel, Choice, Quiet

Text = Words | tuple[Words, Words]
Facts = Mapping[str, str | int]

TEXTS: dict[str, tuple[Words, Words]] = {}
SUBJECT: Words = _("A notice from your civic practice station")
ON_AT_FIRST = {Channel.SMS: True, Channel.EMAIL: False, Channel.PUSH: True, Channel.WECHAT: False}
KEPT = {  # how long something is worth sending
    Channel.SMS: timedelta(hours=12),
    Channel.EMAIL: timedelta(days=3),
    Channel.PUSH: timedelta(hours=12),
    Channel.WECHAT: timedelta(days=1),
}
NIGHT = Quiet(on=True, since=time(22), until=time(7))  # for whoever has not chosen
CODE_KEPT = timedelta(minutes=10)
RESTS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
PASS = timedelta(minutes=1)  # how long one pass takes messages up
LEASE = timedelta(minutes=5)  # longer than a pass and than any provider takes to answer or to give up
FAILURES = 3  # in a row, then a line rests
LINE_RESTS = timedelta(minutes=1)  # then one message tries it
ALARM_AFTER = timedelta(minutes=5)  # of failing, then the staff are told
LINKING_MINUTES = 15
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\+\d\d:\d\d")
SPAN = re.compile(r"-?P\d{1,4}DT\d\dH\d\dM\d\dS")
BROWSERS = 10  # of a person; one more, and the oldest goes


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
    wanted = choice.on and choice.refused_at is None if choice else ON_AT_FIRST[Channel(channel)]
    if not (wanted and person.is_active):
        return ""
    if channel == Channel.SMS:
        return str(getattr(person, "phone", ""))
    return choice.address if choice else ""


def goes_by(channel: str, kind: str) -> bool:
    """Whether such a notice goes this way at all. Text messages wait even for a provider that is yet to be named."""
    return (channel == Channel.SMS or is_set_up(channel)) and carries(channel, kind)


def hush(quiet: Quiet, *, urgent: bool) -> tuple[str, str] | tuple[()]:
    """The hours in which a browser that was away shows it without a sound."""
    return (f"{quiet.since:%H:%M}", f"{quiet.until:%H:%M}") if quiet.on and not urgent else ()


def heard_at(moment: datetime, quiet: Quiet) -> datetime:
    """When something that is not urgent may be sent: at once, or when the quiet hours end. Local time of the city."""
    local = moment.astimezone(LOCAL)
    over_midnight = quiet.since > quiet.until
    after, before = local.time() >= quiet.since, local.time() < quiet.until
    if not quiet.on or not (after or before if over_midnight else after and before):
        return moment
    day = local.date() + timedelta(days=1 if over_midnight and after else 0)
    return datetime.combine(day, quiet.until, LOCAL)


def linking_state(person: AbstractBaseUser, at: datetime) -> str:
    """What WeChat gives back unread (letters and digits alone): that this person set out, and when."""
    minute = f"{int(at.timestamp()) // 60:x}"
    return f"{minute}g{_linking_digest(person, minute)}"


def set_out(person: AbstractBaseUser, state: str, at: datetime) -> bool:
    """Whether this person set out to WeChat within the last minutes; nobody is sent there by another."""
    minute, _g, digest = state.partition("g")
    try:
        age = int(at.timestamp()) // 60 - int(minute, 16)
    except ValueError:
        return False
    return 0 <= age <= LINKING_MINUTES and constant_time_compare(digest, _linking_digest(person, minute))


def next_try(tries: int, at: datetime) -> datetime:
    """When to try again after so many tries that failed."""
    return at + RESTS[min(tries, len(RESTS)) - 1]


def _linking_digest(person: AbstractBaseUser, minute: str) -> str:
    return salted_hmac("notices.wechat", f"{person.pk}:{minute}", algorithm="sha256").hexdigest()


class _Facts(dict[str, str | int]):
    """A fact that is missing, or was erased, leaves a dash; a moment and a span of time are said as people do."""

    def __getitem__(self, name: str) -> str | int:
        fact = super().__getitem__(name)
        return _said(fact) if isinstance(fact, str) else fact

    def __missing__(self, name: str) -> str:
        return "—"


def _said(fact: str) -> str:
    """A moment with its date: a notice is read on another day than it was written."""
    if MOMENT.fullmatch(fact):
        try:
            at = datetime.fromisoformat(fact)
        except ValueError:  # somebody's words that only look like one
            return fact
        return f"{said_near_date(at)} {at:%H:%M}"
    if SPAN.fullmatch(fact):
        return said_time((parse_duration(fact) or timedelta()) // timedelta(minutes=1))
    return fact
