"""`baixing tick`: make all that is due by the clock happen. Safe to repeat and twice at once."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from threading import Event

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from baixing.kernel.calendar import now
from baixing.operations.actions import tick


class Command(BaseCommand):
    help = "Do what is due by the clock; with --every N, again each N seconds until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0, metavar="SECONDS")

    def handle(self, *_args: object, every: float, **_options: object) -> None:
        if not every:
            self._once()
            return
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            self._try()
            stop.wait(every)

    def _try(self) -> None:
        """A database that is away for a while does not end the clock."""
        close_old_connections()
        try:
            self._once()
        except OperationalError as error:
            self.stderr.write(f"The database did not answer, will try again: {error}")

    def _once(self) -> None:
        done = {name: count for name, count in tick(at=now()).items() if count}
        if done:
            self.stdout.write(", ".join(f"{name} {count}" for name, count in done.items()))
