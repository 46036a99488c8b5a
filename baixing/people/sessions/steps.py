"""How far somebody has come on pages that follow each other, kept in their session."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import ClassVar, Self

from django.http import HttpRequest

SLOT = "people.door"


@dataclass(frozen=True)
class Kept:
    """How far somebody has come on pages that follow each other. Kept in the session: never a phone or a good code."""

    slot: ClassVar[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        kept = request.session.get(cls.slot)
        return cls(**kept) if kept else None

    @classmethod
    def drop(cls, request: HttpRequest) -> None:
        request.session.pop(cls.slot, None)

    def keep(self, request: HttpRequest, **changes: object) -> None:
        request.session[self.slot] = asdict(replace(self, **changes))


@dataclass(frozen=True)
class Door(Kept):
    """Of somebody who is signing in."""

    slot = SLOT

    nonce: str
    shown: str  # the phone, masked
    next: str = ""
    typed: str = ""  # what did not fit, to show it again
    chosen: int | None = None
    named: bool = False


@dataclass(frozen=True)
class Change(Kept):
    """Of somebody who changes their own number."""

    slot = "people.change"

    old: str = ""  # the nonce of the code to the old number
    new: str = ""  # the nonce of the code to the new one
    shown: str = ""  # the new number, masked
    typed: str = ""


@dataclass(frozen=True)
class Recovery(Kept):
    """Of a desk that gives somebody a new number."""

    slot = "people.recovery"

    found: list[int]
    chosen: int = 0
    paper: str = ""
    nonce: str = ""
    shown: str = ""
    typed: str = ""
