"""Settings that say whose they are, and take a minute to load."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

Path(os.environ["LOADING"], str(os.getpid())).touch()
Event().wait(60)
