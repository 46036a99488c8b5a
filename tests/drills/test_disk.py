from __future__ import annotations

from tests.drills.short import short


def test_a_full_disk_refuses_in_words_and_shows_its_pages() -> None:
    outcome = short("disk")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
