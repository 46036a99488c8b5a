"""A new installation, migrated and empty: its folder, its database, its commands, its server."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from drills.engine import Postgres

GRANIAN = ("--interface", "wsgi", "--blocking-threads", "4", "--log-level", "error", "--host", "127.0.0.1")
RESPAWN = ("--respawn-failed-workers", "--respawn-interval", "0.5")
START = 120  # seconds that a server may take until it answers


@dataclass(frozen=True)
class House:
    folder: Path  # DATA
    database: str  # "SQLite" or "PostgreSQL"
    postgres: Postgres | None
    short: bool  # a few seconds instead of a few minutes

    def say(self, words: str) -> None:
        sys.stderr.write(f"  {words}\n")
        sys.stderr.flush()

    def command(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`baixing …` in a process of its own; it may fail."""
        run = [sys.executable, "-m", "django", *words]
        return subprocess.run(run, env=_with(environment), capture_output=True, text=True, check=False)

    @contextmanager
    def serving(
        self,
        application: str = "baixing.wsgi:application",
        before: tuple[str, ...] = (),
        workers: int = 1,
        **environment: str,
    ) -> Iterator[Server]:
        server = Server(application, before, environment, workers)
        server.start()
        try:
            yield server
        finally:
            server.kill()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # by names in small letters
    page: str


class Server:
    """The real server at an address of its own; with a fault planted, or started by another program, if told."""

    def __init__(
        self, application: str, before: tuple[str, ...], environment: Mapping[str, str], workers: int = 1
    ) -> None:
        self.port = free_port()
        self.application, self.before, self.environment, self.workers = application, before, environment, workers
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """How many seconds it took until it answered."""
        began = time.monotonic()
        many = ("--workers", str(self.workers), *RESPAWN) if self.workers > 1 else ()
        run = [sys.executable, "-m", "granian", *GRANIAN, *many, "--port", str(self.port), self.application]
        self.process = subprocess.Popen(
            [*self.before, *run],
            env=_with(self.environment),
            start_new_session=True,
            stdout=subprocess.DEVNULL,  # where it tells of a killed worker; the outcome goes there
            stderr=subprocess.DEVNULL,
        )
        while time.monotonic() - began < START:
            if self.answers():
                return time.monotonic() - began
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        message = "the server did not start"
        raise RuntimeError(message)

    def let_go(self) -> None:
        """End the program that it was started by, which then writes down all it has seen; the server goes on."""
        assert self.process is not None
        self.process.terminate()
        self.process.wait(20)

    def kill(self) -> None:
        """With SIGKILL, all its processes at once."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def kill_worker(self) -> None:
        """The one that has served longest, with SIGKILL; the server starts another in its place."""
        assert self.process is not None
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        os.kill(int(workers[0]), signal.SIGKILL)

    def answers(self) -> bool:
        try:
            self.ask("GET", "/static/none", patience=2)
        except (OSError, http.client.HTTPException):
            return False
        return True

    def ask(self, verb: str, address: str, body: str = "", cookies: str = "", patience: float = 20) -> Answer:
        return through(self.port)(verb, address, body, cookies, patience)


def through(port: int) -> Callable[..., Answer]:
    """How to ask at this port of the machine: each question on a connection of its own, its answer read to the end."""

    def ask(verb: str, address: str, body: str = "", cookies: str = "", patience: float = 20) -> Answer:
        door = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        said = {"Connection": "close", "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            door.request(verb, address, body or None, said)
            got = door.getresponse()
            return Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read().decode())
        finally:
            door.close()

    return ask


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
    return port


def _with(environment: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, **environment}
