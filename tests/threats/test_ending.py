"""A server ends when it is told to, whatever its workers are about."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.threats.server import PATIENCE, ROOT, WORKERS

ENDING = 20  # seconds, on a busy machine: by far not the minute that they go on loading


def test_a_server_ends_while_its_workers_still_load(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS)]
    where = ["--log-level", "critical", "--host", "127.0.0.1", "--port", "0", "baixing.wsgi:application"]
    handed = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.threats.loading", "LOADING": str(tmp_path)}
    server = subprocess.Popen([*command, *where], cwd=ROOT, env=handed, start_new_session=True)
    try:
        _until_all_load(tmp_path, server)
        server.send_signal(signal.SIGTERM)
        assert server.wait(ENDING) == 0
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
    assert not any(Path("/proc", one.name).exists() for one in tmp_path.iterdir())


def _until_all_load(folder: Path, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        if len(list(folder.iterdir())) == WORKERS:
            return
        time.sleep(0.05)
    raise TimeoutError
