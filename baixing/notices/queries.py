"""What a person has been told, and how the queue stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from baixing.kernel.prepared import prepared
from baixing.kernel.seal import blind
from baixing.look.said import said_moment
from baixing.notices import rules
from baixing.notices.channels import is_set_up
from baixing.notices.models import Channel, Choice, DemoMessage, Line, Notice, Outgoing, Quiet, Subscription

DAY = timedelta(days=1)
STATES = {
    "missing": _("Not available"),
    "unset": _("Not set up"),
    "on": _("On"),
    "off": _("Off"),
    "refused": _("Address refused"),
    "down": _("Not getting through"),
}

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
    """One way of being told, how it stands for this person, and where it goes.

    `state`: missing (the city has not set it up), unset (the person has not), on, off, refused (nothing sent there
    arrives), down (wanted, but the provider does not answer).
    """

    channel: Channel
    state: str
    address: str = ""
    browsers: tuple[Subscription, ...] = ()

    @property
    def on(self) -> bool:
        return self.state in {"on", "down"}

    def get_state_display(self) -> str:
        return str(STATES[self.state])


def ways(person: AbstractBaseUser, on: datetime) -> list[Way]:
    """All ways that this installation has; text messages always, so that nobody wonders where they are."""
    chosen = {choice.channel: choice for choice in Choice.objects.filter(person_id=person.pk)}
    mine = tuple(browsers(person))
    failing = {line.channel for line in down(on)}
    ours = [channel for channel in Channel if channel == Channel.SMS or is_set_up(channel)]
    return [_way(person, channel, chosen.get(channel), mine, failing) for channel in ours]


def browsers(person: AbstractBaseUser) -> QuerySet[Subscription]:
    """Where this person is told by push, the oldest first."""
    return Subscription.objects.filter(person_id=person.pk).order_by("made_at", "pk")


def down(on: datetime) -> list[Line]:
    """Lines that have failed for a while."""
    return _down(on - rules.ALARM_AFTER)


@prepared
def _down(since: datetime) -> QuerySet[Line]:
    return Line.objects.filter(failures__gte=rules.FAILURES, since__lte=since).order_by("pk")


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
    """By channel; not what waits for the morning."""
    soon = Outgoing.objects.waiting().filter(due__lte=on, expires__gt=on, next_try__lte=on + rules.RESTS[-1])
    late = soon.values("channel").order_by("channel")
    return [Backlog(**row) for row in late.annotate(count=Count("pk"), oldest=Min("due"))]


def alarms(on: datetime) -> Iterator[str]:
    """What the staff must know of the ways out, in a sentence each: since when a line fails, what came too late."""
    waiting: dict[str, int] | None = None
    for line in down(on):
        waiting = waiting if waiting is not None else {row.channel: row.count for row in backlog(on)}
        said = {"way": _named(line), "when": said_moment(line.since or on, on), "count": waiting.get(line.channel, 0)}
        yield gettext("%(way)s: nothing gets through since %(when)s.") % said + (
            gettext(" %(count)s waiting.") % said if said["count"] else ""
        )
    for channel, count in dropped(on).items():
        yield ngettext(
            "%(way)s: in the last day %(count)s message came too late and was not sent. It stands under My notices.",
            "%(way)s: in the last day %(count)s messages came too late and were not sent. They stand under My notices.",
            count,
        ) % {"way": Channel(channel).label, "count": count}


def _named(line: Line) -> str:
    label = str(Channel(line.channel).label)
    return f"{label} ({line.host})" if line.host else label


def dropped(on: datetime) -> dict[str, int]:
    """How many messages of the last day came too late to be sent, by channel. A code of the door is not missed."""
    return dict(_dropped(on - DAY))


@prepared
def _dropped(since: datetime) -> QuerySet[Outgoing, tuple[str, int]]:
    late = Outgoing.objects.filter(state=Outgoing.State.DROPPED, fault=Outgoing.Why.LATE, notice__isnull=False)
    counted = late.filter(expires__gt=since).order_by("channel").values_list("channel")
    return counted.annotate(Count("pk"))


def not_sent(notices: Iterable[Notice]) -> dict[int, list[str]]:
    """Of these notices: the channels by which they came too late to be sent."""
    late = Outgoing.objects.filter(notice__in=notices, state=Outgoing.State.DROPPED, fault=Outgoing.Why.LATE)
    found: dict[int, list[str]] = {}
    for pk, channel in late.order_by("pk").values_list("notice", "channel"):
        found.setdefault(pk, []).append(str(Channel(channel).label))
    return found


def demo_text(phone: str) -> str:
    """The newest message that this telephone would have shown; empty outside a demo."""
    mine = DemoMessage.objects.filter(to_index=blind(phone)).order_by("-at", "-pk")
    return mine.values_list("text", flat=True).first() or ""


def _way(
    person: AbstractBaseUser,
    channel: Channel,
    choice: Choice | None,
    browsers: tuple[Subscription, ...],
    failing: Collection[str],
) -> Way:
    mine = browsers if channel == Channel.PUSH else ()
    address = choice.address if choice else ""
    if not is_set_up(channel):
        state = "missing"
    elif choice and choice.on and choice.refused_at:
        state = "refused"
    elif channel == Channel.PUSH:
        state = "on" if mine else "unset"
    elif rules.address(person, channel, choice):
        state = "on"
    else:
        state = "unset" if channel == Channel.WECHAT and not address else "off"
    return Way(channel, "down" if state == "on" and channel in failing else state, address, mine)
