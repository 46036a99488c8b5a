from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from baixing.journal import actions as journal
from baixing.journal.models import Entry
from baixing.kernel.appendonly import laid, refuse
from baixing.kernel.calendar import now
from tests.emptying import lifted
from tests.kernel.toy.models import Lamp

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
TABLE = "journal_entry"
ATTACKS = {
    "update": "UPDATE journal_entry SET verb = 'forged'",
    "delete": "DELETE FROM journal_entry",
}
ATTACKS_OF = {
    "sqlite": {"replace": "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry", **ATTACKS},
    "postgresql": {"truncate": "TRUNCATE journal_entry CASCADE", **ATTACKS},
}


def attack(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_to_change_a_line() -> None:
    line = journal.write("light", Lamp.objects.create(), by=None, at=now())

    for statement in ATTACKS_OF[connection.vendor].values():
        with pytest.raises(DatabaseError, match="never changed"):
            attack(statement)

    assert list(Entry.objects.all()) == [line]


def test_the_attacks_succeed_where_the_triggers_are_lifted() -> None:
    """The negative control: each attack is a real one."""
    for statement in ATTACKS_OF[connection.vendor].values():
        journal.write("light", Lamp.objects.create(), by=None, at=now())
        with lifted(connection):
            attack(statement)

    assert not Entry.objects.exclude(verb="forged").exists()


def test_triggers_are_laid_by_migrating_and_may_be_laid_again() -> None:
    assert laid(connection, TABLE)

    refuse(connection, TABLE)

    assert laid(connection, TABLE)


def test_triggers_that_are_missing_are_missed() -> None:
    with lifted(connection):
        assert not laid(connection, TABLE)
    assert not laid(connection, "journal_words")
