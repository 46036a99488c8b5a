"""Workers that send, each a process of its own that can be killed, and the four providers that they send through.

`python -m drills.sending` sets itself up once and then makes workers by forking: a line of JSON on its standard input
is one worker or several at once; for each it says its process id, and at the end how all of them ended.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from importlib import import_module
from itertools import count
from queue import Queue
from typing import IO, TYPE_CHECKING

import django
from django.test import override_settings

if TYPE_CHECKING:
    from baixing.notices.actions.points import Point
    from drills.house import House
    from tests.notices.outside import Mail, Web

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
KIND = "drill.told"
CHANNELS = "baixing.notices.channels"
TEMPLATES = {"*": {"id": "T1", "fields": {"thing1": "subject", "thing2": "text"}}}


@dataclass(frozen=True)
class Worker:
    """One pass at a moment. `kill` names the point at which it dies, when it gets there for the `nth` time."""

    at: str
    kill: str = ""
    nth: int = 1
    without: str = ""  # the guard that is taken out: key or lease
    patience: float = 10.0
    limit: int = 100


class Workers:
    """The process that forks them, seen from the drill."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.pids: Queue[int] = Queue()

    def run(self, *workers: Worker) -> list[int]:
        """How each ended: 0, or minus the number of the signal."""
        self._line(self.process.stdin).write(json.dumps([asdict(worker) for worker in workers]) + "\n")
        self._line(self.process.stdin).flush()
        for _worker in workers:
            self.pids.put(int(self._said()))
        ends: list[int] = json.loads(self._said())
        return ends

    def _said(self) -> str:
        if line := self._line(self.process.stdout).readline():
            return line
        raise RuntimeError("the workers have ended")

    @staticmethod
    def _line(pipe: IO[str] | None) -> IO[str]:
        if pipe is None:
            raise RuntimeError("no pipe")
        return pipe


@contextmanager
def ready(house: House, there: Web, mail: Mail) -> Iterator[Workers]:
    """Workers that can be forked, and this process set up as they are."""
    said = _ways(there, mail)
    environment = {**os.environ, **said, "SSL_CERT_FILE": there.file, "BAIXING_DEMO": "0", "LOG_LEVEL": "CRITICAL"}
    run = [sys.executable, "-m", "drills.sending"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(run, env=environment, text=True, **pipes)  # type: ignore[call-overload]  # two pipes
    house.say("workers are ready")
    ours = {**said, "PUSH_HOSTS": said["PUSH_HOSTS"].split(), "WECHAT_TEMPLATES": TEMPLATES}
    _register()
    try:
        with override_settings(**ours):
            yield Workers(process)
    finally:
        process.kill()
        process.wait()


def at(moment: datetime) -> str:
    return moment.isoformat()


def _register() -> None:
    """The words of the drill, in every process that makes or sends them."""
    from baixing.notices import rules

    rules.register({KIND: ("Drill", "Message %(number)s")})


def _ways(there: Web, mail: Mail) -> dict[str, str]:
    return {
        "SMS_PROVIDER": f"{CHANNELS}.HttpSms",
        "SMS_URL": f"{there.url}/sms",
        "MAIL_PROVIDER": f"{CHANNELS}.DjangoMail",
        "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": str(mail.port),
        "PUSH_PROVIDER": f"{CHANNELS}.push.WebPush",
        "PUSH_HOSTS": there.url.removeprefix("https://"),
        "VAPID_KEY": KEY,
        "VAPID_SUBJECT": "mailto:it@example.org",
        "WECHAT_PROVIDER": f"{CHANNELS}.wechat.WeChat",
        "WECHAT_APP_ID": "wx1",
        "WECHAT_SECRET": "secret",
        "WECHAT_URL": there.url,
        "WECHAT_TEMPLATES": json.dumps(TEMPLATES),
    }


# --- in the process of the workers ---


def main() -> None:
    django.setup()
    _register()
    import baixing.notices.channels.push  # noqa: F401 - so that no worker has to load it

    for line in sys.stdin:
        pids = [_fork(Worker(**worker)) for worker in json.loads(line)]
        ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        _say(json.dumps(ends))


def _fork(worker: Worker) -> int:
    if pid := os.fork():
        _say(str(pid))
        return pid
    code = 1
    try:
        _work(worker)
        code = 0
    finally:
        os._exit(code)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _work(worker: Worker) -> None:
    from baixing.notices.actions import deliver, points
    from baixing.notices.channels import web

    web.PATIENCE = worker.patience
    if worker.without:
        FAULTS[worker.without]()
    if worker.kill:
        points.watchers.append(_killing(worker.kill, worker.nth))
    deliver(datetime.fromisoformat(worker.at), worker.limit)


def _killing(name: str, nth: int) -> Callable[[Point], None]:
    times = count(1)

    def reached(point: Point) -> None:
        if point.name == name and next(times) == nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return reached


def _without_key() -> None:
    """Each try has a key of its own."""
    sending = import_module("baixing.notices.actions.deliver")
    hand_over = sending._hand_over  # noqa: SLF001 - the step that is broken
    fault = {"_hand_over": lambda way, message: hand_over(way, replace(message, key=secrets.token_hex(8)))}
    vars(sending).update(fault)


def _without_lease() -> None:
    """A lease is over as soon as it is taken."""
    from baixing.notices import rules

    rules.LEASE = timedelta(seconds=-1)


FAULTS: Mapping[str, Callable[[], None]] = {"key": _without_key, "lease": _without_lease}

if __name__ == "__main__":
    main()
