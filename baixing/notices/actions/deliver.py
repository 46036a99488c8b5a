"""Sending what waits. Never called inside a transaction: nobody waits for a provider holding a lock."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from baixing.notices import rules
from baixing.notices.channels import Message, Provider, Undeliverable, provider
from baixing.notices.models import Channel, Choice, Outgoing

log = logging.getLogger(__name__)
State = Outgoing.State
NOT_AGAIN_WITHIN = timedelta(minutes=1)


@dataclass
class Delivered:
    """What one pass did; failed ones are tried again, or never can be sent."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0


def deliver(at: datetime, limit: int = 100) -> Delivered:
    """One pass over all channels, the oldest first. Safe in several processes at once."""
    done = Delivered(dropped=_drop_old(at))
    for channel in Channel:
        if way := provider(channel):
            _deliver_channel(channel, way, done, at, limit)
    return done


def _deliver_channel(channel: str, way: Provider, done: Delivered, at: datetime, limit: int) -> None:
    """Until nothing is left, or the provider fails: then the rest keeps its place in line."""
    name = secrets.token_hex(16)
    for _attempt in range(limit):
        row = _claim(channel, name, at)
        if row is None:
            return
        end = _send(row, way, at)
        done.sent += end == State.SENT
        done.dropped += end == State.DROPPED
        done.failed += end in {State.WAITING, State.FAILED}
        if end == State.WAITING:
            return


def _claim(channel: str, name: str, at: datetime) -> Outgoing | None:
    """Take the next one in line for ourselves. Of two who reach for it, one gets it."""
    while True:
        ready = Outgoing.objects.filter(channel=channel).sendable(at)
        pk = ready.order_by("-urgent", "pk").values_list("pk", flat=True).first()
        if pk is None:
            return None
        mine = {"state": State.SENDING, "claimed_by": name, "claimed_until": at + rules.LEASE}
        if Outgoing.objects.filter(pk=pk).free(at).update(**mine):
            return Outgoing.objects.select_related("notice__person").get(pk=pk)


def _send(row: Outgoing, way: Provider, at: datetime) -> str:
    """Send one and write down how it ended."""
    message = _message(row, at)
    if not message.to:
        return _end(row, State.DROPPED, fault=_("The person does not want it, or has no address."))
    try:
        ref = way.send(message)
    except Undeliverable as error:
        return _end(row, State.FAILED, tries=row.tries + 1, tried_at=at, fault=str(error)[:200])
    except Exception as error:  # noqa: BLE001 - a provider's code may raise anything; the message must not be lost
        return _retry(row, error, at)
    _bring_forward(row.channel, at)
    return _end(row, State.SENT, tries=row.tries + 1, tried_at=at, sent_at=at, provider_ref=ref[:80], fault="")


def _retry(row: Outgoing, error: Exception, at: datetime) -> str:
    log.warning("%s could not be sent: %s", row.key, type(error).__name__)
    tries = row.tries + 1
    fault = type(error).__name__
    return _end(row, State.WAITING, tries=tries, tried_at=at, next_try=rules.next_try(tries, at), fault=fault)


def _end(row: Outgoing, state: str, **changes: object) -> str:
    """Unless our lease ran out and another has taken it on. What was sent needs no words any more."""
    mine = Outgoing.objects.filter(pk=row.pk, state=State.SENDING, claimed_by=row.claimed_by)
    emptied = {} if state == State.WAITING else {"to": "", "text": ""}
    mine.update(state=state, claimed_by="", claimed_until=None, **emptied, **changes)
    return state


def _bring_forward(channel: str, at: datetime) -> None:
    """The provider answers again: what rests after a failure goes now, in its old order."""
    resting = Outgoing.objects.waiting().filter(channel=channel, next_try__gt=at, tries__gt=0)
    resting.filter(tried_at__lte=at - NOT_AGAIN_WITHIN).update(next_try=at)


def _drop_old(at: datetime) -> int:
    note = _("Too old to be of use.")
    return Outgoing.objects.free(at).filter(expires__lte=at).update(state=State.DROPPED, fault=note, to="", text="")


def _message(row: Outgoing, at: datetime) -> Message:
    if row.notice is None:
        return Message(row.to, "", row.text, row.key, at)
    person = row.notice.person
    choice = Choice.objects.filter(person=person, channel=row.channel).first()
    subject, text = rules.words_for(person, row.notice.kind, row.notice.facts)
    return Message(rules.address(person, row.channel, choice), subject, text, row.key, at)
