"""Walking in by the door, as people do: phone, code, and so on."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.test import Client

from baixing.kernel.once import new_key
from baixing.notices.models import Outgoing
from baixing.notices.queries import demo_text
from baixing.people import actions
from baixing.people.models import Person, SignIn
from tests.second_step import app_of, shown_by

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

NINE = datetime(2026, 3, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HERE = "192.0.2.1"
CHILD = date(2016, 5, 1)
GROWN_UP = date(1980, 5, 1)
ODD = (
    "\0", "a\0b", "😀" * 60, "\u202egnp.exe", "<script>alert(1)</script>", "=cmd|' /C calc'!A0",
    "' OR 1=1 --", "9" * 400, "-1", "２０２６", "x" * 1_000_000, "\r\nSet-Cookie: a=b", "None", "[]",
    "%00", "{{ 7*7 }}",
)  # fmt: skip
PHONES = tuple(f"+861280000{number:04}" for number in range(300))  # no operator has 128


def post(client: Client, path: str, /, **typed: object) -> Answer:
    return client.post(path, {"key": new_key(), **typed})


def known(name: str = "金大爷", phone: str = PHONES[0], born: date | None = None, *, at: datetime = NINE) -> Person:
    """Somebody who is enrolled and has agreed to what is needed."""
    person = actions.enrol(name, phone, born, at=at, by=None)
    actions.agree(person, by=person, at=at)
    return person


def sent_code(phone: str) -> str:
    """What stands on the phone."""
    found = re.search(r"\d{6}", demo_text(phone))
    assert found
    return found[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def at_code_page(phone: str = PHONES[0], client: Client | None = None, **typed: object) -> Client:
    client = client or Client()
    post(client, "/in/", phone=phone, **typed)
    return client


def walk_in(phone: str = PHONES[0], client: Client | None = None, **typed: object) -> Client:
    """To where the right code leads."""
    client = at_code_page(phone, client, **typed)
    post(client, "/in/code/", code=sent_code(phone))
    return client


def everybody(_at: datetime) -> list[QuerySet[Person]]:
    """Rows that make everybody staff, as a higher floor would say it."""
    return [Person.objects.alias(person=F("pk"))]


def prove(client: Client, phone: str = PHONES[0]) -> Client:
    """Show the code of the app, whoever owes it; everybody else goes on."""
    if client.get("/in/")["Location"].startswith("/in/factor/"):
        post(client, "/in/factor/", code=shown_by(app_of(Person.objects.behind(phone).get())))
    return client


def proof(phone: str, purpose: str = "recover", at: datetime = NINE) -> str:
    """A code was sent to this phone and answered rightly."""
    nonce, code = actions.ask_code(phone, purpose=purpose, address=HERE, at=at)
    actions.answer_code(nonce, code, at=at)
    return nonce


def browser_of(person: Person, key: str = "a", at: datetime = NINE) -> SignIn:
    return actions.open_session(person, key, device="Chrome", address=HERE, at=at)


def told(phone: str) -> list[str]:
    """All that waits to be sent to this number itself, whosever it is now."""
    return [row.text for row in Outgoing.objects.order_by("pk") if row.to == phone]
