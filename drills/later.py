"""A `baixing` command at another time: `python -m drills.later 2026-03-05T09:00+08:00 tick`.

It says "ready", and begins when it gets a line: so several can begin at the same moment. DRILL_FAULT plants a fault.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from importlib import import_module

import time_machine


def main(at: str, *words: str) -> None:
    import_module("drills.planted" if os.environ.get("DRILL_FAULT") else "baixing.wsgi")  # sets up Django
    management = import_module("django.core.management")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    with time_machine.travel(datetime.fromisoformat(at), tick=False):
        management.call_command(*words)


def together(at: datetime, *words: str, times: int = 1, fault: str = "") -> list[str]:
    """What so many of them said that began at the same moment. Each must end well."""
    run = [sys.executable, "-m", "drills.later", at.isoformat(), *words]
    environment = {**os.environ, "DRILL_FAULT": fault}
    started = [
        subprocess.Popen(run, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(times)
    ]
    for each in started:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    said = []
    for each in started:
        assert each.stdin is not None
        each.stdin.write("\n")
        each.stdin.flush()
    for each in started:
        said.append(each.communicate()[0].strip())
        assert each.returncode == 0
    return said


if __name__ == "__main__":
    main(*sys.argv[1:])
