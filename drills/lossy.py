"""A proxy that passes every request on and loses some of the answers."""

from __future__ import annotations

import random
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from drills.house import Server

CHUNK = 65536


class Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, server: Server, loses: float) -> None:
        super().__init__(("127.0.0.1", 0), _Passing)
        self.server, self.loses, self.lost = server, loses, 0
        self._dice, self._lock = random.Random(40), threading.Lock()  # noqa: S311 - no secret: the same losses each time

    def is_lost(self) -> bool:
        with self._lock:
            lost = self._dice.random() < self.loses
            self.lost += lost
        return lost


class _Passing(socketserver.BaseRequestHandler):
    server: Proxy
    request: socket.socket

    def handle(self) -> None:
        with socket.create_connection(("127.0.0.1", self.server.server.port)) as behind:
            asking = threading.Thread(target=_copy, args=(self.request, behind), daemon=True)
            asking.start()
            answer = b"".join(iter(lambda: behind.recv(CHUNK), b""))  # whole: the server has done all it will do
        if not self.server.is_lost():
            self.request.sendall(answer)


def _copy(source: socket.socket, sink: socket.socket) -> None:
    try:
        for part in iter(lambda: source.recv(CHUNK), b""):
            sink.sendall(part)
    except OSError:
        return  # one of the two is gone, as it happens


@contextmanager
def losing(server: Server, share: float) -> Iterator[Proxy]:
    with Proxy(server, share) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield proxy
        proxy.shutdown()
