"""What every answer says to the browser, and what odd requests come to: refused in words, never a fault of ours."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.policies import POLICIES
from tests.access.policy import Policy
from tests.access.test_access import CONTENT, HEADERS
from tests.access.world import NOBODY, World
from tests.town import NINE

TURNED: Final = {400, 403, 404, 414}
UNSAFE: Final = ("post", "put", "patch", "delete")
WIDE: Final = "9" * 4300  # digits, more than Python reads
MEGABYTES: Final = "x" * 2_600_000
NAMES: Final = sorted(POLICIES)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def _static(client: Client) -> HttpResponse:
    file = Path(settings.STATIC_ROOT) / "threats.css"
    file.write_text("a{}")
    return client.get("/static/threats.css")  # type: ignore[return-value]  # the test's own


def _broken(client: Client) -> HttpResponse:
    client.raise_request_exception = False
    return client.get("/broken/")  # type: ignore[return-value]  # the test's own


ANSWERS: Final[dict[str, tuple[int, Callable[[Client], Any]]]] = {
    "a page": (200, lambda client: client.get("/")),
    "a file": (200, _static),
    "no such file": (404, lambda client: client.get("/static/none.css")),
    "no such page": (404, lambda client: client.get("/none/")),
    "no such thing": (404, lambda client: client.get("/units/999999999/")),
    "no such method": (405, lambda client: client.delete("/")),
    "led to the door": (302, lambda client: client.get("/me/")),
    "a form without its key": (400, lambda client: client.post("/in/", {})),
    "a form without its token": (403, lambda _client: Client(enforce_csrf_checks=True).post("/in/", {})),
    "another host": (400, lambda client: client.get("/", headers={"host": "evil.example"})),
    "a NUL": (400, lambda client: client.get("/?q=a%00")),
    "too long a body": (
        400,
        lambda client: client.post("/in/", MEGABYTES, content_type="application/x-www-form-urlencoded"),
    ),
    "too many fields": (400, lambda client: client.post("/in/", {f"f{n}": "" for n in range(400)})),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_tells_the_browser_what_it_may(kind: str, client: Client) -> None:
    status, ask = ANSWERS[kind]

    answer = ask(client)

    assert answer.status_code == status
    assert HEADERS.items() - {("X-Frame-Options", "DENY")} <= answer.headers.items()
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == CONTENT  # frame-ancestors among them
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "charset" in answer.headers.get("Content-Type", "charset")


@pytest.mark.django_db
@pytest.mark.urls("tests.threats.urls")
def test_a_fault_of_ours_tells_nothing_of_itself(client: Client) -> None:
    answer = _broken(client)

    assert answer.status_code == 500
    assert "planted" not in answer.content.decode()
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == CONTENT


@pytest.mark.parametrize("origin", ["", "https://evil.example", "null"])
def test_nothing_is_done_for_another_site(world: World, origin: str) -> None:
    """Each address × each unsafe method: without the token of our own form, or with it from elsewhere."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["gao"])
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/me/").content.decode())[0]
    said = {"csrfmiddlewaretoken": token} if origin else {}
    headers = {"origin": origin} if origin else {}

    got_in = [
        (name, method)
        for name in NAMES
        for method in (UNSAFE if not origin else ("post",))
        if _refused(client, method, reverse(name, kwargs=POLICIES[name].arguments(world.near)), said, headers) != 403
    ]

    assert got_in == []


def _refused(client: Client, method: str, address: str, said: dict[str, str], headers: dict[str, str]) -> int:
    status: int = getattr(client, method)(address, said, headers=headers).status_code
    return status


def test_any_number_in_an_address_has_an_answer(world: World) -> None:
    client = world.client("luo")
    asked = [(name, policy) for name, policy in POLICIES.items() if "pk" in policy.names]

    broken = [
        (name, number[:25])
        for name, policy in asked
        for number in ("0", "9" * 20, WIDE)
        if _odd(client, name, policy, world, number) not in TURNED
    ]

    assert broken == []


@pytest.mark.parametrize("number", ["-1", "٣", "1e3", "0x1", "%00", "1;DROP", "1/../2", "1%0d%0a", "１"])
def test_what_is_no_number_leads_nowhere(world: World, number: str) -> None:
    assert world.client("gao").get(f"/orders/{number}/").status_code in {400, 404}


def _odd(client: Client, name: str, policy: Policy, world: World, number: str) -> int:
    real = policy.arguments(world.near)
    address = reverse(name, kwargs={**real, "pk": 987_654_321}).replace("987654321", number)
    return client.post(address, {"key": "0" * 32}).status_code if policy.post else client.get(address).status_code


QUESTIONS: Final = (
    "at",
    "code",
    "next",
    "page",
    "q",
    "sheet",
    "tier",
    "unit",
    "which",
    "order",
    "month",
    "skill",
    "kind",
)
LOOKUPS: Final = ("' OR 1=1 --", "resident__phone", "-resident__phone", "__class__", "pk__in", "{{7*7}}", "${7*7}")
ODD_WORDS: Final = (
    *LOOKUPS, WIDE, "-1", "1e9", "[]", "{}", "\ud7ff", "%ED%A0%80", "../../etc/passwd", "\\", '"', "`",
    "(a+)+$" * 50, "*" * 500, "%" * 300, "_" * 300,
)  # fmt: skip


@pytest.mark.parametrize(("role", "turn"), [("gao", 0), ("luo", 7), (NOBODY, 13)])
def test_no_question_in_an_address_asks_more_than_its_page_answers(world: World, role: str, turn: int) -> None:
    """Lookups, operators and odd words stand for themselves: each page is there, or says that there is none."""
    client = world.client(role)
    pages = [name for name in NAMES if not POLICIES[name].post and role in POLICIES[name].near]
    asked = {one: ODD_WORDS[(number + turn) % len(ODD_WORDS)] for number, one in enumerate(QUESTIONS)}

    answers = {
        name: client.get(reverse(name, kwargs=POLICIES[name].arguments(world.near)), asked).status_code
        for name in pages
    }

    assert {name: status for name, status in answers.items() if status not in {200, 302, 400, 404}} == {}


FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="f"'
BODIES: Final[dict[str, tuple[str, str | bytes]]] = {
    "deep JSON": ("application/json", "[" * 100_000 + "]" * 100_000),
    "a JSON of numbers": ("application/json", json.dumps({"pk": 10**400})),
    "parts without a border": ("multipart/form-data", b"--x\r\n\r\n"),
    "parts that never end": (PARTS, PART + b"\r\n\r\na"),
    "a part with a path": (PARTS, PART + b'; filename="../../x"\r\n\r\na\r\n--x--'),
    "letters of no code": (f"{FORM}; charset=none-such", "key=1"),
    "halves of letters": (FORM, "key=%ED%A0%80&phone=%ED%BF%BF"),
    "a NUL": (FORM, "key=12345678&phone=1%00"),
    "names that are lookups": (FORM, "key=12345678&phone__contains=1&__proto__=1"),
    "XML that eats": ("text/xml", '<!DOCTYPE a [<!ENTITY b "cccc">]><a>&b;</a>'),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", BODIES)
def test_any_body_has_an_answer(kind: str, client: Client) -> None:
    content, body = BODIES[kind]

    answer = client.generic("POST", "/in/", body, content_type=content)

    assert answer.status_code in {400, 413, 415, 422}


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "testserver@evil.example"},
        {"host": "testserver:evil"},
        {"host": "testserver, evil.example"},
        {"host": "evil.example\\.testserver"},
        {"x-forwarded-host": "evil.example"},
        {"forwarded": "host=evil.example"},
        {"x-host": "evil.example", "x-original-url": "/settings/clocks/", "x-rewrite-url": "/settings/clocks/"},
    ],
)
def test_no_host_but_ours_stands_in_an_answer(world: World, headers: dict[str, str]) -> None:
    """The slip and the calendar file are the two that hold whole addresses."""
    client = world.client("jin")

    for address in ("/", f"/orders/{world.near['order']}/slip/", f"/orders/{world.near['order']}/visit.ics"):
        answer = client.get(address, headers=headers)

        assert "evil" not in answer.content.decode() + str(answer.headers)
        assert answer.status_code == (400 if "host" in headers else 200)


@pytest.mark.django_db
def test_no_line_of_the_log_is_forged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    client.get("/none/%0d%0a2026-01-01%20ERROR%20forged%0a", headers={"user-agent": "a\r\n2026 ERROR forged"})
    client.post("/in/", {"key": "\r\nforged", "phone": "\r\nforged"})

    assert caplog.messages
    assert [line for line in caplog.messages if "\n" in line or "\r" in line] == []


@pytest.fixture(scope="module")
def production() -> dict[str, object]:
    """The settings as an installation over https has them, read in a process of their own."""
    keys = {name: os.environ[name] for name in ("FIELD_KEYS", "INDEX_KEY", "SECRET_KEY", "DATA")}
    asked = (
        "import json, baixing.settings as s; print(json.dumps({k: repr(getattr(s, k)) for k in dir(s) if k.isupper()}))"
    )
    kept = {"PATH": os.environ["PATH"], **keys}
    done = subprocess.run([sys.executable, "-c", asked], env=kept, capture_output=True, text=True, check=True)
    said: dict[str, object] = json.loads(done.stdout)
    return said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "False"),
        ("DEMO", "False"),
        ("SESSION_COOKIE_NAME", "'__Host-session'"),
        ("CSRF_COOKIE_NAME", "'__Host-csrf'"),
        ("LANGUAGE_COOKIE_NAME", "'__Host-language'"),
        ("SESSION_COOKIE_SECURE", "True"),
        ("SESSION_COOKIE_HTTPONLY", "True"),
        ("SESSION_COOKIE_SAMESITE", "'Lax'"),
        ("CSRF_COOKIE_SECURE", "True"),
        ("CSRF_COOKIE_HTTPONLY", "True"),
        ("SECURE_SSL_REDIRECT", "True"),
        ("SECURE_HSTS_SECONDS", "31536000"),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "True"),
        ("SECURE_PROXY_SSL_HEADER", "None"),
        ("TRUSTED_PROXIES", "[]"),
        ("PASSWORD_HASHERS", "['django.contrib.auth.hashers.Argon2PasswordHasher']"),
    ],
)
def test_an_installation_begins_closed(production: dict[str, object], name: str, value: str) -> None:
    assert production[name] == value
