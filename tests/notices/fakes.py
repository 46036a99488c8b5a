"""A provider inside the process, for tests of the queue rather than of the channels."""

from __future__ import annotations

from typing import ClassVar

from baixing.notices.channels import Fate, Message, Outcome


class FakeProvider:
    """Takes messages, or is away, or will not take those to one address."""

    taken: ClassVar[list[Message]] = []
    away: ClassVar[bool] = False
    never_to: ClassVar[str] = ""
    fate: ClassVar[Fate] = Fate.NEVER

    def send(self, message: Message) -> Outcome:
        if self.away:
            raise TimeoutError
        if message.to == self.never_to:
            return Outcome(self.fate, why="no such number")
        self.taken.append(message)
        return Outcome(Fate.TAKEN, ref=f"ref-{message.key}")
