"""All checks that need no running system, two at a time: the answer of each that fails, and one line for each."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

HOUSE_RULES = ("tests/test_architecture.py", "tests/test_translations.py")
CHECKS = {
    "types": "mypy",
    "style": "ruff check --quiet",
    "format": "ruff format --check --quiet",
    "floors": "lint-imports --no-logo",
    "templates": "djangofmt --check --quiet baixing",
    "markup": "djangofmt check baixing",
    "dependencies": "deptry . --no-ansi",
    "migrations": "baixing makemigrations --check --dry-run --settings tests.settings",
    "house rules": f"python -m pytest -q -p no:cacheprovider {' '.join(HOUSE_RULES)}",
}


def main() -> int:
    with ThreadPoolExecutor(2) as pool:
        return 0 if all(list(pool.map(_holds, CHECKS))) else 1


def _holds(name: str) -> bool:
    start = time.monotonic()
    done = subprocess.run(CHECKS[name].split(), capture_output=True, text=True, check=False)
    holds = done.returncode == 0
    said = "" if holds else done.stdout + done.stderr
    print(f"{said}{'ok  ' if holds else 'FAIL'} {name}, {time.monotonic() - start:.1f} s", flush=True)
    return holds


if __name__ == "__main__":
    sys.exit(main())
