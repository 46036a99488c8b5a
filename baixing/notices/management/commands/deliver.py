from __future__ import annotations

import signal
import time
from argparse import ArgumentParser
from threading import Thread

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from baixing.kernel.calendar import now
from baixing.notices import actions
from baixing.notices.channels import SETTINGS, provider
from baixing.notices.models import Channel

PAUSE = 2.0  # seconds between two looks
WATCH = 0.1  # seconds between two looks at whether to stop
FAREWELL = 7.0  # seconds that a message in hand has to be sent and marked when asked to stop


class Command(BaseCommand):
    help = "Send the messages that wait. With --forever, go on until told to stop."
    going = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="look for messages every two seconds")

    def handle(self, *_: object, forever: bool, **__: object) -> None:
        self._check()
        if not forever:
            self._report(actions.deliver(now()))
            return
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, self._stop)
        self._forever([Thread(target=self._loop, args=(channel,), name=channel, daemon=True) for channel in Channel])

    def _check(self) -> None:
        """A provider that cannot be used is said before anything is sent, not found out by waiting people."""
        for channel, name in SETTINGS.items():
            try:
                provider(channel)
            except Exception as error:
                raise CommandError(f"{name} cannot be used: {error}") from error

    def _forever(self, loops: list[Thread]) -> None:
        """Each channel has a loop of its own, so that a provider that hangs holds up no other."""
        for loop in loops:
            loop.start()
        while self.going and all(loop.is_alive() for loop in loops):
            time.sleep(WATCH)
        broken = [loop.name for loop in loops if not loop.is_alive()] if self.going else []
        self.going = False
        end = time.monotonic() + FAREWELL
        for loop in loops:
            loop.join(max(0.0, end - time.monotonic()))
        if broken:
            raise CommandError(f"the loop of {', '.join(broken)} has ended")

    def _stop(self, *_: object) -> None:
        """After the message in hand. Takes no lock, as a signal must not."""
        self.going = False

    def _loop(self, channel: str) -> None:
        try:
            while self.going:
                self._pass(channel)
                self._rest()
        finally:
            connection.close()

    def _pass(self, channel: str) -> None:
        """A database that is away for a while does not end the loop."""
        close_old_connections()
        try:
            done = actions.deliver_channel(channel, now(), going=lambda: self.going)
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"the database cannot be reached: {type(error).__name__}")
        else:
            if done != actions.Delivered():
                self._report(done, f"{channel}: ")

    def _rest(self) -> None:
        end = time.monotonic() + PAUSE
        while self.going and time.monotonic() < end:
            time.sleep(min(WATCH, PAUSE))

    def _report(self, done: actions.Delivered, of: str = "") -> None:
        self.stdout.write(f"{of}sent {done.sent}, failed {done.failed}, dropped {done.dropped}")
