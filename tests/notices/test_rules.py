"""What a notice says of its facts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.duration import duration_iso_string

from baixing.notices import rules


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "订单 7 的上门时间：12月5日 15:15。"), ("en", "on 5 December 15:15.")]
)
def test_a_moment_is_said_in_the_language_of_the_reader(language: str, said: str) -> None:
    with translation.override(language):
        _subject, words = rules.words("order.appointed", {"number": "7", "when": "2026-12-05T15:15+08:00"})

    assert words.endswith(said)


@pytest.mark.parametrize("typed", ["2026-12-05T15:15+08:00 or so", "2026-99-99T00:00+08:00"])
def test_words_that_only_look_like_a_moment_stay(typed: str) -> None:
    with translation.override("en"):
        _subject, words = rules.words("order.appointed", {"number": typed, "when": "—"})

    assert typed in words


@pytest.mark.parametrize(
    ("minutes", "language", "said"),
    [
        (150, "zh-hans", "2 小时 30 分钟"),
        (150, "en", "2 h 30 min"),
        (1530, "en", "25 h 30 min"),
        (-45, "en", "−45 min"),
        (60, "en", "1 h"),
    ],
)
def test_a_span_of_time_is_said_in_the_language_of_the_reader(minutes: int, language: str, said: str) -> None:
    facts = {"time": duration_iso_string(timedelta(minutes=minutes)), "title": "P1D"}
    with translation.override(language):
        _subject, words = rules.words("hours.credited", facts)

    assert (said in words, "P1D" in words) == (True, True)
