"""The verbs of notices."""

from __future__ import annotations

from baixing.notices.actions.choosing import choose, keep_quiet, link_wechat, subscribe, unsubscribe
from baixing.notices.actions.deliver import Delivered, deliver, deliver_channel
from baixing.notices.actions.telling import (
    erase_words,
    forget,
    forget_person,
    read,
    read_all,
    send_code,
    send_nothing_of,
    tell,
)

__all__ = [
    "Delivered",
    "choose",
    "deliver",
    "deliver_channel",
    "erase_words",
    "forget",
    "forget_person",
    "keep_quiet",
    "link_wechat",
    "read",
    "read_all",
    "send_code",
    "send_nothing_of",
    "subscribe",
    "tell",
    "unsubscribe",
]
