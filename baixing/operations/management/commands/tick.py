"""`baixing tick`: all that is due by the clock, and lists that wait. Safe to repeat and twice at once."""

from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from threading import Event

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections

from baixing.dispatching.actions.making import warm_up
from baixing.dispatching.actions.making import work as make_plans
from baixing.dispatching.actions.reckoning import work as reckon_what_ifs
from baixing.exchange.actions import work as write_lists
from baixing.kernel.calendar import now
from baixing.operations.actions import tick

LOOK_AGAIN = 1.0  # seconds; somebody sits before a page and waits


def work(clock: Callable[[], datetime]) -> bool:
    """Plans first: somebody waits for each, and it takes a second; what may take longer comes after them.

    A plan that is asked for while a what-if is reckoned waits for one step of it at most.
    """
    return make_plans(clock) or write_lists(clock) or reckon_what_ifs(clock, lambda: _every_plan(clock))


def _every_plan(clock: Callable[[], datetime]) -> None:
    while make_plans(clock):
        pass


class Command(BaseCommand):
    help = "Do what is due by the clock; with --every N, again each N seconds until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0, metavar="SECONDS")

    def handle(self, *_args: object, every: float, **_options: object) -> None:
        if not every:
            faults = self._once()
            while work(now):
                pass
            if faults:
                message = f"{faults} deeds broke off; the log says which."
                raise CommandError(message)
            return
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        warm_up(now())
        while not stop.is_set():
            self._try(self._once)
            self._work(stop, time.monotonic() + every)

    def _work(self, stop: Event, until: float) -> None:
        """Until the clock is to be looked at again, see to the lists that people bring in as they come."""
        while not stop.is_set() and (left := until - time.monotonic()) > 0:
            if not self._try(lambda: work(now)):
                stop.wait(min(LOOK_AGAIN, left))

    def _try(self, deed: Callable[[], object]) -> bool:
        """A database that is away for a while does not end the clock."""
        close_old_connections()
        try:
            return bool(deed())
        except OperationalError as error:
            self.stderr.write(f"The database did not answer, will try again: {error}")
            return False

    def _once(self) -> int:
        """How many deeds broke off."""
        done = {name: count for name, count in tick(at=now()).items() if count}
        if done:
            self.stdout.write(", ".join(f"{name} {count}" for name, count in done.items()))
        return done.get("faults", 0)
