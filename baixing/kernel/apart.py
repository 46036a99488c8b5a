"""What the clock does, each deed apart: one that breaks off by a fault of ours stops no other."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

Done = TypeVar("Done")

log = logging.getLogger(__name__)


def apart(name: str, deed: Callable[[], Done]) -> Done | None:
    """Do it; None when it broke off, which the log tells. A database that is away is away for all, and raised.

    The log says where it broke off and by what, never what the fault says: a database names the values it refuses.
    """
    try:
        return deed()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it was, the others are to be done
        where = traceback.extract_tb(error.__traceback__)[-1]
        log.error("%s broke off: %s at %s:%s", name, type(error).__name__, where.filename, where.lineno)  # noqa: TRY400
        return None
