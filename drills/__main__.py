"""One drill on one database, in a new installation. The outcome is JSON, progress goes to standard error."""

from __future__ import annotations

import argparse
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

from drills import rows
from drills.house import House

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


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # and so end what was started
    said = _said(arguments)
    with tempfile.TemporaryDirectory(prefix="baixing-drill-") as folder, ExitStack() as ending:
        outcome = _run(said, Path(folder), ending)
    text = json.dumps(asdict(outcome), ensure_ascii=False)
    if said.to:
        said.to.write_text(text)
    else:
        sys.stdout.write(f"{text}\n")
    return 0 if outcome.kept and outcome.caught else 1


def _said(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m drills", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("database", choices=["SQLite", "PostgreSQL"])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--to", type=Path, help="a file for the outcome, otherwise standard output")
    parser.add_argument("--moulds", type=Path, help="a folder that keeps a migrated database for the next drill")
    return parser.parse_args(arguments)


def _run(said: argparse.Namespace, folder: Path, ending: ExitStack) -> Outcome:
    data = folder / "data"
    (data / "static").mkdir(parents=True)
    data.chmod(0o700)
    os.environ |= {**KEYS, "DATA": str(data)}
    os.environ.pop("DATABASE_URL", None)
    server = rows.prepare(said.database, folder, said.moulds, ending)
    drill = import_module(f"drills.{said.name}")  # only now: it may import the apps
    outcome: Outcome = drill.run(House(folder=data, database=said.database, postgres=server, short=said.short))
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
