from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.message import EmailMessage
from pytest_django import Settings

from baixing.notices.channels import Console, DjangoMail, HttpSms, Message, carries
from baixing.notices.channels.keys import is_push_service, public_key
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


@pytest.mark.parametrize("url", ["http://sms.example.org", "file:///etc/passwd"])
def test_an_sms_provider_is_reached_over_https_only(settings: Settings, url: str) -> None:
    settings.SMS_URL, settings.SMS_TOKEN = url, "secret"

    with pytest.raises(ImproperlyConfigured):
        HttpSms().send(MESSAGE)


def test_a_mail_has_the_same_name_at_each_try() -> None:
    for _ in range(2):
        DjangoMail().send(Message("jin@example.org", "A lamp", "The lamp is lit", "key-1", AT))

    names = {sent.message()["Message-ID"] for sent in mail.outbox}
    assert len(names) == 1


@pytest.mark.parametrize(
    ("channel", "kind", "carried"),
    [("sms", "lamp.lit", True), ("wechat", "lamp.lit", True), ("wechat", "lamp.soon", False)],
)
def test_wechat_carries_what_has_a_template(settings: Settings, channel: str, kind: str, carried: bool) -> None:
    settings.WECHAT_TEMPLATES = {"lamp.lit": {"id": "T1", "fields": {}}}

    assert carries(channel, kind) == carried


def test_a_key_that_is_none_is_said(settings: Settings) -> None:
    settings.VAPID_KEY = "AAAA"

    with pytest.raises(ValueError, match="32 bytes"):
        public_key()


ENDPOINTS = {
    "https://fcm.googleapis.com/fcm/send/1": True,
    "https://fcm.googleapis.com:443/fcm/send/1": True,
    "https://web.push.apple.com/1": True,
    "https://wns2-pn1p.notify.windows.com/w/1": True,
    "http://fcm.googleapis.com/1": False,
    "https://fcm.googleapis.com:22/1": False,
    "https://fcm.googleapis.com.evil.example/1": False,
    "https://evil.example/fcm.googleapis.com": False,
    "https://fcm.googleapis.com@evil.example/1": False,
    "https://user:pass@fcm.googleapis.com/1": False,
    "https://evilpush.apple.com/1": False,
    "https://127.0.0.1/1": False,
    "https://2130706433/1": False,
    "https://[::ffff:127.0.0.1]/1": False,
    "https://[::1/1": False,
    "https://169.254.169.254/latest/meta-data": False,
    "https://localhost:99999/1": False,
    "gopher://fcm.googleapis.com/1": False,
    "//fcm.googleapis.com/1": False,
    "": False,
}


@pytest.mark.parametrize(("endpoint", "known"), ENDPOINTS.items())
def test_only_push_services_that_are_named_are_called(endpoint: str, known: bool) -> None:
    assert is_push_service(endpoint) == known
