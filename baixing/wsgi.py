"""What the web server loads. What cannot serve says why in one line, and ends."""

from __future__ import annotations

import gc
import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from baixing.kernel import start


def _begin() -> WSGIHandler:
    gc.disable()  # what is loaded now stays: there is nothing to collect
    django.setup()
    start.check()
    loaded = get_wsgi_application()
    gc.freeze()  # nor later: no collection goes through it again
    gc.enable()
    return loaded


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baixing.settings")
application = start.or_say_why(_begin)
