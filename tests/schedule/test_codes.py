"""The code on the leader's screen counts for half a minute and a little, for one session and one direction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baixing.schedule.rules import codes
from baixing.schedule.rules.codes import IN, OUT
from tests.town import DAY, NINE

SHOWN = codes.code_of(7, IN, NINE)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("ago", [0, 29, 30, 59])
def test_the_code_that_stands_there_and_the_one_before_count(ago: int) -> None:
    assert codes.fault(SHOWN, 7, IN, NINE + ago * SECOND) == ""


@pytest.mark.parametrize(
    ("code", "session", "direction", "at", "words"),
    [
        (SHOWN, 7, IN, NINE + 60 * SECOND, "刚才的码"),
        (SHOWN, 7, IN, NINE + DAY, "不是今天的"),
        (SHOWN, 7, IN, NINE - SECOND, "刚才的码"),
        (SHOWN, 8, IN, NINE, "另一场"),
        (SHOWN, 7, OUT, NINE, "是签到码"),
        (codes.code_of(7, OUT, NINE), 7, IN, NINE, "是签退码"),
        (SHOWN[:-1] + ("0" if SHOWN[-1] != "0" else "1"), 7, IN, NINE, "不是本系统"),
        (SHOWN.replace("-in-", "-out-"), 7, OUT, NINE, "不是本系统"),
        (SHOWN.replace("7-", "8-", 1), 8, IN, NINE, "不是本系统"),
        ("", 7, IN, NINE, "不是本系统"),
        ("７-in-1-" + "0" * 24, 7, IN, NINE, "不是本系统"),
    ],
)
def test_every_other_code_is_refused_and_told_why(code: str, session: int, direction: str, at, words: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    assert words in codes.fault(code, session, direction, at)


def test_a_number_stands_for_the_code_beside_it() -> None:
    number = codes.number_of(7, OUT, NINE)

    assert codes.behind_number(number, 7, NINE) == codes.code_of(7, OUT, NINE)
    assert codes.behind_number(number, 7, NINE + 5 * 60 * SECOND) == codes.code_of(7, OUT, NINE)
    assert not codes.is_fresh(codes.behind_number(number, 7, NINE + 5 * 60 * SECOND), 7, NINE + 5 * 60 * SECOND)
    assert codes.behind_number(number, 8, NINE) != codes.code_of(7, OUT, NINE)


def test_two_sessions_directions_and_steps_share_no_code() -> None:
    made = {codes.code_of(of, way, NINE + 30 * n * SECOND) for of in (7, 8) for way in (IN, OUT) for n in range(20)}

    assert len(made) == 80


def test_the_screen_changes_when_the_half_minute_is_over() -> None:
    assert [codes.seconds_left(NINE + n * SECOND) for n in (0, 1, 29, 30)] == [30, 29, 1, 30]
