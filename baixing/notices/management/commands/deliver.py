from __future__ import annotations

import signal
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from baixing.kernel.calendar import now
from baixing.notices import actions

PAUSE = 2  # seconds


class Command(BaseCommand):
    help = "Send the messages that wait. With --forever, go on until told to stop."
    going = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="look for messages every two seconds")

    def handle(self, *_: object, forever: bool, **__: object) -> None:
        if not forever:
            self._report(actions.deliver(now()))
            return
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, self._stop)
        while self.going:
            self._pass()
            time.sleep(PAUSE)

    def _stop(self, *_: object) -> None:
        """After this pass: a message in hand is sent and marked. Takes no lock, as a signal must not."""
        self.going = False

    def _pass(self) -> None:
        """A database that is away for a while does not end the loop."""
        close_old_connections()
        try:
            done = actions.deliver(now())
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"the database cannot be reached: {type(error).__name__}")
        else:
            if done != actions.Delivered():
                self._report(done)

    def _report(self, done: actions.Delivered) -> None:
        self.stdout.write(f"sent {done.sent}, failed {done.failed}, dropped {done.dropped}")
