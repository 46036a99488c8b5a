"""New keys: everything is sealed anew while others write, and found again by its index."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from unittest.mock import patch

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db.models import QuerySet
from pytest_django import Settings

from baixing.kernel import seal
from baixing.operations.actions import keys, reseal_some
from baixing.operations.queries import deep_faults, faults
from baixing.operations.queries.keys import Column, ages, columns
from baixing.orders.models import Order
from baixing.people.models import Code, Person
from tests import dump
from tests.second_step import app_of
from tests.town import NINE, Town

pytestmark = pytest.mark.both
PHONE = Column(Person, "phone")


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def lived(town: Town, settings: Settings) -> Town:
    """Rows in many tables under an old key; a new one stands in front."""
    town.order_in("closed")
    app_of(town.zhou)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    return town


def rotate(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("rotate_keys", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def in_all(age: str) -> int:
    return sum(counts[age] for counts in ages().values())


def test_everything_is_sealed_anew_and_says_the_same(lived: Town, settings: Settings) -> None:
    before, old = dump.opened(), in_all(seal.OLD)

    said, code = rotate()
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    assert (old > 20, in_all(seal.NEW), in_all(seal.LOST), code) == (True, old, 0, 0)
    assert dump.opened() == before
    assert "The others can be taken out" in said


def test_every_sealed_column_is_looked_at(lived: Town) -> None:
    sealed = {
        f"{model._meta.label}.{field.name}"
        for model in dump.models()
        for field in model._meta.concrete_fields
        if isinstance(field, seal.SealedField)
    }

    assert {str(column) for column in columns()} == sealed
    assert {"people.Person.phone", "orders.Order.words", "journal.Words.text", "people.Factor.secret"} <= set(ages())


def test_a_second_run_changes_nothing(lived: Town) -> None:
    rotate()
    before = dump.raw()

    rotate()

    assert dump.raw() == before


def test_a_run_that_was_killed_is_taken_up_where_it_was(lived: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "BATCH", 4)
    last, first = reseal_some(PHONE, 0)
    written = {row.phone for row in Person.objects.all()}

    said, code = rotate()

    assert (last > 0, first, code) == (True, 4, 0)
    assert f"people.Person.phone: {len(written) - 4} sealed anew" in said


def test_what_is_written_meanwhile_is_not_lost(lived: Town) -> None:
    with _somebody_writes_meanwhile(lived.jin):
        rotate()

    lived.jin.refresh_from_db()
    assert lived.jin.phone == "+8612800000099"
    assert in_all(seal.OLD) == 0


def test_without_the_comparison_it_would_be_lost(lived: Town) -> None:
    with _somebody_writes_meanwhile(lived.jin), patch.object(keys, "_unchanged", lambda rows, *_: rows):
        rotate()

    lived.jin.refresh_from_db()
    assert lived.jin.phone == "+8612800000000"


def test_a_text_whose_key_is_gone_is_told_and_left_alone(lived: Town, settings: Settings) -> None:
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    before = dump.raw()

    said, code = rotate()

    assert (dump.raw(), code) == (before, 1)
    assert "A key is missing" in said


def test_the_doctor_knows_whether_an_old_key_is_needed(lived: Town, settings: Settings) -> None:
    before = list(deep_faults(NINE))
    rotate()
    after = list(deep_faults(NINE))
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    assert [("older key" in "".join(before)), after, list(deep_faults(NINE))] == [
        True,
        ["Only the first of FIELD_KEYS is in use. Take the others out."],
        [],
    ]


def test_people_are_found_by_a_new_index(town: Town, settings: Settings) -> None:
    order, settings.DEMO = town.order_in("closed"), False
    settings.INDEX_KEY = b"another index key"
    lost = [list(Person.objects.behind(town.jin.phone)), "INDEX_KEY was changed" in "".join(faults(NINE))]

    code = rotate("--index")[1]

    assert (lost, code) == ([[], True], 0)
    assert (list(Person.objects.behind(town.jin.phone)), Code.objects.count()) == ([town.jin], 0)
    assert Order.objects.get(phone_tail=seal.tail(town.jin.phone)) == order
    assert "INDEX_KEY" not in "".join(faults(NINE))


class _somebody_writes_meanwhile:  # noqa: N801 - read as a sentence
    """Between the reading of a row and its writing a person's phone is changed, once."""

    def __init__(self, person: Person) -> None:
        self.person, self.wrote, self.reseal = person, False, seal.reseal
        self.patch = patch.object(seal, "reseal", self._reseal)

    def __enter__(self) -> None:
        self.patch.start()

    def __exit__(self, *_: object) -> None:
        self.patch.stop()

    def _reseal(self, token: str) -> str:
        if not self.wrote and seal.unseal(token) == self.person.phone:
            self.wrote = True
            rows: QuerySet[Person] = Person.objects.filter(pk=self.person.pk)
            rows.update(phone="+8612800000099")
        return self.reseal(token)
