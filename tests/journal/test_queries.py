from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from baixing.journal import actions, queries
from baixing.journal.models import Entry, Words
from baixing.people.models import Person
from tests.emptying import lifted
from tests.kernel.toy.models import Lamp

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.fixture
def lamp() -> Lamp:
    """A lamp with five lines; the third has words."""
    made = Lamp.objects.create()
    for minute in range(5):
        actions.write("dim", made, by=None, at=AT + timedelta(minutes=minute), words="亮" * (minute == 2), n=minute)
    return made


def third() -> QuerySet[Entry]:
    return Entry.objects.filter(seq=3)


def test_an_untouched_journal_holds(lamp: Lamp) -> None:
    assert queries.verify(lamp) == queries.Verdict(f"toy.lamp:{lamp.pk}", ok=True, lines=5)


def test_a_thing_without_lines_holds() -> None:
    assert queries.verify("toy.lamp:0") == queries.Verdict("toy.lamp:0", ok=True, lines=0)


@pytest.mark.both
@pytest.mark.parametrize(
    "change",
    [
        {"verb": "light"},
        {"state": "broken"},
        {"at": AT},
        {"facts": {"n": 9}},
        {"words_digest": ""},
        {"before": "0" * 64},
        {"digest": "0" * 64},
        {"thing": "toy.lamp:0"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_line_is_found(lamp: Lamp, change: dict[str, object]) -> None:
    with lifted(connection):
        third().update(**change)

    verdict = queries.verify(lamp)

    assert (verdict.ok, verdict.first_bad, bool(verdict.why)) == (False, 3, True)


def test_a_changed_doer_is_found(lamp: Lamp) -> None:
    wei = Person.objects.create(name="卫", made_at=AT)

    with lifted(connection):
        third().update(by=wei)

    assert queries.verify(lamp).first_bad == 3


def test_a_line_that_was_changed_with_its_digest_is_found_at_the_next(lamp: Lamp) -> None:
    forged = third().get()
    forged.verb = "light"

    with lifted(connection):
        third().update(verb="light", digest=forged.digest_of_all())

    assert queries.verify(lamp).first_bad == 4


def test_a_line_that_was_removed_is_found(lamp: Lamp) -> None:
    with lifted(connection):
        Entry.objects.filter(seq=2).delete()

    assert queries.verify(lamp).first_bad == 2


def test_a_gap_closed_by_renumbering_is_found(lamp: Lamp) -> None:
    with lifted(connection):
        Entry.objects.filter(seq=2).delete()
        for seq in (3, 4, 5):
            Entry.objects.filter(seq=seq).update(seq=F("seq") - 1)

    assert queries.verify(lamp).first_bad == 2


def test_changed_words_are_found(lamp: Lamp) -> None:
    Words.objects.update(text="暗")

    assert queries.verify(lamp).first_bad == 3


def test_removed_words_are_found(lamp: Lamp) -> None:
    Words.objects.all().delete()

    assert queries.verify(lamp).first_bad == 3


@given(texts=st.lists(st.text(max_size=20).filter(lambda text: "\0" not in text), max_size=6))
def test_whatever_is_said_can_be_read_and_holds(texts: list[str]) -> None:
    lamp = Lamp.objects.create()
    for text in texts:
        actions.write("dim", lamp, by=None, at=AT, words=text, code=text[:3])

    assert [line.text for line in queries.lines(lamp)] == texts
    assert queries.verify(lamp).ok


def test_all_things_are_verified_in_one_pass(lamp: Lamp, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    other = Lamp.objects.create()
    actions.write("light", other, by=None, at=AT)
    with lifted(connection):
        third().update(verb="light")

    with django_assert_num_queries(1):
        verdicts = [(verdict.thing, verdict.ok) for verdict in queries.verify_all()]

    assert verdicts == [(f"toy.lamp:{lamp.pk}", False), (f"toy.lamp:{other.pk}", True)]


@pytest.mark.parametrize("count", [1, 3])
def test_lines_are_read_in_one_question(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    jin, lamp = Person.objects.create(name="金", made_at=AT), Lamp.objects.create()
    for _ in range(count):
        actions.write("dim", lamp, by=jin, at=AT, words="亮")

    with django_assert_num_queries(1):
        assert [(str(line.by), line.text) for line in queries.lines(lamp)] == [("金", "亮")] * count


def test_what_a_person_did_lately_is_known() -> None:
    jin, wei = (Person.objects.create(name=name, made_at=AT) for name in ("金", "卫"))
    lamp = Lamp.objects.create()
    actions.write("dim", lamp, by=jin, at=AT)

    assert queries.recent("dim", lamp, jin, AT)
    assert not queries.recent("dim", lamp, jin, AT + timedelta(seconds=1))
    assert not queries.recent("dim", lamp, wei, AT)
    assert not queries.recent("light", lamp, jin, AT)
    assert not queries.recent("dim", "toy.lamp:0", jin, AT)
