from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from io import StringIO
from threading import Event
from typing import ClassVar

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from pytest_django import Settings

from baixing.kernel.calendar import now
from baixing.notices import actions
from baixing.notices.channels import Fate, Message, Outcome
from baixing.notices.management.commands import deliver
from baixing.notices.models import Outgoing
from baixing.people.models import Person


class StoppingProvider:
    """Somebody stops the command while this sends."""

    def send(self, message: Message) -> Outcome:
        os.kill(os.getpid(), signal.SIGTERM)
        return Outcome(Fate.TAKEN, ref=message.key)


class HangingProvider:
    """Says nothing until a mail has gone, or for ten seconds."""

    mail_gone: ClassVar[Event]
    waited_in_vain: ClassVar[bool] = False

    def send(self, _message: Message) -> Outcome:
        HangingProvider.waited_in_vain = not self.mail_gone.wait(10)
        return Outcome(Fate.UNKNOWN, why="hung")


class MailProvider(StoppingProvider):
    def send(self, message: Message) -> Outcome:
        HangingProvider.mail_gone.set()
        return super().send(message)


@pytest.fixture
def _signals_as_before() -> Iterator[None]:
    before = {asked: signal.getsignal(asked) for asked in (signal.SIGTERM, signal.SIGINT)}
    yield
    for asked, handler in before.items():
        signal.signal(asked, handler)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_signals_as_before")
def test_it_goes_on_until_told_to_stop_and_marks_what_it_has_in_hand(
    jin: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SMS_PROVIDER = f"{__name__}.StoppingProvider"
    monkeypatch.setattr(deliver, "PAUSE", 0)
    actions.tell([jin], "lamp.lit", at=now(), urgent=True, name="A")
    out = StringIO()

    call_command("deliver", forever=True, stdout=out)

    assert out.getvalue() == "sms: sent 1, failed 0, dropped 0\n"
    assert Outgoing.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_signals_as_before")
def test_a_provider_that_hangs_holds_up_no_other_channel(
    jin: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the channels asked one after the other, the mail would wait for the text message."""
    monkeypatch.setattr(HangingProvider, "mail_gone", Event(), raising=False)
    settings.SMS_PROVIDER, settings.MAIL_PROVIDER = f"{__name__}.HangingProvider", f"{__name__}.MailProvider"
    monkeypatch.setattr(deliver, "PAUSE", 0)
    actions.choose(jin, "email", on=True, by=jin, at=now(), address="jin@example.org")
    actions.tell([jin], "lamp.lit", at=now(), urgent=True, name="A")

    call_command("deliver", forever=True, stdout=StringIO())

    assert dict(Outgoing.objects.values_list("channel", "state")) == {"sms": "waiting", "email": "sent"}
    assert not HangingProvider.waited_in_vain


def test_a_provider_that_cannot_be_used_is_said_at_the_start(settings: Settings) -> None:
    settings.MAIL_PROVIDER = "nowhere.Mail"

    with pytest.raises(CommandError, match="MAIL_PROVIDER cannot be used"):
        call_command("deliver")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_does_not_end_it() -> None:
    err = StringIO()

    def go_away(*_: object) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(go_away):
        deliver.Command(stderr=err)._pass("sms")

    assert "OperationalError" in err.getvalue()


@pytest.mark.django_db
def test_one_pass_is_one_pass() -> None:
    out = StringIO()

    call_command("deliver", stdout=out)

    assert out.getvalue() == "sent 0, failed 0, dropped 0\n"
