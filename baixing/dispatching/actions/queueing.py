"""How the worker takes up what waits to be made, one at a time, and what it does when that breaks off."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db import OperationalError
from django.db.models import F
from django.utils.translation import gettext_noop

from baixing.dispatching.models.job import Job, JobQuerySet
from baixing.kernel.refusals import Overtaken

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
One = TypeVar("One", bound=Job)
LEASE: Final = timedelta(seconds=120)
TRIES: Final = 3
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
    except OperationalError:
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


def _break_off(job: One, fail: Callable[[One, datetime], None], at: datetime) -> None:
    if job.tries < TRIES:
        type(job)._base_manager.filter(pk=job.pk).update(busy_until=at + timedelta(seconds=5))
        return
    job.refresh_from_db()
    if job.being_made:
        fail(job, at)
