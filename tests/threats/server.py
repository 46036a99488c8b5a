"""A real granian of two processes, on the database of the test."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds to begin, on a busy machine
ENDING = 15  # seconds it has to end by itself
WORKERS = 2


@contextmanager
def served(application: str = "baixing.wsgi:application") -> Iterator[str]:
    """Its address. Its processes have ended when this ends."""
    port = _free_port()
    command = ["-m", "granian", "--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "4"]
    where = ["--log-level", "critical", "--host", "127.0.0.1", "--port", str(port), application]
    server = subprocess.Popen([sys.executable, *command, *where], cwd=ROOT, env=_environment(), start_new_session=True)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(ENDING)
        except subprocess.TimeoutExpired:  # a worker that was still loading may not hear it
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _environment() -> dict[str, str]:
    settings = connection.settings_dict
    handed = {"DJANGO_SETTINGS_MODULE": "tests.threats.served", "LOG_LEVEL": "CRITICAL"}
    if connection.vendor == "sqlite":
        return {**os.environ, **handed, "SERVED": str(settings["NAME"])}
    user, host = settings["USER"], quote(str(settings["HOST"]), safe="")
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return {**os.environ, **handed, "DATABASE_URL": f"postgresql://{user}@{host}{port}/{settings['NAME']}"}


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)
