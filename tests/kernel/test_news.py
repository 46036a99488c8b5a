from __future__ import annotations

import pytest

from baixing.kernel.news import News
from baixing.kernel.refusals import NotNow


def test_each_hearer_hears_once_in_order() -> None:
    heard: list[str] = []
    lamps: News[str] = News()

    def first(item: str) -> None:
        heard.append(f"first {item}")

    def second(item: str) -> None:
        heard.append(f"second {item}")

    for hearer in (first, second, first):
        lamps.hear(hearer)
    lamps.tell("lit")

    assert heard == ["first lit", "second lit"]


def test_a_hearer_that_refuses_stops_the_deed() -> None:
    lamps: News[str] = News()

    @lamps.hear
    def refuse(_: str) -> None:
        raise NotNow

    with pytest.raises(NotNow):
        lamps.tell("lit")
