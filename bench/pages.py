"""Every page that any of twelve roles can see, in both languages, looked at for everyone.

`.venv/bin/python -m bench.pages`: axe (WCAG 2.2 AA and its best practices) in light, dark and elder mode; letters,
lines and what is tapped by their computed size; no sideways scrolling at 320 px, with letters twice as large and at
30 px; a ring that can be seen, and is not covered, at every stop of the Tab key. It is the test of the usual run, at
all pages.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools import browser

TEST = "tests/access/test_pages.py"


def main() -> int:
    environment = {**os.environ, **browser.environment(), "EVERY_PAGE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", TEST]
    return subprocess.call(command, env=environment)


if __name__ == "__main__":
    sys.exit(main())
