"""`baixing seed`: the demo city. Making it again changes nothing."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.management.base import BaseCommand

from baixing.demo.actions import seed
from baixing.kernel.calendar import now


class Command(BaseCommand):
    help = "Make the demo city, once. Refused outside a demo."

    def handle(self, *_args: object, **_options: object) -> None:
        if not settings.DEMO:
            self.stderr.write("Demo accounts exist in a demo only: set BAIXING_DEMO=1.")
            sys.exit(1)
        made = seed(at=now(), say=lambda step: self.stdout.write(f"Making the demo city: {step}"))
        self.stdout.write("The demo city is ready." if made else "The demo city is there already.")
