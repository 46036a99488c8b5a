"""Residents of a small town who order at the real server, each with a browser, until they are answered."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections, transaction
from django.test import Client

from baixing.kernel.calendar import now
from baixing.kernel.once import new_key
from baixing.network.models import Home
from baixing.people.actions import agree, enrol
from baixing.people.models import Person
from drills.house import Answer
from tests.town import Town, build

AT_ONCE = 8  # browsers
PATIENCE = 120  # seconds that somebody tries again until they give up
TOKEN = "t" * 32
AGAIN = "503 in words"
ORDER = "/services/tap-repair/order/"
Ask = Callable[[str, str, str, str], Answer]  # verb, address, body, cookies


def settle(count: int) -> tuple[Town, list[str]]:
    """The town, and the cookies of so many of its residents."""
    with transaction.atomic():
        town = build()
        cookies = [_resident(town, number) for number in range(count)]
    connections.close_all()
    return town, cookies


def cookies_of(person: Person) -> str:
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def _resident(town: Town, number: int) -> str:
    at = now()
    person = enrol(f"居民{number}", f"+86129{number:08}", None, at=at, by=None)
    agree(person, by=person, at=at)
    Home.objects.create(person=person, station=town.station, address=f"{number} 号楼")
    return cookies_of(person)


@dataclass
class Told:
    """What the residents were told."""

    placed: dict[str, str] = field(default_factory=dict)  # key: the address of its order
    given_up: list[str] = field(default_factory=list)  # keys that were never answered
    answers: Counter[str] = field(default_factory=Counter)  # by kind, see `kind`
    broken: int = 0  # connections without an answer
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, answer: Answer | None) -> None:
        self.broken += answer is None
        if answer:
            self.answers[kind(answer)] += 1

    @property
    def wrong(self) -> int:
        """Answers that are neither a success nor a page that says when to come again."""
        return sum(count for said, count in self.answers.items() if said not in {"200", "302", AGAIN})


def kind(answer: Answer) -> str:
    """The status; whether a 503 says in words to come again, and when."""
    again = answer.status == http.client.SERVICE_UNAVAILABLE
    said = "<h1" in answer.page and answer.headers.get("retry-after", "").isdigit()
    return AGAIN if again and said else str(answer.status)


def read_on(ask: Ask, address: str, cookies: str, told: Told, enough: Callable[[], bool]) -> None:
    """Somebody reads one page again and again."""
    while not enough():
        try:
            answer = ask("GET", address, "", cookies)
        except (OSError, http.client.HTTPException):
            answer = None
        with told.lock:
            told.note(answer)
        time.sleep(0.02)


def order(
    ask: Ask,
    cookies: Iterable[str],
    told: Told,
    *,
    same_key: bool = True,
    at_once: int = AT_ONCE,
    patience: float = PATIENCE,
) -> None:
    """Each orders once and sends it again until there is an answer; under a new key each time if told so."""
    with ThreadPoolExecutor(at_once) as pool:
        for done in [pool.submit(_order, ask, cookie, told, same_key, patience) for cookie in cookies]:
            done.result()


def _order(ask: Ask, cookies: str, told: Told, same_key: bool, patience: float) -> None:
    key, end = new_key(), time.monotonic() + patience
    while True:
        answer = _send(ask, cookies, key)
        with told.lock:
            told.note(answer)
            if answer and answer.headers.get("location", "").startswith("/orders/"):
                told.placed[key] = answer.headers["location"]
                return
            if answer and answer.status == http.client.TOO_MANY_REQUESTS:
                return
            if time.monotonic() > end or (answer and answer.status == http.client.FOUND):  # it leads nowhere
                told.given_up.append(key)
                return
        key = key if same_key else new_key()
        time.sleep(0.05)  # a person taps again


def _send(ask: Ask, cookies: str, key: str) -> Answer | None:
    body = urlencode({"key": key, "csrfmiddlewaretoken": TOKEN, "words": "水龙头一直滴水", "address": "3 号楼"})
    try:
        return ask("POST", ORDER, body, cookies)
    except (OSError, http.client.HTTPException):
        return None
