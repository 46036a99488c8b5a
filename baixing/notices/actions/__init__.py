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
    Text,
    Word,
    erase_words,
    erase_words_of,
    forget,
    forget_old,
    forget_person,
    forget_texts,
    read,
    read_all,
    send_code,
    send_nothing_of,
    tell,
    tell_all,
    text_all,
)

__all__ = [
    "Delivered",
    "Text",
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
    "forget_texts",
    "keep_quiet",
    "link_wechat",
    "read",
    "read_all",
    "send_code",
    "send_nothing_of",
    "subscribe",
    "tell",
    "tell_all",
    "text_all",
    "unsubscribe",
]
