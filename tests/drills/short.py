"""A drill in its short form, on the database that the tests run on, in processes and rows of its own."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent


def short(name: str, database: str = "") -> dict[str, Any]:
    """Its outcome. Fails with what it said when it breaks off."""
    database = database or ("SQLite" if "sqlite" in settings.DATABASES["default"]["ENGINE"] else "PostgreSQL")
    run = [sys.executable, "-m", "drills", name, database, "--short", "--moulds", _moulds()]
    done = subprocess.run(run, cwd=ROOT, env=_plain(), capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


@cache
def _moulds() -> str:
    """A migrated database, made by the first drill of this process for all of them."""
    folder = tempfile.mkdtemp(prefix="baixing-moulds-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in {"DATA", "DATABASE_URL"}}
