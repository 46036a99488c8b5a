"""What the web server loads. What cannot serve says why in one line, and ends."""

from __future__ import annotations

import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from baixing.kernel import start


def _begin() -> WSGIHandler:
    django.setup()
    start.check()
    return get_wsgi_application()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baixing.settings")
application = start.or_say_why(_begin)
