from __future__ import annotations

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from baixing.kernel.http import client_address

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kernel.toy.urls")]
FORM = {"key": "0123456789abcdef"}


def test_a_refusal_is_a_page_in_words_with_a_way_back(client: Client) -> None:
    answer = client.post("/refused/", FORM, headers={"referer": "http://testserver/orders/4/?page=2"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "the lamp is &lt;not&gt; for sale" in page
    assert 'href="/orders/4/?page=2"' in page


REFERERS = [
    "http://elsewhere.example/elsewhere/",
    "//elsewhere.example",
    "http://testserver//elsewhere.example/",
    "http://testserver/%5celsewhere.example/",
    "http://testserver@elsewhere.example/elsewhere/",
    "javascript:alert(1)",
    "",
]


@pytest.mark.parametrize("referer", REFERERS)
def test_the_way_back_never_leads_elsewhere(client: Client, referer: str) -> None:
    page = client.post("/refused/", FORM, headers={"referer": referer}).content.decode()

    assert "elsewhere" not in page
    assert "javascript:" not in page


def test_htmx_gets_the_page_in_place_of_the_page(client: Client) -> None:
    answer = client.post("/refused/", FORM, headers={"hx-request": "true"})

    assert (answer.status_code, answer["HX-Retarget"]) == (409, "body")


@pytest.mark.parametrize("address", ["/?q=a%00b", "/?%00=1", "/a%00b/"])
def test_an_address_with_a_nul_means_nothing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_while_the_database_is_away_it_says_when_to_come_again(client: Client) -> None:
    answer = client.get("/without-database/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "503" in answer.content.decode()


def test_a_database_that_goes_away_before_the_page_begins_is_told_alike(client: Client) -> None:
    """Reading the session is the first question that a request asks."""
    client.cookies["session"] = "a" * 32
    client.raise_request_exception = False

    def go_away(*_: object) -> None:
        raise OperationalError("the server closed the connection")

    with connection.execute_wrapper(go_away):
        answer = client.get("/notices/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_a_page_for_somebody_signed_in_is_kept_by_no_cache(client: Client) -> None:
    client.cookies["session"] = "something"

    assert client.get("/without-database/")["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "caller"),
    [
        ("9.9.9.9", "1.1.1.1", [], "9.9.9.9"),  # said by nobody we trust
        ("10.0.0.1", "1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", ["10.0.0.0/8"], "1.1.1.1"),  # forged by the caller
        ("10.0.0.1", "not an address", ["10.0.0.1"], "10.0.0.1"),
        ("::1", "2001:db8::7", ["::1"], "2001:db8::7"),
        ("10.0.0.1", "", ["10.0.0.1"], "10.0.0.1"),
        ("10.0.0.1", " , ,, ", ["10.0.0.1"], "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1:4711", ["10.0.0.1"], "1.1.1.1"),  # some proxies add the port
        ("10.0.0.1", "[2001:db8::7]:443", ["10.0.0.1"], "2001:db8::7"),
        ("10.0.0.1", "[2001:db8::7]", ["10.0.0.1"], "2001:db8::7"),
        ("10.0.0.1", "::ffff:1.1.1.1", ["10.0.0.1"], "1.1.1.1"),  # one caller, not two
        ("10.0.0.1", "2001:0DB8::0007", ["10.0.0.1"], "2001:db8::7"),
        ("::ffff:10.0.0.1", "1.1.1.1", ["10.0.0.0/8"], "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1, garbage", ["10.0.0.1"], "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1, 10.0.0.3, 10.0.0.2", ["10.0.0.0/8"], "1.1.1.1"),  # a chain of ours
        ("10.0.0.1", "1.1.1.1, 9.9.9.9, 10.0.0.2", ["10.0.0.0/8"], "9.9.9.9"),
        ("10.0.0.1", "127.0.0.1", ["10.0.0.1"], "127.0.0.1"),
        ("9.9.9.9", "10.0.0.1", ["10.0.0.0/8"], "9.9.9.9"),  # a stranger who says to be a proxy
        ("2001:db8::1", "1.1.1.1", ["2001:db8::/32"], "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1%0d%0a2.2.2.2", ["10.0.0.1"], "10.0.0.1"),
        ("10.0.0.1", "fe80::1%eth0", ["10.0.0.1"], "fe80::1"),
        ("10.0.0.1", "0x7f.1", ["10.0.0.1"], "10.0.0.1"),
        ("10.0.0.1", "1.1.1.1, " * 200 + "8.8.8.8", ["10.0.0.1"], "8.8.8.8"),
        ("", "1.1.1.1", ["10.0.0.1"], ""),  # a local socket: nobody said from where
    ],
)
def test_who_is_calling(settings: Settings, remote: str, forwarded: str, trusted: list[str], caller: str) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=remote, headers={"x-forwarded-for": forwarded})

    assert client_address(request) == caller
