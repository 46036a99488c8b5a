"""How the worker takes up what waits to be made, one at a time, and what it does when that breaks off."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils.translation import gettext_noop

from baixing.dispatching.models.job import ASKED, Job, JobQuerySet
from baixing.kernel.refusals import Overtaken

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
One = TypeVar("One", bound=Job)
LEASE: Final = timedelta(seconds=120)
TRIES: Final = 3
SOON: Final = timedelta(seconds=5)
AGAIN = gettext_noop("It broke off and is tried again in a few seconds.")
AWAY = gettext_noop("The database did not answer. It is tried again in a few seconds.")
BROKEN = gettext_noop("Something went wrong on our side. Please tell the centre, and dispatch by hand meanwhile.")


def taken_up(jobs: JobQuerySet[One], at: datetime, lease: timedelta = LEASE) -> One | None:
    """The one that has waited longest, if nobody else takes it up at this moment."""
    job = jobs.idle(at).order_by("at", "pk").first()
    if job is None:
        return None
    ours = type(job)._base_manager.filter(pk=job.pk, version=job.version, busy_until=job.busy_until)
    if not ours.update(busy_until=at + lease, tries=F("tries") + 1):
        return None
    job.refresh_from_db(fields=["tries", "busy_until"])
    return job


def attempted(
    job: One, make: Callable[[One, datetime], None], fail: Callable[[One, datetime], None], clock: Clock
) -> bool:
    """Whether it was made. What breaks off is tried again a little later, and left after some tries."""
    if job.tries > TRIES:  # whoever took it up before was killed over it
        _break_off(job, fail, clock())
        return False
    try:
        make(job, clock())
    except (OperationalError, InterfaceError):
        with suppress(OperationalError, InterfaceError):  # where it is still away, the lease runs out
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            _break_off(job, fail, clock(), AWAY)
        raise
    except Overtaken:  # somebody else has made it meanwhile
        return False
    except Exception as error:  # noqa: BLE001 - whatever it was, it must not stop what others wait for
        where = traceback.extract_tb(error.__traceback__)[-1]  # and never what it says: a database names values
        said = (job, type(error).__name__, where.filename, where.lineno)
        log.error("%s broke off: %s at %s:%s", *said)  # noqa: TRY400 - as just said
        _break_off(job, fail, clock())
        return False
    return True


def _break_off(job: One, fail: Callable[[One, datetime], None], at: datetime, why: str = AGAIN) -> None:
    """Given back at once, with a sentence for whoever waits; after some tries it is left."""
    if job.tries < TRIES:
        waits = type(job)._base_manager.filter(pk=job.pk, state=ASKED)
        waits.update(busy_until=at + SOON, why=why)
        return
    job.refresh_from_db()
    if job.being_made:
        fail(job, at)
