"""A drill in its short form, on the database that the tests run on, in processes and rows of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent


def short(name: str) -> dict[str, Any]:
    """Its outcome. Fails with what it said when it breaks off."""
    database = "SQLite" if "sqlite" in settings.DATABASES["default"]["ENGINE"] else "PostgreSQL"
    run = [sys.executable, "-m", "drills", name, database, "--short"]
    done = subprocess.run(run, cwd=ROOT, env=_plain(), capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in {"DATA", "DATABASE_URL"}}
