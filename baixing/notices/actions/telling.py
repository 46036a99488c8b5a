"""Telling people: a notice, and a row of the queue for each way that the person wants."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet, Value
from django.utils import translation

from baixing.kernel.prepared import one_of, prepared
from baixing.kernel.refusals import NotAllowed
from baixing.kernel.rows import insert
from baixing.notices import queries, rules
from baixing.notices.channels import Message, show_in_demo
from baixing.notices.models import Channel, Choice, DemoMessage, Notice, Outgoing, Quiet, Subscription

QUIET, CHOICE, BROWSER = range(3)
AT_ONCE = 200  # people asked about in one question; SQLite takes no condition of more than a thousand parts
Row = TypeVar("Row")


@dataclass(frozen=True)
class Word:
    """One thing to be told to some people, each once: at once, or when it is due."""

    people: Collection[AbstractBaseUser]
    kind: str
    facts: Mapping[str, str | int] = field(default_factory=dict)
    link: str = ""
    due: datetime | None = None
    urgent: bool = False
    thing: str = ""
    once_key: str = ""


@dataclass(frozen=True)
class Text:
    """The same for a telephone without an account. Its words are made now: nobody reads them later on a page."""

    phone: str
    kind: str
    facts: Mapping[str, str | int]
    thing: str
    link: str = ""
    due: datetime | None = None
    urgent: bool = False


def tell(
    people: Iterable[AbstractBaseUser],
    kind: str,
    *,
    at: datetime,
    link: str = "",
    due: datetime | None = None,
    urgent: bool = False,
    thing: str = "",
    once_key: str = "",
    **facts: str | int,
) -> None:
    """Tell each of these people once, at once or when it is due. Part of the deed that causes it."""
    tell_all([Word(list(people), kind, facts, link, due, urgent, thing, once_key)], at=at)


@transaction.atomic(savepoint=False)
def tell_all(words: Iterable[Word], *, at: datetime) -> None:
    """Tell several things at once, for no more questions to the database than one needs."""
    people = {person.pk: person for word in words for person in word.people if person.is_active}
    told = [(_notice(word, pk, at), word) for word in words for pk in _whom(word)]
    insert([notice for notice, _word in told])
    _queue([(notice, word.urgent) for notice, word in told], people)


@transaction.atomic
def send_code(phone: str, text: str, key: str, at: datetime, *, kept: timedelta = rules.CODE_KEPT) -> None:
    """Send words to a telephone, whosever it is. They are erased when they are sent or too old."""
    if settings.DEMO:
        show_in_demo(Message(phone, "", text, key, at))
    Outgoing.objects.create(
        channel=Channel.SMS,
        key=key,
        to=phone,
        text=text,
        urgent=True,
        due=at,
        next_try=at,
        expires=at + kept,
    )


@transaction.atomic(savepoint=False)
def text_all(texts: Iterable[Text], *, at: datetime) -> None:
    """Queue text messages to telephones without an account; by night what is not urgent waits for the morning."""
    insert([_text(text, at) for text in texts])


@transaction.atomic
def forget_texts(thing: str, kinds: Collection[str]) -> None:
    """Take back what was still to be sent about a thing."""
    for kind in kinds:
        first = f"{thing}-{kind}-"
        Outgoing.objects.waiting().filter(notice=None, key__gte=first, key__lt=f"{first}~").delete()


@transaction.atomic
def forget(thing: str, kinds: Collection[str], *, at: datetime) -> None:
    """Take back what was to be told later about a thing: its visit has moved, or it is settled."""
    ahead = Notice.objects.filter(thing=thing, kind__in=kinds, at__gt=at)
    Outgoing.objects.waiting().filter(notice__in=ahead).delete()
    ahead.filter(outgoing=None).delete()


@transaction.atomic
def send_nothing_of(before: datetime) -> None:
    """Send nothing that was due up to now: the past of a demo was invented."""
    Outgoing.objects.waiting().filter(due__lte=before).delete()


@transaction.atomic
def read(notice: Notice, *, by: AbstractBaseUser, at: datetime) -> None:
    if notice.person_id != by.pk:
        raise NotAllowed
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


@transaction.atomic
def read_all(person: AbstractBaseUser, *, by: AbstractBaseUser, at: datetime) -> None:
    if person.pk != by.pk:
        raise NotAllowed
    queries.visible(person, at).filter(read_at=None).update(read_at=at)


@transaction.atomic
def erase_words(thing: str, *, at: datetime) -> int:
    """Empty the facts of all that was told about a thing up to now; how many."""
    return Notice.objects.filter(thing=thing, at__lte=at).update(said="")


@transaction.atomic
def erase_words_of(things: Collection[str], *, at: datetime) -> int:
    """The same for many things at once."""
    return Notice.objects.filter(thing__in=things, at__lte=at).exclude(said="").update(said="")


@transaction.atomic
def forget_old(before: datetime) -> int:
    """Empty what was told before this moment, and what the queue and a demo's telephones still know of it; how many."""
    DemoMessage.objects.filter(at__lt=before).delete()
    over = Outgoing.objects.filter(expires__lt=before)  # nobody may have been there to drop it
    over.exclude(to="", text="", fault="", provider_ref="").update(to="", text="", fault="", provider_ref="")
    return Notice.objects.filter(at__lt=before).exclude(said="").update(said="")


@transaction.atomic
def forget_person(person: AbstractBaseUser, *, at: datetime) -> None:
    """Empty all that this person was told, take back what was to come, and drop where they wanted it sent."""
    Outgoing.objects.waiting().filter(notice__person_id=person.pk).delete()
    Notice.objects.filter(person_id=person.pk, at__gt=at).delete()
    Notice.objects.filter(person_id=person.pk).update(said="")
    Choice.objects.filter(person_id=person.pk).update(on=False, address="", refused_at=None)
    Subscription.objects.filter(person_id=person.pk).delete()
    Quiet.objects.filter(person_id=person.pk).delete()


def _whom(word: Word) -> list[int]:
    if word.kind not in rules.TEXTS:
        message = f"no words are registered for {word.kind}"
        raise LookupError(message)
    whom = list(dict.fromkeys(person.pk for person in word.people if person.is_active))
    if not word.once_key:
        return whom
    told = Notice.objects.filter(person_id__in=whom, once_key=word.once_key).values_list("person_id", flat=True)
    return [pk for pk in whom if pk not in set(told)]


def _notice(word: Word, pk: int, at: datetime) -> Notice:
    said = json.dumps(dict(word.facts))
    named = {"kind": word.kind, "thing": word.thing, "link": word.link, "once_key": word.once_key}
    return Notice(person_id=pk, said=said, at=word.due or at, **named)


def _text(text: Text, at: datetime) -> Outgoing:
    with translation.override(settings.LANGUAGE_CODE):
        words = rules.words(text.kind, text.facts)[1]
    said = f"{words} {settings.PUBLIC_URL}{text.link}" if settings.PUBLIC_URL and text.link else words
    key, due = f"{text.thing}-{text.kind}-{secrets.token_hex(6)}", text.due or at
    if settings.DEMO and due <= at:
        show_in_demo(Message(text.phone, "", said, key, at))
    due = due if text.urgent else rules.heard_at(due, rules.NIGHT)
    expires = due + rules.KEPT[Channel.SMS]
    sent = {"channel": Channel.SMS, "key": key, "to": text.phone, "text": said, "urgent": text.urgent}
    return Outgoing(due=due, next_try=due, expires=expires, **sent)


def _queue(told: list[tuple[Notice, bool]], whom: dict[int, AbstractBaseUser]) -> None:
    """Put on its ways out what was told, each with whether it is urgent."""
    if not told:
        return
    wished = {wish for (wish,) in _some(_wished, whom)}
    quiet = {row.person_id: row for row in _some(_quiet, whom if QUIET in wished else ())}
    due = {
        one.pk: one.at if urgent else rules.heard_at(one.at, quiet.get(one.person_id, rules.NIGHT))
        for one, urgent in told
    }
    chosen = {
        (choice.person_id, choice.channel): choice for choice in _some(_choices, whom if CHOICE in wished else ())
    }
    browsers: dict[int, list[Subscription]] = {}
    for browser in _some(_browsers, whom if BROWSER in wished else ()):
        browsers.setdefault(browser.person_id, []).append(browser)
    insert(
        [
            _outgoing(notice, channel, browser, due[notice.pk], urgent=urgent)
            for notice, urgent in told
            for channel in Channel
            if rules.goes_by(channel, notice.kind)
            for browser in _ends(whom[notice.person_id], channel, chosen, browsers)
        ]
    )


def _some(ask: Callable[..., list[Row]], whom: Iterable[int]) -> list[Row]:
    """What is known of many people: some at a time, for a question has an end."""
    people = list(whom)
    return [row for start in range(0, len(people), AT_ONCE) for row in ask(*people[start : start + AT_ONCE])]


@prepared
def _wished(*people: int) -> QuerySet[Quiet, tuple[int]]:
    """Which of the three are there at all: most people leave everything as it is."""
    there: list[QuerySet[Any, tuple[int]]] = [
        table.objects.filter(one_of("person", people)).order_by().values_list(Value(wish))
        for wish, table in ((QUIET, Quiet), (CHOICE, Choice), (BROWSER, Subscription))
    ]
    return there[0].union(*there[1:])


@prepared
def _quiet(*people: int) -> QuerySet[Quiet]:
    return Quiet.objects.filter(one_of("person", people))


@prepared
def _choices(*people: int) -> QuerySet[Choice]:
    return Choice.objects.filter(one_of("person", people))


@prepared
def _browsers(*people: int) -> QuerySet[Subscription]:
    return Subscription.objects.filter(one_of("person", people)).order_by("pk")


def _ends(
    person: AbstractBaseUser,
    channel: str,
    chosen: dict[tuple[int, str], Choice],
    browsers: dict[int, list[Subscription]],
) -> Collection[Subscription | None]:
    """Where a message of a channel goes: to each browser, or to the one address that the person has."""
    if channel == Channel.PUSH:
        return browsers.get(person.pk, [])
    return [None] if rules.address(person, channel, chosen.get((person.pk, channel))) else []


def _outgoing(notice: Notice, channel: str, browser: Subscription | None, due: datetime, *, urgent: bool) -> Outgoing:
    return Outgoing(
        notice=notice,
        channel=channel,
        subscription=browser,
        host=browser.host if browser else "",
        key=f"notice-{notice.pk}-{channel}" + (f"-{browser.pk}" if browser else ""),
        urgent=urgent,
        due=due,
        next_try=due,
        expires=due + rules.KEPT[Channel(channel)],
    )
