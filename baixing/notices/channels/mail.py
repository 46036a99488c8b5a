"""E-mail through a city's own mail server."""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from baixing.kernel.seal import blind
from baixing.notices.channels import web
from baixing.notices.channels.base import Fate, Message, Outcome, later, taken, unknown

AN_ANSWER, FOR_GOOD = 400, 500  # a refusal for now, and one that will be the same next time


class DjangoMail:
    """Mail through Django's EMAIL_* settings. The key is its Message-ID, by which a mailbox knows a repeated one."""

    def send(self, message: Message) -> Outcome:
        line = get_connection(timeout=web.PATIENCE)
        try:
            line.open()
        except (OSError, smtplib.SMTPException) as error:
            return later(type(error).__name__)
        try:
            with _watched(line):
                _mail(message, line).send()
        except smtplib.SMTPRecipientsRefused as error:
            return _refused(Fate.GONE, max(code for code, _ in error.recipients.values()))
        except smtplib.SMTPResponseException as error:
            return _refused(Fate.NEVER, error.smtp_code)
        except (OSError, smtplib.SMTPException) as error:
            return unknown(type(error).__name__)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                line.close()
        return taken(message.key)


def _mail(message: Message, line: BaseEmailBackend) -> EmailMessage:
    subject = " ".join(message.subject.split())
    named = {"X-Key": message.key, "Message-ID": _name(message.key)}
    return EmailMessage(subject, message.text, to=[message.to], connection=line, headers=named)


def _refused(for_good: Fate, code: int) -> Outcome:
    if code >= FOR_GOOD:
        return Outcome(for_good, why=f"answered {code}")
    return later(f"answered {code}") if code >= AN_ANSWER else unknown("no answer of a mail server")


def _name(key: str) -> str:
    """Always the same for a key, and another in every installation."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{blind(f'mail:{key}')[:32]}@{host}>"


@contextmanager
def _watched(line: BaseEmailBackend) -> Iterator[None]:
    """Cuts the line when the whole takes too long, however slowly the server drips."""
    watch = Timer(web.PATIENCE, _cut, [line])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _cut(line: BaseEmailBackend) -> None:
    with suppress(OSError, AttributeError):
        socket.socket.shutdown(line.connection.sock, socket.SHUT_RDWR)  # type: ignore[attr-defined]  # SMTP's has one
