from __future__ import annotations

import pytest

from tests.drills.short import short


@pytest.mark.both
def test_a_killed_server_loses_no_order_and_doubles_none() -> None:
    outcome = short("server")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome


def test_forms_whose_answers_are_lost_make_one_order_each() -> None:
    outcome = short("proxy")

    assert (outcome["kept"], outcome["caught"]) == (True, True), outcome
