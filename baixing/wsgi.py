"""What the web server loads. What cannot serve says why in one line, and ends."""

from __future__ import annotations

import gc
import os
import signal
from importlib import import_module
from multiprocessing import parent_process

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from baixing.kernel import cores, start


def _begin() -> WSGIHandler:
    gc.disable()  # nearly all that is loaded now stays: one look at the end is enough
    django.setup()
    start.check()
    if not settings.ANY_CORE:
        cores.stay()
    loaded = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)  # all pages, so that the first reader does not wait for them
    gc.collect()
    gc.freeze()  # no later collection goes through it
    gc.enable()
    return loaded


def _end_when_told() -> None:
    """Until it has loaded, granian's worker has its server's handlers, and hears an end without ending."""
    if parent_process() is not None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)


_end_when_told()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baixing.settings")
application = start.or_say_why(_begin)
