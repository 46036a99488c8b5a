"""The application with one guard taken out, for the controls: DRILL_FAULT names it."""

from __future__ import annotations

import os
from contextlib import nullcontext
from types import SimpleNamespace
from unittest.mock import patch

from baixing.wsgi import application

__all__ = ["application"]


def key_apart() -> None:
    """The key, the deed and the answer are each written for itself, not in one transaction."""
    from baixing.kernel import once

    patch.object(once, "transaction", SimpleNamespace(atomic=nullcontext)).start()


FAULTS = {"key_apart": key_apart}
FAULTS[os.environ["DRILL_FAULT"]]()
