"""Telling people: a notice, and a row of the queue for each way that the person wants."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from baixing.kernel.refusals import NotAllowed
from baixing.notices import queries, rules
from baixing.notices.channels import Message, show_in_demo
from baixing.notices.models import Channel, Choice, Notice, Outgoing, Quiet, Subscription


@transaction.atomic
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
    if kind not in rules.TEXTS:
        message = f"no words are registered for {kind}"
        raise LookupError(message)
    whom = {person.pk: person for person in people if person.is_active}
    if once_key:
        told = Notice.objects.filter(person_id__in=whom, once_key=once_key).values_list("person_id", flat=True)
        whom = {pk: person for pk, person in whom.items() if pk not in set(told)}
    said = json.dumps(facts)
    make = partial(Notice, kind=kind, thing=thing, said=said, link=link, once_key=once_key, at=due or at)
    notices = Notice.objects.bulk_create(make(person_id=pk) for pk in whom)
    _queue(notices, whom, urgent=urgent)


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
def forget_person(person: AbstractBaseUser, *, at: datetime) -> None:
    """Empty all that this person was told, take back what was to come, and drop where they wanted it sent."""
    Outgoing.objects.waiting().filter(notice__person_id=person.pk).delete()
    Notice.objects.filter(person_id=person.pk, at__gt=at).delete()
    Notice.objects.filter(person_id=person.pk).update(said="")
    Choice.objects.filter(person_id=person.pk).update(on=False, address="", refused_at=None)
    Subscription.objects.filter(person_id=person.pk).delete()
    Quiet.objects.filter(person_id=person.pk).delete()


def _queue(notices: list[Notice], whom: dict[int, AbstractBaseUser], *, urgent: bool) -> None:
    quiet = {row.person_id: row for row in Quiet.objects.filter(person_id__in=whom)}
    due = {
        one.pk: one.at if urgent else rules.heard_at(one.at, quiet.get(one.person_id, rules.NIGHT)) for one in notices
    }
    chosen = {(choice.person_id, choice.channel): choice for choice in Choice.objects.filter(person_id__in=whom)}
    browsers: dict[int, list[Subscription]] = {}
    for browser in Subscription.objects.filter(person_id__in=whom).order_by("pk"):
        browsers.setdefault(browser.person_id, []).append(browser)
    make = partial(_outgoing, urgent=urgent)
    Outgoing.objects.bulk_create(
        make(notice, channel, browser, due[notice.pk])
        for notice in notices
        for channel in Channel
        if rules.goes_by(channel, notice.kind)
        for browser in _ends(whom[notice.person_id], channel, chosen, browsers)
    )


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
