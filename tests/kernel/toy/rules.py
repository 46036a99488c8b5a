from __future__ import annotations

from baixing.kernel.life import Life, Move
from tests.kernel.toy.models import Lamp

WORN_OUT = "the bulb is worn out"
LAST = 3


def owner(person: str, lamp: Lamp) -> bool:
    return person == lamp.owner


def anybody(_person: str, _lamp: Lamp) -> bool:
    return True


def not_worn_out(lamp: Lamp) -> str:
    return WORN_OUT if lamp.lit >= LAST else ""


LIFE: Life[str, Lamp] = Life(
    Move("light", frozenset({"off"}), "on", owner, guard=not_worn_out),
    Move("dim", frozenset({"on"}), None, owner),
    Move("drop", frozenset({"off", "on"}), "broken", anybody),
    Move("put_out", frozenset({"on"}), "off", owner, by_clock=True),
    Move("mend", frozenset({"broken"}), "off", owner),
    Move("mend", frozenset({"broken"}), "on", owner),
)
