"""What a notice says of its facts."""

from __future__ import annotations

import pytest
from django.utils import translation

from baixing.notices import rules


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "订单 7 的上门时间：12月5日 15:15。"), ("en", "on 5 December 15:15.")]
)
def test_a_moment_is_said_in_the_language_of_the_reader(language: str, said: str) -> None:
    with translation.override(language):
        _subject, words = rules.words("order.appointed", {"number": "7", "when": "2026-12-05T15:15+08:00"})

    assert words.endswith(said)


def test_words_that_only_begin_like_a_moment_stay() -> None:
    with translation.override("en"):
        _subject, words = rules.words("order.appointed", {"number": "2026-12-05T15:15+08:00 or so", "when": "—"})

    assert "2026-12-05T15:15+08:00 or so" in words
