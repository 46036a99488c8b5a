"""The line between a browser and the server: it can be cut, and it can lose answers on their way back."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlsplit

CHUNK = 65_536


@dataclass
class Wire:
    """`cut`: nothing goes through. `deaf`: what is posted arrives, and its answer does not come back."""

    server: str
    cut: bool = False
    deaf: bool = False
    door: socket.socket = field(default_factory=socket.socket)
    posted: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door.getsockname()[1]}"

    def serve(self) -> None:
        with contextlib.suppress(OSError):  # the door was shut
            while True:
                caller, _address = self.door.accept()
                Thread(target=self._carry, args=(caller,), daemon=True).start()

    def _carry(self, caller: socket.socket) -> None:
        """One request and its answer; then both hang up, so that each request comes on a line of its own."""
        with caller, contextlib.suppress(OSError):
            asked = _whole_request(caller)
            if self.cut or not asked:
                return
            posts = asked.startswith(b"POST")
            self.posted += posts
            with socket.create_connection(("127.0.0.1", urlsplit(self.server).port or 80)) as server:
                server.sendall(asked.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
                answer = b"".join(iter(lambda: server.recv(CHUNK), b""))
            if not (self.cut or (posts and self.deaf)):
                caller.sendall(_hanging_up(answer))


@contextmanager
def wire_to(server: str) -> Iterator[Wire]:
    wire = Wire(server)
    wire.door.bind(("127.0.0.1", 0))
    wire.door.listen(64)
    Thread(target=wire.serve, daemon=True).start()
    yield wire
    wire.door.close()


def _whole_request(caller: socket.socket) -> bytes:
    asked = b""
    while b"\r\n\r\n" not in asked:
        if not (more := caller.recv(CHUNK)):
            return b""
        asked += more
    head, _blank, body = asked.partition(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += caller.recv(CHUNK)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _hanging_up(answer: bytes) -> bytes:
    head, blank, body = answer.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"keep-alive:"))]
    return b"\r\n".join([*lines, b"Connection: close"]) + blank + body
