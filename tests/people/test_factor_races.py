"""The second factor asked many times at the same moment. Each race has its control, the guard taken off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
import time_machine

from baixing.people import actions
from baixing.people.actions import factors
from baixing.people.models import CodeLimit, Factor, SignIn
from tests.kernel.threads import at_once
from tests.people.door import NINE, known, wrong
from tests.people.proving import signed_in
from tests.second_step import app_of, shown_by

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("staff")]
THIEVES = 40


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.fixture
def browser() -> SignIn:
    return signed_in(known())


def came_to(deed: Callable[[], bool], times: int) -> Counter[str]:
    ends = at_once(*[deed] * times)
    return Counter(type(end).__name__ if isinstance(end, Exception) else str(end) for end in ends)


def test_of_many_wrong_codes_at_once_five_are_tried(browser: SignIn) -> None:
    code = wrong(shown_by(app_of(browser.person)))

    ends = came_to(lambda: actions.prove_by_app(browser, code, at=NINE), THIEVES)

    assert ends == {"False": 5, "TooMany": THIEVES - 5}
    assert max(CodeLimit.objects.filter(kind="factor").values_list("turn", flat=True)) == 5


def test_without_the_count_all_of_them_are(browser: SignIn) -> None:
    code = wrong(shown_by(app_of(browser.person)))

    with patch.object(factors, "take_try", lambda *_args, **_limits: True):
        ends = came_to(lambda: actions.prove_by_app(browser, code, at=NINE), THIEVES)

    assert ends == {"False": THIEVES}


def test_a_right_code_sent_four_times_at_once_is_taken_once(browser: SignIn) -> None:
    code = shown_by(app_of(browser.person))

    ends = came_to(lambda: actions.prove_by_app(browser, code, at=NINE), 4)

    assert ends == {"True": 1, "False": 3}


def test_without_the_comparison_it_would_be_taken_each_time(browser: SignIn) -> None:
    code = shown_by(app_of(browser.person))

    def again() -> bool:
        Factor.objects.update(count=0)  # as if nobody remembered the last one
        return actions.prove_by_app(browser, code, at=NINE)

    assert [again() for _ in range(3)] == [True] * 3
