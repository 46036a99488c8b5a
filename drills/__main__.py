"""One drill on one database, in a new installation: `python -m drills NAME SQLite|PostgreSQL [--short] [FILE]`.

The outcome goes to the file as JSON, progress to standard error.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.core.management import call_command

if TYPE_CHECKING:
    from drills import Outcome

KEYS = {
    "BAIXING_DEMO": "1",  # plain http on this machine, and no provider that reaches anybody
    "DJANGO_SETTINGS_MODULE": "baixing.settings",
    "FIELD_KEYS": "ZHJpbGxzIHNlYWwgd2l0aCB0aGlzIGtleSwgeW91IGQ=",
    "INDEX_KEY": "an index key only for drills",
    "LOG_LEVEL": "CRITICAL",
    "SECRET_KEY": "a secret only for drills, of an installation that is thrown away",
    "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}


def main(name: str, database: str, *rest: str) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and so end what was started
    file = next((Path(word) for word in rest if word != "--short"), None)
    with tempfile.TemporaryDirectory(prefix="baixing-drill-") as folder, ExitStack() as ending:
        outcome = _run(name, database, Path(folder), ending, short="--short" in rest)
    text = json.dumps(asdict(outcome), ensure_ascii=False)
    if file:
        file.write_text(text)
    else:
        sys.stdout.write(f"{text}\n")
    return 0 if outcome.kept and outcome.caught else 1


def _run(name: str, database: str, folder: Path, ending: ExitStack, *, short: bool) -> Outcome:
    data = folder / "data"
    data.mkdir(mode=0o700)
    (data / "static").mkdir()
    os.environ |= {**KEYS, "DATA": str(data)}
    os.environ.pop("DATABASE_URL", None)
    engine = import_module("drills.engine")
    house = import_module("drills.house")
    server = engine.start(folder / "rows", ending) if database == "PostgreSQL" else None
    if server:
        os.environ["DATABASE_URL"] = server.url
    django.setup()
    call_command("migrate", verbosity=0)
    drill = import_module(f"drills.{name}")  # only now: it may import the apps
    outcome: Outcome = drill.run(house.House(folder=data, database=database, postgres=server, short=short))
    return outcome


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
