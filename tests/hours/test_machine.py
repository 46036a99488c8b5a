"""Whatever people do with hours, the books say one sum and two people stand behind it; and a planted fault is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from baixing.hours.actions import certifying, ledger, reviewing
from baixing.hours.models import HoursEntry, Record
from baixing.hours.queries import certificates, records, sums
from baixing.hours.rules import lives, reckoning
from baixing.hours.rules.standing import Standing
from baixing.journal import actions as journal
from baixing.kernel import rows
from baixing.kernel.life import Life
from tests.emptying import lifted
from tests.hours.office import DEEDS, Office
from tests.orders.machine.stage import undone

BOUNDED = settings(
    derandomize=True,
    max_examples=2,
    stateful_step_count=20,
    deadline=None,
    database=None,
    print_blob=False,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
SHORT = settings(BOUNDED, stateful_step_count=6)
NUMBER = st.integers(0, 30)
WEEK, MONTH = 24 * 7 + 1, 24 * 31  # hours
STALE = st.sampled_from((False, False, True))


class Month(RuleBasedStateMachine):
    """A month in which anything may be tried."""

    seen: Counter[str]
    office: Office
    phase: str

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(undone())
        self.mine = self.office.anew(Counter())

    def teardown(self) -> None:
        try:
            self.mine.close()
            self.seen.update(self.mine.seen)
        finally:
            self.undone.close()

    @initialize(which=NUMBER)
    def begin(self, which: int) -> None:
        if self.phase != "claimed":
            self.mine.fill(which)
        if self.phase in {"shown", "objected"}:
            self.mine.show(which, objected=self.phase == "objected")
            for hours in (1, WEEK):
                self.mine.wait(hours)
                self.mine.attempt("certificate", "issue")
        elif self.phase == "corrected":
            self.mine.put_right(which)
            self.mine.tamper(which)
            self.mine.ask_transfer(which, 0, 90)
            self.mine.ask_transfer(which + 1, 0, 90)
            if which % 3 == 0:
                self.mine.erase()

    @rule(deed=st.sampled_from(sorted(DEEDS)), which=NUMBER, who=NUMBER, stale=STALE)
    def do(self, deed: tuple[str, str], which: int, who: int, stale: bool) -> None:
        self.mine.do(*deed, which, who, stale=stale)

    @rule(which=NUMBER)
    def do_as_one_may(self, which: int) -> None:
        self.mine.do_fitting(which)

    @rule(which=NUMBER)
    def do_as_one_may_again(self, which: int) -> None:
        self.mine.do_fitting(which + 11)

    @rule(which=NUMBER)
    def draft(self, which: int) -> None:
        self.mine.draft(which)

    @rule(which=NUMBER, who=NUMBER)
    def object_to(self, which: int, who: int) -> None:
        self.mine.object_to(which, who)

    @rule(which=NUMBER, who=NUMBER)
    def settle(self, which: int, who: int) -> None:
        self.mine.settle(which, who)

    @rule(which=NUMBER, who=NUMBER, minutes=st.sampled_from((0, 30, 60)))
    def ask_correction(self, which: int, who: int, minutes: int) -> None:
        self.mine.ask_correction(which, who, minutes)

    @rule(which=NUMBER, who=NUMBER, minutes=st.sampled_from((90, 600)))
    def ask_transfer(self, which: int, who: int, minutes: int) -> None:
        self.mine.ask_transfer(which, who, minutes)

    @rule(which=NUMBER)
    def tamper(self, which: int) -> None:
        self.mine.tamper(which)

    @rule(hours=st.sampled_from((1, WEEK, MONTH)))
    def wait(self, hours: int) -> None:
        self.mine.wait(hours)

    @rule(number=NUMBER)
    def erase(self, number: int) -> None:
        if number in {7, 11, 13}:
            self.mine.erase()


PHASES = ("claimed", "shown", "objected", "corrected")


def play(office: Office, *phases: str, bounds: settings = BOUNDED) -> Counter[str]:
    seen: Counter[str] = Counter()
    for phase in phases:
        machine = type("MonthOfATown", (Month,), {"office": office, "seen": seen, "phase": phase})
        run_state_machine_as_test(seed(PHASES.index(phase))(machine), settings=bounds)
    return seen


@pytest.fixture
def office(db: None) -> Office:
    return Office.opened(Counter())


@pytest.mark.both
def test_every_promise_about_hours_is_kept(office: Office) -> None:
    seen = play(office, *PHASES)

    verbs = {verb if kind == "claim" else f"{verb} {kind}" for kind, verb in DEEDS}
    others = {"draft", "object", "settle", "ask_correction", "take_in", "erase", "tamper", "publish_roots"}
    assert {*verbs, *others} - set(seen) == set()


def _rows(life: Life[Any, Any], verb: str, **changes: Any) -> Callable[[], AbstractContextManager[object]]:  # noqa: ANN401 - handed on
    moved = tuple(replace(row, **changes) if row.verb == verb else row for row in life)
    return lambda: patch.object(life, "_moves", moved)


@contextmanager
def _alone() -> Iterator[None]:
    """Whoever checks may credit too."""
    anybody = _rows(lives.CLAIM, "credit", who=Standing.checks)
    with anybody(), patch.object(reviewing, "_another_one", lambda *_: None):
        yield


@contextmanager
def _at_home() -> Iterator[None]:
    """What was entered late is credited by those who entered it."""
    near = _rows(lives.CLAIM, "credit", who=lambda one, claim: one.is_in_charge(claim.session.unit))
    with near(), patch.object(reviewing, "_another_one", lambda *_: None):
        yield


def _unchained(line: HoursEntry | Record) -> bool:
    if isinstance(line, HoursEntry):
        line.before = ""
        line.digest = line.digest_of_all()
    return ADD(line)


def _forgetful(verb: str, *args: Any, **facts: Any) -> object:  # noqa: ANN401 - handed on
    return None if verb == "review" else WRITE(verb, *args, **facts)


ADD, WRITE, MINUTES, TOTAL = rows.add, journal.write, sums.minutes_of, sums.total_of
FAULTS: dict[str, tuple[str, Callable[[], AbstractContextManager[object]]]] = {
    "one person checks and credits": ("corrected", _alone),
    "two names behind one telephone are two": (
        "corrected",
        lambda: patch.object(Standing, "is_one_with", lambda self, other: other and other.pk == self.person.pk),
    ),
    "what was late needs nobody from above": ("corrected", _at_home),
    "the triggers are lifted": ("corrected", lambda: lifted(connection)),
    "the chain skips a line": ("corrected", lambda: patch.object(ledger, "add", _unchained)),
    "a moment counts twice": ("corrected", lambda: patch.object(reckoning, "without", lambda span, _others: [span])),
    "a day has as many hours as are told": (
        "corrected",
        lambda: patch.object(reckoning, "within_the_day", lambda days, _had: days),
    ),
    "what was taken back counts": (
        "corrected",
        lambda: patch.object(sums, "minutes_of", lambda entries: MINUTES(entries.exclude(kind="reversal"))),
    ),
    "the profile has a sum of its own": (
        "corrected",
        lambda: patch.object(records, "total_of", lambda volunteer: TOTAL(volunteer) // 60 * 60 + 1),
    ),
    "a certificate has a sum of its own": (
        "shown",
        lambda: patch.object(certificates, "total_of", lambda volunteer: TOTAL(volunteer) + 60),
    ),
    "an objection is not heard": ("objected", _rows(lives.CERTIFICATE, "issue", guard=None)),
    "a certificate is issued at once": ("shown", lambda: patch.object(certifying, "ON_SHOW", timedelta())),
    "who goes takes the minutes along": (
        "corrected",
        lambda: patch.object(sums, "_before", lambda _until: HoursEntry.objects.filter(person__erased_at=None)),
    ),
    "a line of the journal is forgotten": ("claimed", lambda: patch.object(journal, "write", _forgetful)),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_planted_fault_is_found(office: Office, fault: str) -> None:
    phase, plant = FAULTS[fault]
    with plant(), pytest.raises((AssertionError, IntegrityError)):
        play(office, phase, bounds=SHORT)
