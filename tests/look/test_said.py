"""Days, names and phones as people say them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baixing.look import said

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=CHINA)  # a Tuesday


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (-400, "20 October 2025"),
        (-2, "22 November"),
        (-1, "yesterday 15:00"),
        (0, "today 15:00"),
        (1, "tomorrow 15:00"),
        (2, "the day after tomorrow 15:00"),
        (3, "Fri 15:00"),
        (6, "next Mon 15:00"),
        (7, "next Tue 15:00"),
        (8, "2 December 15:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ahead: int, words: str) -> None:
    at = NOW.replace(hour=15) + timedelta(days=ahead)

    assert said.said_moment(at, NOW).removesuffix(" 15:00") == words.removesuffix(" 15:00")


def test_a_moment_is_said_in_local_time() -> None:
    at = datetime(2026, 11, 24, 16, 30, tzinfo=ZoneInfo("UTC"))

    assert said.said_moment(at, NOW) == "tomorrow 00:30"


def test_a_half_day_has_no_clock() -> None:
    assert said.said_half(NOW + timedelta(days=1), NOW) == "tomorrow in the morning"


def test_a_range_in_one_day_says_the_day_once() -> None:
    assert said.said_range(NOW, NOW + timedelta(hours=2), NOW) == "today 10:00–\u206012:00"


def test_a_range_over_midnight_says_both_days() -> None:
    assert said.said_range(NOW, NOW + timedelta(days=1), NOW) == "today 10:00 – tomorrow 10:00"


def test_the_exact_time_can_be_looked_up() -> None:
    assert said.exact(NOW) == "Tuesday 24 November 2026 10:00"


def test_the_exact_day_has_no_clock() -> None:
    assert said.exact(date(2026, 11, 24)) == "Tuesday 24 November 2026"


def test_a_masked_name_keeps_the_family_name() -> None:
    assert [said.masked_name(name) for name in ("王秀兰", "王", "")] == ["王*", "王*", ""]


@pytest.mark.parametrize("phone", ["+8613800001234", "138 0000 1234", "138-0000-1234"])
def test_a_masked_phone_keeps_both_ends(phone: str) -> None:
    assert said.masked_phone(phone) == "138****1234"


@given(st.text("0123456789+- ", max_size=20))
def test_a_masked_phone_never_shows_all_of_it(phone: str) -> None:
    shown = [sign for sign in said.masked_phone(phone) if sign.isdigit()]

    assert len(shown) in (0, 7)


def test_a_mobile_number_is_grouped_to_be_read_out() -> None:
    assert [said.plain_phone(phone) for phone in ("+8613800001234", "0943-8220000")] == [
        "138 0000 1234",
        "0943-8220000",
    ]
