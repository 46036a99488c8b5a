"""A provider outside of the system, which a test can break."""

from __future__ import annotations

from typing import ClassVar

from baixing.notices.channels import Message, Undeliverable


class FakeProvider:
    """Takes messages, or is away, or will not take those to one address."""

    taken: ClassVar[list[Message]] = []
    away: ClassVar[bool] = False
    never_to: ClassVar[str] = ""

    def send(self, message: Message) -> str:
        if self.away:
            raise TimeoutError
        if message.to == self.never_to:
            raise Undeliverable("no such number")
        self.taken.append(message)
        return f"ref-{message.key}"
