"""Switches, pages that say no, and the style guide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from pytest_django import Settings

from baixing.look import example, views

ICONS = Path(views.__file__).parent / "icons.json"


@pytest.mark.django_db
def test_elder_mode_is_remembered_and_leads_back(client: Client) -> None:
    answer = client.post("/look/elder/", {"on": "1", "next": "/look/"})

    assert (answer.status_code, answer["Location"], client.cookies["elder"].value) == (302, "/look/", "1")
    assert "data-elder" in client.get("/look/").content.decode()


@pytest.mark.django_db
def test_elder_mode_can_be_left(client: Client) -> None:
    client.post("/look/elder/", {"on": "1"})

    client.post("/look/elder/", {"on": "0"})

    assert "data-elder" not in client.get("/look/").content.decode()


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_a_switch_never_leads_to_another_site(client: Client, next_page: str) -> None:
    assert client.post("/look/elder/", {"on": "1", "next": next_page})["Location"] == "/"


@pytest.mark.django_db
def test_dark_is_remembered(client: Client) -> None:
    client.post("/look/theme/", {"theme": "dark"})

    assert 'data-theme="dark"' in client.get("/look/").content.decode()


def test_an_unknown_theme_is_the_automatic_one(client: Client) -> None:
    client.post("/look/theme/", {"theme": '"><script>'})

    assert client.cookies["theme"].value == ""


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/look/elder/", "/look/theme/"])
def test_a_switch_is_not_followed_as_a_link(client: Client, address: str) -> None:
    assert client.get(address).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("page", example.PAGES)
def test_the_style_guide_shows_every_page(client: Client, page: str) -> None:
    assert client.get(f"/look/{page}/").status_code == 200


@pytest.mark.django_db
def test_the_style_guide_is_for_a_demo_only(client: Client, settings: Settings) -> None:
    settings.DEMO = False

    assert client.get("/look/").status_code == 404


@pytest.mark.django_db
def test_every_page_of_a_demo_says_so(client: Client) -> None:
    assert "demo-banner" in client.get("/privacy/").content.decode()


@pytest.mark.parametrize("page", ["400", "403", "404", "409", "422", "429", "500", "503", "look/down"])
def test_a_page_that_says_no_needs_no_request_and_no_database(page: str) -> None:
    shown = render_to_string(f"{page}.html", {"phone": "0943-0000123"})

    assert ('href="/"' in shown, 'href="tel:0943-0000123"' in shown) == (True, True)


def test_a_fault_of_ours_is_told_in_words(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))

    assert (answer.status_code, "500" in answer.content.decode()) == (500, True)


def test_a_page_that_was_open_too_long_says_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/look/elder/", {"on": "1"}).status_code == 403


@pytest.mark.django_db
def test_no_page_carries_script_or_style_of_its_own(client: Client) -> None:
    pages = [client.get(f"/look/{page}/").content.decode() for page in example.PAGES]

    assert [page for page in pages if re.search(r"<script(?! src)|<style|\sstyle=|\son\w+=", page)] == []


def test_every_icon_that_a_template_names_is_drawn() -> None:
    package = Path(views.__file__).parent.parent
    named = {
        name for page in package.rglob("*.html") for name in re.findall(r'{% icon "([\w-]+)"', page.read_text("utf-8"))
    }

    assert named - set(re.findall(r'"([\w-]+)":', ICONS.read_text("utf-8"))) == set()


@pytest.mark.django_db
def test_the_service_worker_covers_every_page_and_is_never_an_old_one(client: Client) -> None:
    answer = client.get("/sw.js")

    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    assert b'addEventListener("push"' in answer.content


def test_the_style_sheet_is_plain_letters() -> None:
    """Otherwise it begins with a mark that hides its first rule from whoever puts it into a page."""
    found = finders.find("look/baixing.css")
    assert isinstance(found, str)

    assert Path(found).read_bytes().isascii()
