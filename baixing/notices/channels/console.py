"""Demo: nothing leaves this machine."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from baixing.kernel.seal import blind
from baixing.notices.channels.base import Message, Outcome, taken
from baixing.notices.models import DemoMessage


class Console:
    """Shows that a message would go, and keeps it to be read."""

    def __init__(self) -> None:
        if not settings.DEMO:
            raise ImproperlyConfigured("The console provider is for demos only.")

    def send(self, message: Message) -> Outcome:
        show_in_demo(message)
        sys.stdout.write(f"message to …{message.to[-2:]}: {len(message.text)} letters\n")
        return taken(message.key)


def show_in_demo(message: Message) -> None:
    said = {"to_index": blind(message.to), "text": message.text, "at": message.at}
    DemoMessage.objects.update_or_create(key=message.key, defaults=said)
