"""The verbs of notices."""

from __future__ import annotations

from baixing.notices.actions.choosing import (
    choose,
    forget_browser,
    forget_browsers,
    keep_quiet,
    link_wechat,
    subscribe,
    unsubscribe,
)
from baixing.notices.actions.deliver import Delivered, deliver, deliver_channel
from baixing.notices.actions.telling import (
    Word,
    erase_words,
    erase_words_of,
    forget,
    forget_old,
    forget_person,
    read,
    read_all,
    send_code,
    send_nothing_of,
    tell,
    tell_all,
)

__all__ = [
    "Delivered",
    "Word",
    "choose",
    "deliver",
    "deliver_channel",
    "erase_words",
    "erase_words_of",
    "forget",
    "forget_browser",
    "forget_browsers",
    "forget_old",
    "forget_person",
    "keep_quiet",
    "link_wechat",
    "read",
    "read_all",
    "send_code",
    "send_nothing_of",
    "subscribe",
    "tell",
    "tell_all",
    "unsubscribe",
]
