"""What a person has been told, and how the queue stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Min, QuerySet

from baixing.kernel.prepared import prepared
from baixing.kernel.seal import blind
from baixing.notices import rules
from baixing.notices.models import Channel, Choice, DemoMessage, Notice, Outgoing, Quiet

MANY = 99


def visible(person: AbstractBaseUser, on: datetime) -> QuerySet[Notice]:
    """What this person has been told up to now, the newest first. A reminder shows when it is due."""
    return Notice.objects.filter(person_id=person.pk, at__lte=on).order_by("-at", "-pk")


def unread(person: AbstractBaseUser, on: datetime) -> int:
    """How many; beyond `MANY` nobody counts on."""
    return len(_unread(person.pk, on))


@prepared
def _unread(person: int, on: datetime) -> QuerySet[Notice, tuple[int]]:
    return Notice.objects.filter(person=person, at__lte=on, read_at=None).values_list("pk")[: MANY + 1]


@dataclass(frozen=True)
class Way:
    """One way of being told, and whether the person wants it."""

    channel: Channel
    on: bool
    address: str


def ways(person: AbstractBaseUser) -> list[Way]:
    chosen = {choice.channel: choice for choice in Choice.objects.filter(person_id=person.pk)}
    return [_way(channel, chosen.get(channel)) for channel in Channel]


def quiet_of(person: AbstractBaseUser) -> Quiet:
    """The hours that the person chose, or the night."""
    return Quiet.objects.filter(person_id=person.pk).first() or rules.NIGHT


@dataclass(frozen=True)
class Backlog:
    """What waits in a channel although it is due."""

    channel: str
    count: int
    oldest: datetime


def backlog(on: datetime) -> list[Backlog]:
    late = Outgoing.objects.waiting().filter(due__lte=on).values("channel").order_by("channel")
    return [Backlog(**row) for row in late.annotate(count=Count("pk"), oldest=Min("due"))]


def demo_text(phone: str) -> str:
    """The newest message that this telephone would have shown; empty outside a demo."""
    mine = DemoMessage.objects.filter(to_index=blind(phone)).order_by("-at", "-pk")
    return mine.values_list("text", flat=True).first() or ""


def _way(channel: Channel, choice: Choice | None) -> Way:
    if choice is None:
        return Way(channel, rules.ON_AT_FIRST[channel], "")
    return Way(channel, choice.on, choice.address)
