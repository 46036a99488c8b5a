"""What stands outside: real servers on 127.0.0.1 that speak as the four providers do, and that can be broken.

One HTTPS server is the text message gate, the push service and WeChat; one SMTP server takes mail. Each remembers
whatever it was asked (`asked`, keys in order) and what reached a person (`reached`, once a key).
"""

from __future__ import annotations

import json
import socketserver
import ssl
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import SHUT_RDWR, SO_LINGER, SOL_SOCKET, socket
from threading import Event, Thread
from typing import ClassVar

from tests.notices.certificate import certificate
from tests.notices.mailbox import letter_of

GARBAGE = b"<html>Please accept the terms of this network</html>"
DRIP = 0.02  # seconds between two bytes
WAIT = 30  # seconds that a hanging provider hangs when nobody lets it go


class Fault(Enum):
    NONE = "works"
    REFUSES = "will never take this message"
    GONE = "knows no such address"
    FAILS = "answers that it is ill"
    FULL = "has taken enough for now"
    HANGS = "takes the line and says nothing"
    DRIPS = "answers a letter at a time"
    RESETS = "hangs up at once"
    LOSES = "takes the message, and the answer is lost"
    GARBAGE = "answers with something else"
    REPEATS = "answers twice"


class Provider:
    """What both servers share: how they are broken, what they were asked and what reached a person."""

    def __init__(self) -> None:
        self.fault = Fault.NONE
        self.asked: list[str] = []
        self.reached: dict[str, dict[str, object]] = {}
        self.let_go = Event()
        self.on_asked: Callable[[str], None] = lambda _key: None  # while the answer is not yet given

    def take(self, key: str, said: dict[str, object]) -> None:
        """A message arrives at a person unless its key did before."""
        self.reached.setdefault(key, said)

    def hear(self, key: str) -> None:
        self.asked.append(key)
        self.on_asked(key)

    @contextmanager
    def broken(self, fault: Fault) -> Iterator[None]:
        self.fault = fault
        yield
        self.fault = Fault.NONE


class Web(Provider):
    """The HTTPS server. Paths: /sms, /push/…, /cgi-bin/…, /sns/…"""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bodies: dict[str, bytes] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.asked_tokens: list[bool] = []  # by force?
        self.stale = 0  # how many times a token will be called wrong
        file = certificate(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        self.file = str(file)
        self.server = _Server(("127.0.0.1", 0), _Face)
        self.server.provider = self
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"https://127.0.0.1:{self.server.server_port}"


class Mail(Provider):
    def __init__(self) -> None:
        super().__init__()
        self.server = _MailServer(("127.0.0.1", 0), _MailFace)
        self.server.provider = self
        self.port = self.server.server_address[1]


@contextmanager
def serving(*providers: Web | Mail) -> Iterator[None]:
    threads = [Thread(target=one.server.serve_forever, args=[0.02], daemon=True) for one in providers]
    for thread in threads:
        thread.start()
    yield
    for one in providers:
        one.let_go.set()
        one.server.shutdown()
        one.server.server_close()
    for thread in threads:
        thread.join()


def hang_up(line: socket) -> None:
    """At once and without a farewell: the other side reads a reset."""
    with suppress(OSError):
        line.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    with suppress(OSError):
        socket.shutdown(line, SHUT_RDWR)
    with suppress(OSError):
        socket.close(line)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    provider: Web

    def verify_request(self, request: object, _from: object) -> bool:
        if self.provider.fault is Fault.RESETS:
            hang_up(request)  # type: ignore[arg-type]  # the accepted socket
            return False
        return True

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up on us is the test."""


class _Face(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    ILL: ClassVar = {Fault.REFUSES: 422, Fault.GONE: 410, Fault.FAILS: 503, Fault.FULL: 429}
    WECHAT_ILL: ClassVar = {Fault.REFUSES: 47003, Fault.GONE: 43101, Fault.FAILS: -1, Fault.FULL: 45009}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        provider, path = self.server.provider, self.path.partition("?")[0]
        if path == "/cgi-bin/stable_token":
            self._token(provider, json.loads(body))
            return
        key = self._key(path, body)
        provider.bodies[key], provider.headers[key] = body, dict(self.headers)
        provider.hear(key)
        if provider.fault is Fault.HANGS:
            provider.let_go.wait(WAIT)
        elif provider.fault is Fault.DRIPS:
            self._drip(provider)
        elif provider.fault is Fault.GARBAGE:
            self._say(200, GARBAGE)
        elif provider.fault in self.ILL:
            self._refuse(path, provider.fault)
        else:
            self._take(provider, path, key, body)

    def do_GET(self) -> None:
        """WeChat: whose code this is."""
        known = "code=good" in self.path
        self._json({"openid": "openid-of-jin"} if known else {"errcode": 40029, "errmsg": "invalid code"})

    def _key(self, path: str, body: bytes) -> str:
        if path.startswith("/push/"):
            return self.headers["Topic"]
        said = json.loads(body)
        return str(said["key"] if path == "/sms" else said["client_msg_id"])

    def _take(self, provider: Web, path: str, key: str, body: bytes) -> None:
        if path == "/cgi-bin/message/template/send" and provider.stale:
            provider.stale -= 1
            self._json({"errcode": 42001, "errmsg": "access_token expired"})
            return
        provider.take(key, {"path": path, "body": body})
        if provider.fault is Fault.LOSES:
            hang_up(self.connection)
            self.close_connection = True
            return
        for _ in range(2 if provider.fault is Fault.REPEATS else 1):
            self._accept(path, key)

    def _accept(self, path: str, key: str) -> None:
        if path.startswith("/push/"):
            self._say(201, b"")
        elif path == "/sms":
            self._json({"ref": f"ref-{key}"})
        else:
            self._json({"errcode": 0, "errmsg": "ok", "msgid": 77})

    def _refuse(self, path: str, fault: Fault) -> None:
        if path.startswith("/cgi-bin/"):
            self._json({"errcode": self.WECHAT_ILL[fault], "errmsg": "no"})
        else:
            code = 413 if path.startswith("/push/") and fault is Fault.REFUSES else self.ILL[fault]
            self._say(code, b"", {"Retry-After": "120"} if fault is Fault.FULL else {})

    def _token(self, provider: Web, asked: dict[str, object]) -> None:
        provider.asked_tokens.append(bool(asked["force_refresh"]))
        self._json({"access_token": f"token-{sum(provider.asked_tokens)}", "expires_in": 7200})

    def _drip(self, provider: Web) -> None:
        with suppress(OSError):
            for letter in b"HTTP/1.1 201 Created\r\nX-Slow: " + b"." * 5_000:
                if provider.let_go.wait(DRIP):
                    break
                self.wfile.write(bytes([letter]))
                self.wfile.flush()

    def _json(self, said: dict[str, object]) -> None:
        self._say(200, json.dumps(said).encode())

    def _say(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    provider: Mail

    def verify_request(self, request: object, _from: object) -> bool:
        if self.provider.fault is Fault.RESETS:
            hang_up(request)  # type: ignore[arg-type]  # the accepted socket
            return False
        return True

    def handle_error(self, *_: object) -> None:
        """Whoever hangs up on us is the test."""


class _MailFace(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand one letter over."""

    server: _MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "QUIT":
                self._say("221 bye")
                return
            if word == "DATA":
                self._data(self.server.provider)
            elif word == "RCPT" and self.server.provider.fault is Fault.GONE:
                self._say("550 no such mailbox")
            else:
                self._say("250 ok")

    def _data(self, provider: Mail) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        key, said = letter_of(b"".join(lines))
        provider.hear(key)
        refusals = {Fault.REFUSES: "554 no", Fault.FAILS: "451 ill", Fault.FULL: "452 full"}
        if provider.fault in refusals:
            self._say(refusals[provider.fault])
        elif provider.fault is Fault.HANGS:
            provider.let_go.wait(WAIT)
        elif provider.fault is Fault.DRIPS:
            self._drip(provider)
        elif provider.fault is Fault.GARBAGE:
            self._say(GARBAGE.decode())
        else:
            self._take(provider, key, said)

    def _take(self, provider: Mail, key: str, said: dict[str, object]) -> None:
        provider.take(key, said)
        if provider.fault is Fault.LOSES:
            hang_up(self.connection)
            return
        for _ in range(2 if provider.fault is Fault.REPEATS else 1):
            self._say("250 taken")

    def _drip(self, provider: Mail) -> None:
        with suppress(OSError):
            for letter in b"250-" + b"." * 5_000:
                if provider.let_go.wait(DRIP):
                    break
                self.wfile.write(bytes([letter]))

    def _say(self, line: str) -> None:
        with suppress(OSError):
            self.wfile.write(f"{line}\r\n".encode())
