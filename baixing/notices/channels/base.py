"""What every way out has in common: a message, what a provider makes of it, and what a provider must do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """One message to one address. The key stays the same when it is tried again.

    `to` is a telephone number, an e-mail address, an openid of WeChat, or the JSON of a browser's subscription.
    `link` is a path of ours. `hush` are the hours ("22:00", "07:00") in which it makes no sound; empty when it may.
    """

    to: str
    subject: str
    text: str
    key: str
    at: datetime
    kind: str = ""
    link: str = ""
    urgent: bool = False
    expires: datetime | None = None
    hush: tuple[str, str] | tuple[()] = ()


class Fate(Enum):
    """What became of a message that was handed over."""

    TAKEN = "the provider has it"
    NEVER = "the provider will never take this message"
    GONE = "nothing that is sent to this address arrives"
    LATER = "the provider surely does not have it; try again"
    UNKNOWN = "the answer was lost; try again with the same key"


@dataclass(frozen=True)
class Outcome:
    """`ref` is the provider's own name of a message that it took, `why` a word for whoever looks after the system.

    `rest` is how long the provider asked to be left alone.
    """

    fate: Fate
    ref: str = ""
    why: str = ""
    rest: timedelta | None = None


class Provider(Protocol):
    """Hands a message over within `PATIENCE` seconds and says what became of it.

    What it raises counts as UNKNOWN. The same key twice must reach the person once, where the provider can do so.
    """

    def send(self, message: Message) -> Outcome: ...


def taken(ref: object = "") -> Outcome:
    return Outcome(Fate.TAKEN, ref=str(ref))


def later(why: object, rest: timedelta | None = None) -> Outcome:
    return Outcome(Fate.LATER, why=str(why), rest=rest)


def unknown(why: object) -> Outcome:
    return Outcome(Fate.UNKNOWN, why=str(why))
