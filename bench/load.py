"""A small generator of load: so many connections, each asks again as soon as it has its answer.

A connection is kept while the server keeps it. Answers are read whole; one that is not 2xx or 3xx counts as bad.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from statistics import quantiles
from threading import Lock, Thread
from urllib.parse import urlencode

Where = tuple[str, int]
BLOCK = 65536
SECONDS, CONNECTIONS = 4.0, 2


@dataclass(frozen=True)
class Measured:
    """What came of one stretch of load: answers a second, milliseconds, how many were not as they should be.

    `work` is the processor time of the server for one answer: it tells on a busy machine too what an answer costs.
    """

    rate: float
    p50: float
    p99: float
    bad: int
    last: bytes
    count: int
    work: float = 0.0

    def __str__(self) -> str:
        bad = f", {self.bad} BAD" if self.bad else ""
        work = f"   work {self.work:6.2f} ms" if self.work else ""
        return f"{self.rate:8.1f}/s   p50 {self.p50:7.2f} ms   p99 {self.p99:7.2f} ms{work}{bad}"


def request(method: str, path: str, where: Where, body: bytes = b"", **headers: str) -> bytes:
    said = {"Host": f"{where[0]}:{where[1]}", "Accept-Language": "zh-hans", **headers}
    if body:
        said |= {"Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in said.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def form(path: str, where: Where, cookies: Mapping[str, str], said: Mapping[str, str]) -> bytes:
    kind = "application/x-www-form-urlencoded"
    jar = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return request("POST", path, where, urlencode(said).encode(), Content_Type=kind, Cookie=jar)


def same(one: bytes) -> Iterator[bytes]:
    return repeat(one)


def measure(
    where: Where, requests: Iterator[bytes], seconds: float = SECONDS, connections: int = CONNECTIONS
) -> Measured:
    """Ask for so many seconds, or until there are no more requests."""
    asker = _Asker(where, requests, time.perf_counter() + seconds)
    began = time.perf_counter()
    threads = [Thread(target=asker.run) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    late = quantiles(asker.times, n=100) if len(asker.times) > 1 else [0.0] * 99
    done = len(asker.times)
    return Measured(done / taken, late[49] * 1000, late[98] * 1000, asker.bad, asker.last, done)


def once(where: Where, asked: bytes) -> tuple[int, bytes, bytes]:
    """Status, head and body of one answer."""
    with socket.create_connection(where, timeout=120) as door:
        door.sendall(asked)
        head, body = _read(door)
    return int(head[9:12]), head, body


class _Asker:
    def __init__(self, where: Where, requests: Iterator[bytes], until: float) -> None:
        self.where, self.requests, self.until = where, requests, until
        self.times: list[float] = []
        self.bad, self.last, self.lock = 0, b"", Lock()

    def run(self) -> None:
        door: socket.socket | None = None
        while time.perf_counter() < self.until:
            with self.lock:
                asked = next(self.requests, None)
            if asked is None:
                break
            began = time.perf_counter()
            door = door or socket.create_connection(self.where, timeout=120)
            door.sendall(asked)
            head, body = _read(door)
            self.times.append(time.perf_counter() - began)
            if head[9:10] not in b"23":
                self.bad, self.last = self.bad + 1, head + body
            if b"connection: close" in head.lower():
                door.close()
                door = None


def _read(door: socket.socket) -> tuple[bytes, bytes]:
    got = b""
    while b"\r\n\r\n" not in got:
        if not (more := door.recv(BLOCK)):
            break
        got += more
    head, _, body = got.partition(b"\r\n\r\n")
    low = head.lower()
    if b"content-length:" in low:
        size = int(low.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < size and (more := door.recv(BLOCK)):
            body += more
    elif b"chunked" in low:
        while not body.endswith(b"0\r\n\r\n") and (more := door.recv(BLOCK)):
            body += more
    elif low[9:12] not in (b"204", b"304"):
        while more := door.recv(BLOCK):
            body += more
    return head, body
