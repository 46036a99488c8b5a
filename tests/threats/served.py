"""The settings of a real server on a database that is handed to it, and the guard that a control takes away."""

from __future__ import annotations

import os

from tests.settings import *  # noqa: F403 - all of them

if "SERVED" in os.environ:
    DATABASES["default"]["NAME"] = os.environ["SERVED"]  # noqa: F405 - of the settings above
