"""`baixing seed`: the demo city. Making it again changes nothing."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from baixing.demo.actions import NotHere, seed
from baixing.demo.actions.years import CITY
from baixing.demo.management.progress import Progress, language
from baixing.demo.rules import Size
from baixing.kernel.calendar import now


class Command(BaseCommand):
    help = "Make the demo city, once. Refused outside a demo, and where a real city stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        words = "city: 68,000 sessions of two years, two million sign-ups, 170,000 residents; some minutes, some 4 GB"
        parser.add_argument("--size", choices=Size.values, default=Size.SMALL, help=words)

    def handle(self, *_args: object, size: str, **_options: object) -> None:
        if not settings.DEMO:
            self._stop("Demo accounts exist in a demo only: set BAIXING_DEMO=1.")
        progress = Progress(Size(size), sys.stderr)
        gc.freeze()  # the collector would look through all that is loaded, again and again
        gc.set_threshold(100_000, 50, 50)
        try:
            made = seed(at=now(), tell=progress, size=CITY if size == Size.CITY else None)
        except NotHere as fault:
            self._stop(str(fault))
        except KeyboardInterrupt:
            progress.end()
            with translation.override(language()):
                self._stop(_("Interrupted: nothing of it was kept. Begin again at any time."))
        progress.end()
        with translation.override(language()):
            self.stdout.write(_("The demo city is ready.") if made else _("The demo city is there already."))

    def _stop(self, words: str) -> None:
        self.stderr.write(words)
        sys.exit(1)
