from __future__ import annotations

import pytest

from tests.drills.short import short


@pytest.mark.both
def test_a_killed_server_loses_no_order_and_doubles_none() -> None:
    outcome = short("server")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
