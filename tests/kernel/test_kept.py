"""Pages kept in memory: never stale, never anybody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from secrets import randbelow

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from baixing.kernel import editions, kept
from baixing.kernel.kept import Shelf
from baixing.kernel.models import Change
from baixing.menu.models import ServiceItem
from baixing.people.models import Person
from tests.access.world import ROLES, build
from tests.emptying import lifted
from tests.town import HOUR, NINE, Town

pytestmark = pytest.mark.django_db
PAGES = ("/", "/menu/", "/menu/?q=水", "/services/tap-repair/", "/teams/", "/privacy/", "/track/", "/in/")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


def menu(client: Client | None = None, **cookies: str) -> str:
    client = client or Client()
    client.cookies.load(cookies)
    return client.get("/menu/").content.decode()


def rename(name: str) -> None:
    """As another process would, or somebody with a database shell: no code of ours hears of it."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE menu_serviceitem SET name = %s", [name])


def test_a_stranger_gets_a_kept_page_for_one_question(town: Town) -> None:
    first = menu()

    with CaptureQueriesContext(connection) as asked:
        second = menu()

    assert TOKEN.sub("", second) == TOKEN.sub("", first)
    assert [query["sql"] for query in asked] == ["SELECT count(*), sum(mark) FROM kernel_change"]


@pytest.mark.both
def test_a_change_of_the_menu_shows_at_once_whoever_made_it(town: Town) -> None:
    seen = ["水龙头维修" in menu()]
    rename("改过的名字")

    assert [*seen, "改过的名字" in menu()] == [True, True]


@pytest.mark.both
def test_without_its_triggers_a_changed_menu_would_be_shown_as_it_was(town: Town) -> None:
    menu()

    with lifted(connection):
        rename("改过的名字")

    assert "改过的名字" not in menu()


def test_a_page_of_more_than_public_tables_is_made_anew(town: Town) -> None:
    """A unit's page counts orders, of which no trigger tells."""
    pages = []
    for _ in range(2):
        pages.append(Client().get(f"/units/{town.station.pk}/").content.decode())
        town.place()

    assert TOKEN.sub("", pages[0]) != TOKEN.sub("", pages[1])


@pytest.mark.parametrize("page", ["/", "/menu/", "/menu/?q=水&free=on", "/services/tap-repair/", "/privacy/"])
def test_a_page_that_is_kept_reads_no_table_of_which_no_trigger_tells(
    town: Town, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setattr(kept, "_pages", pages := Shelf[object](kept.MOST_BYTES))
    monkeypatch.setattr(kept, "_parts", Shelf[object](kept.MOST_BYTES))
    stamped = {"kernel_change", "menu_edition"}  # the latter in the very change of a menu

    with CaptureQueriesContext(connection) as asked:
        Client().get(page)

    read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert len(pages.things) == 1
    assert read <= {model._meta.db_table for model in editions.public_models()} | stamped


def test_a_new_minute_makes_the_page_anew(town: Town, clock: time_machine.Traveller) -> None:
    pages = [Client().get("/").content.decode()]
    clock.move_to(NINE + 10 * HOUR)

    pages.append(Client().get("/").content.decode())

    assert TOKEN.sub("", pages[0]) != TOKEN.sub("", pages[1])


def test_each_look_and_language_has_its_own_page(town: Town) -> None:
    menu()
    looks = ({"elder": "1"}, {"theme": "dark"}, {"language": "en"})
    marks = ("data-elder", 'data-theme="dark"', '<html lang="en"')  # there is a lang="en" on each page

    pages = [" ".join(menu(None, **look).split()) for look in looks for _ in range(2)]

    assert [mark in page for page, mark in zip(pages, [m for m in marks for _ in range(2)], strict=True)] == [True] * 6
    assert not any(mark in " ".join(menu().split()) for mark in marks)


def test_a_part_asked_for_by_script_is_not_the_page(town: Town) -> None:
    whole = menu()

    part = Client().get("/menu/", headers={"HX-Request": "true"}).content.decode()

    assert ("<html" in whole, "<html" in part) == (True, False)


def test_a_form_on_a_kept_page_carries_the_token_of_whoever_asked(town: Town) -> None:
    menu()
    strangers = [Client(enforce_csrf_checks=True) for _ in range(2)]
    tokens = [TOKEN.findall(menu(stranger))[0] for stranger in strangers]
    sent = {"on": "1", "next": "/menu/"}

    answers = [
        stranger.post("/look/elder/", {**sent, "csrfmiddlewaretoken": token}).status_code
        for stranger in strangers
        for token in tokens
    ]

    assert answers == [302, 403, 403, 302]


def test_nothing_of_anybody_is_ever_kept(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    world = build(town)
    Person.objects.update(name="植入姓名")
    monkeypatch.setattr(kept, "_pages", Shelf(kept.MOST_BYTES))
    monkeypatch.setattr(kept, "_parts", Shelf(kept.MOST_BYTES))

    for role in sorted(ROLES):
        client = world.client(role)
        assert {client.get(page).status_code for page in PAGES} <= {200, 302}

    pages = [(b"".join(pieces).decode(), headers) for (pieces, headers), _size in kept._pages.things.values()]
    parts = [part for part, _size in kept._parts.things.values()]
    texts = [page for page, _headers in pages] + parts
    assert (len(pages) >= 3, len(parts) >= 2) == (True, True)
    assert [text for text in texts if "植入姓名" in text or "+86128" in text or TOKEN.search(text)] == []
    assert not any({"Set-Cookie", "Location"} & headers.keys() for _page, headers in pages)


def test_what_was_not_asked_for_longest_goes_first() -> None:
    shelf: Shelf[str] = Shelf(3)
    for key in "abc":
        shelf.put(key, key, 1)
    shelf.get("a")

    shelf.put("d", "d", 1)

    assert [shelf.get(key) for key in "abcd"] == ["a", None, "c", "d"]


@pytest.mark.both
def test_a_hundred_thousand_changes_at_once_are_still_one_mark() -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO kernel_change (mark) {many} SELECT {editions.LARGEST - 1} FROM n")  # noqa: S608 - ours

    assert editions.mark().startswith("100000-")


@pytest.mark.both
def test_sweeping_the_changes_changes_the_mark(town: Town) -> None:
    ServiceItem.objects.update(minutes=30)
    Change.objects.bulk_create(Change(mark=number) for number in range(editions.MOST))
    before = editions.mark()

    swept = editions.sweep()

    assert (swept >= editions.MOST, editions.mark() != before, editions.sweep()) == (True, True, 0)


@pytest.mark.both
def test_no_two_sweeps_leave_the_same_mark(town: Town) -> None:
    marks = []
    for _ in range(2):
        Change.objects.bulk_create(Change(mark=randbelow(2**48)) for _ in range(editions.MOST + 1))
        editions.sweep()
        marks.append(editions.mark())

    assert marks[0] != marks[1]


def test_what_a_stranger_may_make_us_keep_has_an_end(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key is kept as well as the page, and who asks says how long it is."""
    shelf: Shelf[object] = Shelf(100_000)
    monkeypatch.setattr(kept, "_pages", shelf)

    for number in range(20):
        menu(theme=f"{number}" * 20_000)

    assert sum(len(repr(key)) for key in shelf.things) <= 100_000


@pytest.mark.both
def test_a_turn_taken_is_no_change_of_what_is_seen(town: Town) -> None:
    before = editions.mark()

    type(town.station).objects.filter(pk=town.station.pk).update(turn=7)

    assert editions.mark() == before
