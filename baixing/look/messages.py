"""What a page says once, after a deed: signed, in the browser's own keeping, so that saying it writes no row."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class Cookie(CookieStorage):
    cookie_name = settings.MESSAGES_COOKIE_NAME
