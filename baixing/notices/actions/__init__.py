"""The verbs of notices."""

from __future__ import annotations

from baixing.notices.actions.deliver import Delivered, deliver
from baixing.notices.actions.telling import (
    Word,
    choose,
    erase_words,
    forget,
    forget_person,
    keep_quiet,
    read,
    read_all,
    send_code,
    tell,
    tell_all,
)

__all__ = [
    "Delivered",
    "Word",
    "choose",
    "deliver",
    "erase_words",
    "forget",
    "forget_person",
    "keep_quiet",
    "read",
    "read_all",
    "send_code",
    "tell",
    "tell_all",
]
