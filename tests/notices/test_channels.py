from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPMessage
from io import BytesIO
from urllib.error import HTTPError
from urllib.request import OpenerDirector, Request

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.message import EmailMessage
from pytest_django import Settings

from baixing.notices.channels import Console, DjangoMail, HttpSms, Message, Undeliverable
from baixing.notices.models import DemoMessage
from tests.notices.conftest import AT, PHONES

MESSAGE = Message(PHONES[0], "A lamp\r\nBcc: wei@example.org", "The lamp is lit", "notice-1-sms", AT)


@pytest.mark.django_db
def test_the_console_shows_no_number_and_no_words(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        Console().send(MESSAGE)

    shown = capsys.readouterr().out
    assert (PHONES[0] in shown, "lamp" in shown) == (False, False)
    assert DemoMessage.objects.values_list("text", flat=True).get() == "The lamp is lit"


def test_the_console_is_for_demos_only(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(ImproperlyConfigured):
        Console()


def test_a_subject_cannot_smuggle_a_header() -> None:
    DjangoMail().send(Message("jin@example.org", MESSAGE.subject, MESSAGE.text, "key-1", AT))

    sent = mail.outbox[0]
    assert isinstance(sent, EmailMessage)
    assert (sent.subject, sent.recipients()) == ("A lamp Bcc: wei@example.org", ["jin@example.org"])


def answering(monkeypatch: pytest.MonkeyPatch, body: bytes) -> list[Request]:
    """A provider that answers this to everything; what it was asked."""
    asked: list[Request] = []

    @contextmanager
    def answer(_: OpenerDirector, request: Request, timeout: float) -> Iterator[BytesIO]:
        assert timeout <= 10
        asked.append(request)
        yield BytesIO(body)

    monkeypatch.setattr(OpenerDirector, "open", answer)
    return asked


def test_an_sms_provider_is_told_the_key(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.SMS_URL, settings.SMS_TOKEN = "https://sms.example.org/send", "secret"
    asked = answering(monkeypatch, b'{"ref": "77"}')

    ref = HttpSms().send(MESSAGE)

    body = json.loads(asked[0].data or b"")  # type: ignore[arg-type]  # bytes, as we gave it
    assert (ref, body) == ("77", {"to": PHONES[0], "text": "The lamp is lit", "key": "notice-1-sms"})
    assert asked[0].get_header("Idempotency-key") == "notice-1-sms"


@pytest.mark.parametrize("url", ["http://sms.example.org", "file:///etc/passwd"])
def test_an_sms_provider_is_reached_over_https_only(settings: Settings, url: str) -> None:
    settings.SMS_URL, settings.SMS_TOKEN = url, "secret"

    with pytest.raises(ImproperlyConfigured):
        HttpSms().send(MESSAGE)


def test_undeliverable_is_not_a_kind_of_being_away() -> None:
    assert not issubclass(Undeliverable, OSError)


@pytest.mark.parametrize(
    ("code", "refusal"), [(422, Undeliverable), (429, HTTPError), (503, HTTPError), (302, HTTPError)]
)
def test_what_a_provider_refuses_is_not_tried_again(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, code: int, refusal: type[Exception]
) -> None:
    settings.SMS_URL, settings.SMS_TOKEN = "https://sms.example.org/send", "secret"

    def refuse(*_: object, **__: object) -> None:
        raise HTTPError(settings.SMS_URL, code, "no", HTTPMessage(), None)

    monkeypatch.setattr(OpenerDirector, "open", refuse)

    with pytest.raises(refusal):
        HttpSms().send(MESSAGE)
