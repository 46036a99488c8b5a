"""Nobody is led to another site, by whatever way they ask to be led on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

import pytest
import time_machine
from django.test import Client

from baixing.kernel.once import new_key
from tests.town import NINE, Town

HOST: Final = "testserver"
NEXT: Final = re.compile(r'name="next" value="([^"]*)"')
ELSEWHERE: Final = (
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example/",
    "\\\\evil.example/",
    "\\/evil.example/",
    "/%2f%2fevil.example/",
    "/%2Fevil.example",
    "/%5cevil.example",
    "/%5Cevil.example/",
    "//evil.example/%2f..",
    "https:evil.example",
    "https:/evil.example",
    f"http://{HOST}@evil.example/",
    f"http://{HOST}:80@evil.example/",
    f"//{HOST}@evil.example/",
    f"https://{HOST}.evil.example/",
    f"https://evil.example/{HOST}",
    f"https://evil.example#{HOST}",
    f"https://evil.example?{HOST}",
    "//evil。example/",
    "//evil．example/",
    "https://evil%E3%80%82example/",
    "／／evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\t//evil.example/",
    " //evil.example/",
    "/\r\nLocation: //evil.example/",
    "/\u0000//evil.example/",
    "/\u202e//evil.example",
    "/\u2028/evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//[::1]/",
    "http://[evil",
    "//3232235777/",
    "/" + "a" * 600,
)


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def _signed_in(client: Client, asked: str) -> str:
    return client.get(f"/in/?next={quote(asked)}").headers.get("Location", "")


def _switched(client: Client, asked: str) -> str:
    return client.post("/look/elder/", {"on": "1", "next": asked}).headers["Location"]


def _spoken(client: Client, asked: str) -> str:
    return client.post("/language/", {"language": "en", "next": asked}).headers["Location"]


def _settled(client: Client, asked: str, station: int = 0) -> str:
    said = {"key": new_key(), "address": "1", "next": asked}
    return client.post(f"/home/{station}/", said).headers["Location"]


@pytest.mark.parametrize("asked", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_signing_in(town: Town, asked: str) -> None:
    client = Client()
    client.force_login(town.jin)

    assert _signed_in(client, asked) in {"/me/", ""}  # nothing: the address meant nothing at all


@pytest.mark.django_db
@pytest.mark.parametrize("lead", [_switched, _spoken])
def test_no_switch_leads_elsewhere(lead: Callable[[Client, str], str]) -> None:
    led = {asked: lead(Client(), asked) for asked in ELSEWHERE}

    assert {asked: to for asked, to in led.items() if not _is_ours(to)} == {}


def test_settling_in_a_village_leads_nobody_elsewhere(town: Town) -> None:
    client = Client()
    client.force_login(town.jin)

    led = {asked: _settled(client, asked, town.station.pk) for asked in ELSEWHERE}

    assert set(led.values()) == {"/me/"}


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ELSEWHERE)
def test_the_form_at_the_door_carries_no_way_elsewhere(asked: str) -> None:
    page = Client().get(f"/in/?next={quote(asked)}").content.decode()

    assert [way for way in NEXT.findall(page) if not _is_ours(unescape(way))] == []


@pytest.mark.parametrize("path", ["/orders/mine/", "/services/?q=%E6%B0%B4", "/me/?a=1&b=2"])
def test_a_path_of_ours_is_led_to(town: Town, path: str) -> None:
    client = Client()
    client.force_login(town.jin)

    assert _signed_in(client, path) == path


def _is_ours(to: str) -> bool:
    """As a browser reads it: nothing in it that it would mend, and a place on our own host."""
    plain = to.replace("\t", "").replace("\n", "").replace("\r", "").strip().replace("\\", "/")
    whole = urlsplit(urljoin(f"http://{HOST}/language/", plain))
    return plain == to and (whole.scheme, whole.netloc) == ("http", HOST)
