"""Each of the four channels against each fault of a provider: what we make of it, and what reaches a person."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from http.client import HTTPSConnection
from threading import Event
from typing import Final

import pytest

from baixing.notices.channels import Fate, Message, Outcome, Provider, web
from baixing.notices.channels.mail import DjangoMail
from baixing.notices.channels.push import WebPush
from baixing.notices.channels.sms import HttpSms
from baixing.notices.channels.wechat import WeChat
from tests.notices.conftest import AT, PHONES
from tests.notices.mailbox import Browser
from tests.notices.outside import Fault, Mail, Web

PATIENCE = 0.25  # seconds with a provider that hangs or drips; the others answer
CHANNELS: Final[dict[str, type[Provider]]] = {"sms": HttpSms, "email": DjangoMail, "push": WebPush, "wechat": WeChat}
TAKEN, NEVER, GONE, LATER, UNKNOWN = Fate
#                  sms, email, push, wechat
FATES: Final = {
    Fault.NONE: (TAKEN, TAKEN, TAKEN, TAKEN),
    Fault.REFUSES: (NEVER, NEVER, NEVER, NEVER),
    Fault.GONE: (GONE, GONE, GONE, GONE),
    Fault.FAILS: (LATER, LATER, LATER, LATER),
    Fault.FULL: (LATER, LATER, LATER, LATER),
    Fault.HANGS: (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    Fault.DRIPS: (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    Fault.RESETS: (LATER, LATER, LATER, LATER),
    Fault.LOSES: (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    Fault.GARBAGE: (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    Fault.REPEATS: (TAKEN, TAKEN, TAKEN, TAKEN),
}
CELLS: Final = [
    (channel, fault, fates[number]) for fault, fates in FATES.items() for number, channel in enumerate(CHANNELS)
]


def message_for(channel: str, there: Web) -> Message:
    to = {
        "sms": PHONES[0],
        "email": "jin@example.org",
        "push": json.dumps(Browser(f"{there.url}/push/1").said),
        "wechat": "openid-of-jin",
    }
    return Message(to[channel], "A lamp", "The lamp is lit", f"notice-1-{channel}", AT, kind="lamp.lit")


@pytest.mark.parametrize(("channel", "fault", "fate"), CELLS, ids=lambda cell: getattr(cell, "name", cell))
def test_a_fault_is_known_for_what_it_is_and_reaches_a_person_once(
    outside: tuple[Web, Mail], monkeypatch: pytest.MonkeyPatch, channel: str, fault: Fault, fate: Fate
) -> None:
    provider = outside[channel == "email"]
    way, message = CHANNELS[channel](), message_for(channel, outside[0])

    with provider.broken(fault), monkeypatch.context() as hurried:
        if fault in {Fault.HANGS, Fault.DRIPS}:
            hurried.setattr(web, "PATIENCE", PATIENCE)
        first = way.send(message)
    again = way.send(message)

    assert (first.fate, again.fate) == (fate, TAKEN)
    assert len(provider.reached) == 1  # the second time too
    assert set(provider.asked) == set(provider.reached)  # the same key each time


@pytest.mark.parametrize("fault", [Fault.HANGS, Fault.DRIPS])
@pytest.mark.parametrize("channel", CHANNELS)
def test_nobody_waits_longer_than_patience_lasts(
    outside: tuple[Web, Mail], monkeypatch: pytest.MonkeyPatch, channel: str, fault: Fault
) -> None:
    """A drip alone would take 100 s, a hanging one 30 s."""
    monkeypatch.setattr(web, "PATIENCE", PATIENCE)
    way, message = CHANNELS[channel](), message_for(channel, outside[0])
    start = time.monotonic()

    with outside[channel == "email"].broken(fault):
        way.send(message)

    assert time.monotonic() - start < 5


def test_a_line_that_was_hardly_made_in_time_is_not_talked_on(
    outside: tuple[Web, Mail], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever would cut the talk has come already, while there was nothing to cut."""
    monkeypatch.setattr(web, "PATIENCE", PATIENCE)
    connect, start = web._connect, time.monotonic()

    def connect_late(line: HTTPSConnection) -> None:
        connect(line)
        Event().wait(2 * PATIENCE)

    monkeypatch.setattr(web, "_connect", connect_late)

    with outside[0].broken(Fault.DRIPS), pytest.raises(web.Unreached):
        web.ask("POST", f"{outside[0].url}/sms", b"{}")

    assert time.monotonic() - start < 5
    assert outside[0].asked == []


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"a":' * 10_000, b"[]", b"\xff"])
def test_an_answer_that_is_no_object_is_none(body: bytes) -> None:
    with pytest.raises(web.Unanswered):
        web.Answer(200, {}, body).said()


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_provider_that_is_not_there_has_nothing(outside: tuple[Web, Mail], channel: str) -> None:
    way, message = CHANNELS[channel](), message_for(channel, outside[0])
    for provider in outside:
        provider.server.server_close()

    assert way.send(message).fate is LATER


@pytest.mark.parametrize(("channel", "rest"), [("sms", 120), ("push", 120), ("wechat", 3600)])
def test_a_provider_that_has_enough_is_left_alone_for_as_long_as_it_says(
    outside: tuple[Web, Mail], channel: str, rest: int
) -> None:
    with outside[0].broken(Fault.FULL):
        outcome = CHANNELS[channel]().send(message_for(channel, outside[0]))

    assert (outcome.fate, outcome.rest) == (LATER, timedelta(seconds=rest))


def test_a_key_made_anew_at_each_try_reaches_a_person_twice(outside: tuple[Web, Mail]) -> None:
    """The negative control: it is the key that makes a repeated message one."""
    there = outside[0]
    with there.broken(Fault.LOSES):
        HttpSms().send(message_for("sms", there))
    other = Message(PHONES[0], "A lamp", "The lamp is lit", "another key", AT)

    assert HttpSms().send(other) == Outcome(TAKEN, ref="ref-another key")
    assert len(there.reached) == 2
