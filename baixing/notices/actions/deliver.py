"""Sending what waits. Never called inside a transaction: nobody waits for a provider holding a lock."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from baixing.notices import queries, rules
from baixing.notices.actions.lines import failed, works
from baixing.notices.actions.points import Point, reach
from baixing.notices.channels import Fate, Message, Outcome, Provider, provider
from baixing.notices.models import Channel, Choice, Line, Notice, Outgoing, Quiet, Subscription

log = logging.getLogger(__name__)
State = Outgoing.State
NOT_AGAIN_WITHIN = timedelta(minutes=1)


@dataclass
class Delivered:
    """What one pass did; failed ones are tried again, or never can be sent."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0

    def count(self, end: str) -> None:
        self.sent += end == State.SENT
        self.dropped += end == State.DROPPED
        self.failed += end == State.FAILED


def deliver(at: datetime, limit: int = 100) -> Delivered:
    """One pass over all channels, one after the other. Safe in several processes at once."""
    done = Delivered()
    for channel in Channel:
        deliver_channel(channel, at, limit, done)
    return done


def deliver_channel(
    channel: str,
    at: datetime,
    limit: int = 100,
    done: Delivered | None = None,
    going: Callable[[], bool] = lambda: True,
) -> Delivered:
    """Until nothing is left, the minute is over, or every line of the channel rests: the rest keeps its place."""
    done = done or Delivered()
    done.dropped += _drop_old(channel, at)
    if (way := provider(channel)) is None:
        return done
    name, end = secrets.token_hex(16), time.monotonic() + rules.PASS.total_seconds()
    failing: set[str] = set()
    for _attempt in range(limit):
        row = _claim(channel, name, at, failing) if going() and time.monotonic() < end else None
        if row is None:
            break
        reach(Point.CLAIMED)
        _handle(row, way, at, failing, done)
    return done


def _claim(channel: str, name: str, at: datetime, failing: set[str]) -> Outgoing | None:
    """Take the next one in line for ourselves. Of two who reach for it, one gets it."""
    resting = Line.objects.filter(channel=channel, rests_until__gt=at).values("host")
    while True:
        ready = Outgoing.objects.filter(channel=channel).sendable(at).exclude(host__in=resting)
        pk = ready.exclude(host__in=failing).order_by("-urgent", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        mine = {"state": State.SENDING, "claimed_by": name, "claimed_until": at + rules.LEASE}
        if Outgoing.objects.filter(pk=pk).free(at).update(**mine):
            return Outgoing.objects.select_related("notice__person", "subscription").get(pk=pk)


def _handle(row: Outgoing, way: Provider, at: datetime, failing: set[str], done: Delivered) -> None:
    """Send one and write down how it ended. A line that fails is left alone for the rest of the pass."""
    quiet = queries.quiet_of(row.notice.person) if row.notice else rules.NIGHT
    if row.notice and not row.urgent and (morning := rules.heard_at(at, quiet)) > at:
        _end(row, State.WAITING, next_try=morning)  # what could not be sent in the day is not sent in the night
        return
    message = _message(row, quiet, at)
    if not message.to:
        done.count(_end(row, State.DROPPED, fault=Outgoing.Why.UNWANTED))
        return
    reach(Point.READY)
    outcome = _hand_over(way, message)
    reach(Point.ANSWERED)
    if outcome.fate in {Fate.LATER, Fate.UNKNOWN}:
        failing.add(row.host)
        done.failed += 1
        _retry(row, outcome, at)
    else:
        done.count(_settle(row, outcome, at))
    reach(Point.WRITTEN)


def _hand_over(way: Provider, message: Message) -> Outcome:
    try:
        outcome = way.send(message)
    except Exception as error:  # noqa: BLE001 - a provider's code may raise anything; the message must not be lost
        return Outcome(Fate.UNKNOWN, why=type(error).__name__)
    return outcome if isinstance(outcome, Outcome) else Outcome(Fate.UNKNOWN, why="the provider gave no outcome")


@transaction.atomic
def _settle(row: Outgoing, outcome: Outcome, at: datetime) -> str:
    """It was taken, or never will be."""
    state = State.SENT if outcome.fate is Fate.TAKEN else State.FAILED
    tried = {"tries": row.tries + 1, "tried_at": at, "fault": outcome.why[:200]}
    if state == State.SENT:
        _end(row, state, sent_at=at, provider_ref=outcome.ref[:80], **tried)
    else:
        _end(row, state, **tried)
    if outcome.fate is Fate.GONE:
        _leave_alone(row, at)
    if works(row.channel, row.host):
        _bring_forward(row, at)
    return state


@transaction.atomic
def _retry(row: Outgoing, outcome: Outcome, at: datetime) -> None:
    log.warning("%s could not be sent: %s", row.key, outcome.why)
    tries = row.tries + 1
    next_try = max(rules.next_try(tries, at), at + (outcome.rest or timedelta()))
    _end(row, State.WAITING, tries=tries, tried_at=at, next_try=next_try, fault=outcome.why[:200])
    failed(row.channel, row.host, at, why=outcome.why, rest=outcome.rest)


def _end(row: Outgoing, state: str, **changes: object) -> str:
    """Unless our lease ran out and another has taken it on. What was sent needs no words any more."""
    mine = Outgoing.objects.filter(pk=row.pk, state=State.SENDING, claimed_by=row.claimed_by)
    emptied = {} if state == State.WAITING else {"to": "", "text": ""}
    mine.update(state=state, claimed_by="", claimed_until=None, **emptied, **changes)
    return state


def _leave_alone(row: Outgoing, at: datetime) -> None:
    """Nothing more to an address that has ended: the browser goes, another waits for the person to choose again."""
    if row.subscription_id:
        Subscription.objects.filter(pk=row.subscription_id).delete()
    elif row.notice:
        said = {"refused_at": at}
        made = {**said, "on": True}
        Choice.objects.update_or_create(
            person_id=row.notice.person_id, channel=row.channel, defaults=said, create_defaults=made
        )


def _bring_forward(row: Outgoing, at: datetime) -> None:
    """The provider answers again: what rests after a failure goes now, in its old order. Not what waits for morning."""
    resting = Outgoing.objects.waiting().filter(channel=row.channel, host=row.host, tries__gt=0)
    soon = resting.filter(next_try__gt=at, next_try__lte=at + rules.RESTS[-1])
    soon.filter(tried_at__lte=at - NOT_AGAIN_WITHIN).update(next_try=at)


def _drop_old(channel: str, at: datetime) -> int:
    old = Outgoing.objects.filter(channel=channel).free(at).filter(expires__lte=at)
    return old.update(state=State.DROPPED, fault=Outgoing.Why.LATE, claimed_by="", to="", text="")


def _message(row: Outgoing, quiet: Quiet, at: datetime) -> Message:
    if row.notice is None:
        return Message(row.to, "", row.text, row.key, at, urgent=row.urgent, expires=row.expires)
    person, notice = row.notice.person, row.notice
    subject, text = rules.words_for(person, notice.kind, notice.facts)
    return Message(
        _address(row, notice),
        subject,
        text,
        row.key,
        at,
        kind=notice.kind,
        link=notice.link,
        urgent=row.urgent,
        expires=row.expires,
        hush=rules.hush(quiet, urgent=row.urgent),
    )


def _address(row: Outgoing, notice: Notice) -> str:
    """As it is now, not as it was when the message was queued; empty when it is no longer wanted."""
    person = notice.person
    if row.channel == Channel.PUSH:
        browser = row.subscription
        return browser.sealed if browser and browser.person_id == person.pk and person.is_active else ""
    choice = Choice.objects.filter(person=person, channel=row.channel).first()
    return rules.address(person, row.channel, choice)
