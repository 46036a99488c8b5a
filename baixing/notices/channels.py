"""The ways out: what a provider of text messages or mail must do, and those that we bring.

A city names its own in SMS_PROVIDER and MAIL_PROVIDER: the dotted path of a class without arguments.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string

from baixing.kernel.seal import blind
from baixing.notices.models import Channel, DemoMessage

PATIENCE = 10  # seconds
NEVER = {400, 404, 410, 413, 422}  # answers that will be the same next time


@dataclass(frozen=True)
class Message:
    """One message to one address. The key stays the same when it is tried again."""

    to: str
    subject: str
    text: str
    key: str
    at: datetime


class Undeliverable(Exception):
    """The provider will never take this message. Any other exception means: try again later."""


class Provider(Protocol):
    """Sends or raises, within seconds; returns the provider's own name of the message, or "".

    The same key twice must reach the person once, where the provider can do so.
    """

    def send(self, message: Message) -> str: ...


class Console:
    """Demo: nothing leaves this machine. Shows that a message would go, and keeps it to be read."""

    def __init__(self) -> None:
        if not settings.DEMO:
            raise ImproperlyConfigured("The console provider is for demos only.")

    def send(self, message: Message) -> str:
        show_in_demo(message)
        sys.stdout.write(f"message to …{message.to[-2:]}: {len(message.text)} letters\n")
        return message.key


class DjangoMail:
    """Mail through Django's EMAIL_* settings."""

    def send(self, message: Message) -> str:
        subject = " ".join(message.subject.split())
        line = get_connection(timeout=PATIENCE)
        mail = EmailMessage(subject, message.text, to=[message.to], connection=line, headers={"X-Key": message.key})
        mail.send()
        return message.key


class HttpSms:
    """POSTs {to, text, key} as JSON to SMS_URL, with SMS_TOKEN as bearer.

    2xx with {"ref": …} means taken; the codes of NEVER mean that it is not to be tried again.
    """

    def send(self, message: Message) -> str:
        said = json.dumps({"to": message.to, "text": message.text, "key": message.key}).encode()
        request = Request(settings.SMS_URL, said, _headers(message.key), method="POST")  # noqa: S310 - from the environment
        if request.type != "https":
            raise ImproperlyConfigured("SMS_URL must begin with https.")
        try:
            with build_opener(_NoRedirect).open(request, timeout=PATIENCE) as answer:
                return str(json.load(answer).get("ref", ""))
        except HTTPError as error:
            if error.code in NEVER:
                raise Undeliverable(f"refused with {error.code}") from None
            raise


def provider(channel: str) -> Provider | None:
    """The provider an installation has named for a channel."""
    path = settings.SMS_PROVIDER if channel == Channel.SMS else settings.MAIL_PROVIDER
    return cast("Provider", import_string(path)()) if path else None


def show_in_demo(message: Message) -> None:
    said = {"to_index": blind(message.to), "text": message.text, "at": message.at}
    DemoMessage.objects.update_or_create(key=message.key, defaults=said)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """A provider that sends us elsewhere gets nothing."""


def _headers(key: str) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {settings.SMS_TOKEN}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
    }
