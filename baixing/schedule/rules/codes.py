"""The code on the leader's screen. It changes every half minute, and counts for one session and one direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.seal import blind

IN, OUT = "in", "out"
DIRECTIONS: Final = (IN, OUT)
STEP: Final = 30  # seconds
EARLIER: Final = 40  # steps of which we still say that the number was right
CODE: Final = re.compile(r"([0-9a-f]{1,15})-(in|out)-([0-9a-f]{1,10})-([0-9a-f]{24})")
NUMBER: Final = re.compile(r"\d{6}")


@dataclass(frozen=True)
class Presence:
    """That somebody stood before the screen: the code it showed, and when we saw it."""

    code: str
    seen_at: datetime


def code_of(session: int, direction: str, at: datetime) -> str:
    """What the QR holds at this moment."""
    return _code(session, direction, _step(at))


def number_of(session: int, direction: str, at: datetime) -> str:
    """What is read out to a phone without a camera."""
    return _number(session, direction, _step(at))


def seconds_left(at: datetime) -> int:
    """Until the screen shows the next one."""
    return STEP - int(at.timestamp()) % STEP


def behind_number(number: str, session: int, at: datetime) -> str:
    """The code beside which this number stands or has just stood; empty when there is none."""
    for direction, step in _lately(at):
        if compare_digest(_number(session, direction, step), number):
            return _code(session, direction, step)
    return ""


def is_fresh(code: str, session: int, at: datetime) -> bool:
    return any(not fault(code, session, direction, at) for direction in DIRECTIONS)


def fault(code: str, session: int, direction: str, at: datetime) -> str:
    """Why this code does not count, in words; empty when it does. The one before counts too: phones are slow."""
    found = CODE.fullmatch(code)
    if found is None or not compare_digest(_code(int(found[1], 16), found[2], int(found[3], 16)), code):
        return _("This is no code of ours. Hold the phone to the screen at the door.")
    of, way, step = int(found[1], 16), found[2], int(found[3], 16)
    if of != session:
        return _("This code belongs to something else that is held. Hold the phone to the screen at this door.")
    if way != direction:
        return _direction_words(direction)
    return "" if 0 <= _step(at) - step <= 1 else _age_words(step, at)


def direction_of(code: str) -> str:
    """The direction that a code names; in, when it names none."""
    found = CODE.fullmatch(code)
    return found[2] if found else IN


def _direction_words(direction: str) -> str:
    if direction == OUT:
        return _("This code is for arriving. Ask the leader for the one for leaving.")
    return _("This code is for leaving. Ask the leader for the one for arriving.")


def _age_words(step: int, at: datetime) -> str:
    if datetime.fromtimestamp(step * STEP, LOCAL).date() != at.astimezone(LOCAL).date():
        return _("This code is of another day. Hold the phone to the screen at the door.")
    return _("This code is from earlier. Hold the phone to the screen again.")


def _lately(at: datetime) -> Iterator[tuple[str, int]]:
    return ((direction, _step(at) - ago) for ago in range(EARLIER) for direction in DIRECTIONS)


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(session: int, direction: str, step: int) -> str:
    return f"{session:x}-{direction}-{step:x}-{blind(f'door:{session}:{direction}:{step}')[:24]}"


def _number(session: int, direction: str, step: int) -> str:
    return f"{int(blind(f'number:{session}:{direction}:{step}')[:12], 16) % 10**6:06}"
