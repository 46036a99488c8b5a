"""Whatever people do with sign-ups, seats and the line, every promise is kept; and a planted fault is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from baixing.journal import actions as journal
from baixing.schedule.actions import seats, signing_up
from baixing.schedule.models import Signup, SignupQuerySet
from baixing.schedule.rules.signup import LIFE
from tests.orders.machine.stage import undone
from tests.schedule.crowd import DEEDS, Crowd
from tests.schedule.stage import RESIDENTS, VOLUNTEERS
from tests.town import Town

BOUNDED = settings(
    derandomize=True,
    max_examples=3,
    stateful_step_count=22,
    deadline=None,
    database=None,
    print_blob=False,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
NUMBER = st.integers(0, 30)
STALE = st.sampled_from((False, True, False))


class Evening(RuleBasedStateMachine):
    """An evening at which anything may be tried."""

    town: Town
    seen: Counter[str]
    phase: str

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(undone())

    def teardown(self) -> None:
        try:
            self.crowd.end("report")
        finally:
            self.undone.close()

    @initialize(who=NUMBER)
    def begin(self, who: int) -> None:
        """Each evening begins full, with children among the guests and a pair in the line."""
        self.crowd = Crowd.gathered(self.town, approval=self.phase == "approval")
        self.crowd.seen = self.seen
        for number in range(8):
            self.crowd.sign_up(who + number * 5, RESIDENTS, 1)
        self.crowd.sign_up(who, RESIDENTS, 2)
        for number in range(2):
            self.crowd.do("cancel", number, 1, stale=False)
        if self.phase in {"door", "over"}:
            self.crowd.to_the_door()
        if self.phase == "over":
            for number in range(3):
                self.crowd.do("check_in", number, 1, stale=False)
            self.crowd.go_home()

    @rule(who=NUMBER, heads=st.sampled_from((1, 1, 1, 2, 3)), volunteer=st.booleans())
    def sign_up(self, who: int, heads: int, volunteer: bool) -> None:
        self.crowd.sign_up(who, VOLUNTEERS if volunteer and heads == 1 else RESIDENTS, heads)

    @rule(verb=st.sampled_from(sorted(DEEDS)), which=NUMBER, who=NUMBER, stale=STALE)
    def do(self, verb: str, which: int, who: int, stale: bool) -> None:
        self.crowd.do(verb, which, who, stale=stale)

    @rule(which=NUMBER)
    def do_as_one_may(self, which: int) -> None:
        self.crowd.do_fitting(which)

    @rule(which=NUMBER)
    def do_as_one_may_again(self, which: int) -> None:
        self.crowd.do_fitting(which + 11)

    @rule(which=NUMBER)
    def give_back(self, which: int) -> None:
        self.crowd.do("cancel", which, 0, stale=False)

    @rule(seats=st.integers(1, 7))
    def resize(self, seats: int) -> None:
        self.crowd.resize(seats)

    @rule(hours=st.sampled_from((0.2, 0.5, 1, 12)))
    def wait(self, hours: float) -> None:
        self.crowd.wait(hours)

    @rule(goes=st.integers(0, 9))
    def to_the_door(self, goes: int) -> None:
        if goes == 5:
            self.crowd.to_the_door()
        elif goes == 7:
            self.crowd.go_home()

    @rule(number=st.integers(0, 19))
    def end(self, number: int) -> None:
        if number in {7, 11, 13}:
            self.crowd.end("call_off" if number == 7 else "report")


PHASES = ("before", "approval", "door", "over")


def play(town: Town) -> Counter[str]:
    seen: Counter[str] = Counter()
    for number, phase in enumerate(PHASES):
        machine = type("EveningOfATown", (Evening,), {"town": town, "seen": seen, "phase": phase})
        run_state_machine_as_test(seed(number)(machine), settings=BOUNDED)
    return seen


@pytest.mark.both
def test_every_promise_about_seats_is_kept(town: Town) -> None:
    seen = play(town)

    assert {*DEEDS, "sign_up", "change", "tick", "report", "call_off"} - set(seen) == set()


def _rows(verb: str, **changes: Any) -> Callable[[], AbstractContextManager[object]]:  # noqa: ANN401 - handed on
    moved = tuple(replace(row, **changes) if row.verb == verb else row for row in LIFE)
    return lambda: patch.object(LIFE, "_moves", moved)


def _forgetful(verb: str, *args: Any, **facts: Any) -> object:  # noqa: ANN401 - handed on
    return None if verb == "promote" else WRITE(verb, *args, **facts)


WRITE = journal.write
FAULTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "a cancelled seat is not freed": lambda: patch.object(seats, "free", lambda *_, **__: None),
    "nobody is promoted": lambda: patch.object(seats, "promote", lambda *_, **__: None),
    "one seat for a party": lambda: patch.object(seats, "take_or_wait", lambda role, _heads: seats.take(role, 1)),
    "the last of the line first": lambda: patch.object(
        SignupQuerySet, "in_line", lambda self: self.filter(state="waiting").order_by("-queued_at", "-pk")
    ),
    "a line of the journal is forgotten": lambda: patch.object(journal, "write", _forgetful),
    "an end is cancelled": _rows("cancel", start=frozenset(Signup.State.values)),
    "an absent one comes": _rows("check_in", start=frozenset({"confirmed", "held", "absent", "cancelled"})),
    "more than there is room for": lambda: patch.object(signing_up, "_seat_or_line", lambda *_: "confirmed"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_planted_fault_is_found(town: Town, fault: str) -> None:
    with FAULTS[fault](), pytest.raises((AssertionError, Exception)) as found:
        play(town)

    assert found.type.__name__ != "Failed"
