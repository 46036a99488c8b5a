from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from baixing.journal import actions, queries
from baixing.journal.models import Entry, Words
from baixing.people.models import Person
from tests.kernel.threads import at_once
from tests.kernel.toy.models import Lamp
from tests.kernel.toy.rules import LIFE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_a_line_says_who_did_what_and_how_the_thing_stood_then() -> None:
    jin, lamp = Person.objects.create(name="金", made_at=AT), Lamp.objects.create()
    LIFE.move("light", "jin", lamp)

    line = actions.write("light", lamp, by=jin, at=AT, watts=40, rooms=[1, 2])

    kept = Entry.objects.get()
    assert kept == line
    assert (kept.thing, kept.seq, kept.verb, kept.state) == (f"toy.lamp:{lamp.pk}", 1, "light", "on")
    assert (kept.by_id, kept.at, kept.facts, kept.before) == (jin.pk, AT, {"watts": 40, "rooms": [1, 2]}, "")


def test_each_line_holds_the_digest_of_the_one_before() -> None:
    lamp, other = Lamp.objects.create(), Lamp.objects.create()

    first, _, second = (actions.write("dim", thing, by=None, at=AT) for thing in (lamp, other, lamp))

    assert (second.seq, second.before) == (2, first.digest)


@pytest.mark.both
def test_words_stand_apart_from_the_line_and_are_sealed() -> None:
    actions.write("dim", Lamp.objects.create(), by=None, at=AT, words="灯太亮，老人睡不着")

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM journal_words")
        assert "老人" not in str(cursor.fetchone())
        cursor.execute("SELECT * FROM journal_entry")
        assert "老人" not in str(cursor.fetchall())
    assert Entry.objects.get().text == "灯太亮，老人睡不着"


@pytest.mark.both
def test_words_are_erased_and_the_chain_still_holds() -> None:
    lamp, other = Lamp.objects.create(), Lamp.objects.create()
    for thing in (lamp, lamp, other):
        actions.write("dim", thing, by=None, at=AT, words="太亮")

    erased = actions.erase_words(lamp, at=AT)

    assert erased == 2
    assert [line.text for line in queries.lines(lamp)] == ["", ""]
    assert [line.text for line in queries.lines(other)] == ["太亮"]
    assert set(Words.objects.filter(entry__in=queries.lines(lamp)).values_list("salt", "erased_at")) == {("", AT)}
    assert queries.verify(lamp).ok


def test_a_line_without_words_has_none() -> None:
    assert actions.write("dim", Lamp.objects.create(), by=None, at=AT).text == ""


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_lines_written_at_once_get_a_place_each() -> None:
    lamp = Lamp.objects.create()

    at_once(*[lambda: actions.write("dim", lamp, by=None, at=AT)] * 8)

    assert list(queries.lines(lamp).values_list("seq", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert queries.verify(lamp).ok
