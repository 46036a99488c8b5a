"""Run web, worker and clock together. When one ends, or on one Ctrl-C, all end."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event

HOST, PORT = "127.0.0.1", int(os.environ["PORT"])
ACCOUNTS = Path(os.environ["DATA"]) / "demo-accounts.txt"
PARTS = {
    "web": f"granian --interface wsgi --blocking-threads 4 --log-level warning --host {HOST} --port {PORT}"
    " baixing.wsgi:application",
    "worker": "baixing deliver --forever",
    "clock": "baixing tick --every 30",
}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 8  # seconds a part has to end by itself


def main() -> int:
    if _answers():
        print(f"Port {PORT} is taken. Another one: PORT={PORT + 1} ./run")
        return 1
    stopped = Event()  # set, not raised: a part whose start it would break off could not be ended
    for number in ENDINGS:
        signal.signal(number, lambda *_: stopped.set())
    parts: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in PARTS.items():
            # a session of its own: Ctrl-C reaches this process only, which then ends each part with its children
            parts[name] = subprocess.Popen(shlex.split(command), start_new_session=True)
        return _watch(parts, stopped)
    finally:
        _end(list(parts.values()))


def _watch(parts: dict[str, subprocess.Popen[bytes]], stopped: Event) -> int:
    greeted = False
    while not stopped.wait(0.5 if greeted else 0.05):
        for name, part in parts.items():
            if (code := part.poll()) is not None:
                print(f"The {name} ended ({code}); stopping the others.")
                return code or 1
        if not greeted and _answers():
            greeted = True
            _greet()
    return 0


def _greet() -> None:
    if ACCOUNTS.exists():
        print(ACCOUNTS.read_text())
    print(f"百姓之家 baixing: http://{HOST}:{PORT}/    (Ctrl-C ends it)", flush=True)


def _end(parts: list[subprocess.Popen[bytes]]) -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)
    for part in parts:
        _signal(part, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    for part in parts:
        with suppress(subprocess.TimeoutExpired):
            part.wait(max(0, end - time.monotonic()))
        _signal(part, signal.SIGKILL)  # whatever it may have left behind
        part.wait()


def _signal(part: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(part.pid, number)


def _answers() -> bool:
    with socket.socket() as door:
        door.settimeout(0.2)
        return door.connect_ex((HOST, PORT)) == 0


if __name__ == "__main__":
    sys.exit(main())
