"""The ways out: what a provider must do, and those that we bring.

A city names its own in SMS_PROVIDER, MAIL_PROVIDER, PUSH_PROVIDER and WECHAT_PROVIDER: the dotted path of a class
without arguments. Those for push and WeChat are loaded by the worker alone.
"""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from baixing.notices.channels.base import Fate, Message, Outcome, Provider
from baixing.notices.channels.console import Console, show_in_demo
from baixing.notices.channels.mail import DjangoMail
from baixing.notices.channels.sms import HttpSms
from baixing.notices.models import Channel

__all__ = [
    "Console",
    "DjangoMail",
    "Fate",
    "HttpSms",
    "Message",
    "Outcome",
    "Provider",
    "carries",
    "is_set_up",
    "provider",
    "show_in_demo",
]

SETTINGS = {
    Channel.SMS: "SMS_PROVIDER",
    Channel.EMAIL: "MAIL_PROVIDER",
    Channel.PUSH: "PUSH_PROVIDER",
    Channel.WECHAT: "WECHAT_PROVIDER",
}


def is_set_up(channel: str) -> bool:
    """Whether this installation has named a provider for the channel."""
    return bool(getattr(settings, SETTINGS[Channel(channel)]))


def provider(channel: str) -> Provider | None:
    """The provider an installation has named for a channel."""
    path = getattr(settings, SETTINGS[Channel(channel)])
    return cast("Provider", import_string(path)()) if path else None


def carries(channel: str, kind: str) -> bool:
    """Whether the channel can say such a thing at all: WeChat fills templates only, and some kinds have none."""
    return channel != Channel.WECHAT or bool({kind, "*"} & set(settings.WECHAT_TEMPLATES))
