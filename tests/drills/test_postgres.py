from __future__ import annotations

from tests.drills.short import short


def test_a_killed_postgresql_is_said_in_words_and_loses_nothing() -> None:
    outcome = short("postgres", "PostgreSQL")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
