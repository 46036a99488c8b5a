"""Languages and dialects: what a team says of itself, what a resident asks for, what a session is held in."""

from __future__ import annotations

from typing import Final

SPEECH: Final = ("普通话", "白银话", "兰银官话", "陇中方言", "回族汉语", "藏语", "手语")


def is_speech(said: str) -> bool:
    """One of these, or nothing: any will do."""
    return said in {"", *SPEECH}
