from __future__ import annotations

import pytest

from tests.drills.short import short


@pytest.mark.both
def test_a_backup_taken_under_load_is_restored_with_all_that_was_confirmed() -> None:
    outcome = short("backup")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
