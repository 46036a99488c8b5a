"""The application with one guard taken out, for the controls: DRILL_FAULT names it."""

from __future__ import annotations

import inspect
import os
import time
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import patch

from baixing.wsgi import application

__all__ = ["application"]


def key_apart() -> None:
    """The key, the deed and the answer are each written for itself, not in one transaction."""
    from baixing.kernel import once

    patch.object(once, "transaction", SimpleNamespace(atomic=nullcontext)).start()


def no_wait() -> None:
    """SQLite does not wait for the disk at each commit."""
    from baixing.kernel.sqlite.base import DatabaseWrapper

    parameters = DatabaseWrapper.get_connection_params

    def hurried(self: DatabaseWrapper) -> dict[str, object]:
        found = parameters(self)
        self.init_commands.append("PRAGMA synchronous=NORMAL")
        return found

    patch.object(DatabaseWrapper, "get_connection_params", hurried).start()


def no_words() -> None:
    """A database that does not answer is a fault like any other."""
    from baixing.kernel import http
    from baixing.look import views

    for module in (http, views):
        patch.object(module, "is_unavailable", lambda _error: False).start()


def look_first() -> None:
    """Each looks for a free seat and then sits down, every statement for itself."""
    from baixing.schedule import actions
    from baixing.schedule.actions import seats, signing_up
    from baixing.schedule.models import Role, Signup

    def look(role: Role, heads: int) -> bool:
        free = Signup.objects.seated().filter(role=role).count() + heads <= role.seats
        time.sleep(0.1)  # the others look meanwhile
        return free

    key_apart()
    patch.object(seats, "take_or_wait", look).start()
    patch.object(signing_up, "sign_up", inspect.unwrap(signing_up.sign_up)).start()
    patch.object(actions, "sign_up_all", inspect.unwrap(signing_up.sign_up_all)).start()


def twice_up() -> None:
    """A clock that neither looks whether an order climbed, nor whether somebody has moved it."""
    from tests.orders.machine.faults import escalates_again, without_compare_and_set

    for fault in (escalates_again(), without_compare_and_set()):
        fault.__enter__()


def none() -> None:
    """The fault is planted somewhere else."""


FAULTS = {each.__name__: each for each in (key_apart, look_first, no_wait, no_words, twice_up, none)}
FAULTS[os.environ["DRILL_FAULT"]]()
