"""Orders in the hands of many people who may and may not: whatever they do, every promise is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from baixing.orders.models import Order
from tests.orders.machine import table
from tests.orders.machine.deeds import DEEDS
from tests.orders.machine.play import Play
from tests.orders.machine.record import TERMINAL
from tests.orders.machine.stage import Stage, raised, undone
from tests.orders.machine.ways import WAYS, Walk

BOUNDED = settings(
    derandomize=True,
    max_examples=3,
    stateful_step_count=16,
    deadline=None,
    database=None,
    print_blob=False,
    phases=(Phase.explicit, Phase.generate),  # a failure tells its steps; shrinking it takes minutes
    suppress_health_check=list(HealthCheck),
)
FEW, SOMEBODY = st.integers(0, 5), st.one_of(st.none(), st.none(), st.integers(0, 20))
STALE = st.integers(0, 9).map(lambda n: n == 9)
MOST_LIVE = 4
RARE = 4  # verbs that may happen in none of the examples; each happens on a known way


class Orders(RuleBasedStateMachine):
    """A town in which anything may be tried. `None` is somebody who may, a number anybody."""

    stage: Stage
    seen: Counter[str]
    first: str  # the state in which an order is to begin with

    def __init__(self) -> None:
        super().__init__()
        self.undone = ExitStack()
        self.undone.enter_context(undone())
        self.play = Play(self.stage, self.seen)

    def teardown(self) -> None:
        self.undone.close()

    @initialize(n=FEW)
    def begin(self, n: int) -> None:
        ways = WAYS[self.first]
        Walk(self.play).go(ways[n % len(ways)])

    @rule(who=st.integers(0, 20), n=FEW)
    def place(self, who: int, n: int) -> None:
        people = (*self.stage.residents, *self.stage.people)
        self.play.place(people[who % len(people)], n)

    @rule(state=st.sampled_from([*WAYS]), n=FEW, who=st.integers(0, 2))
    def reach(self, state: str, n: int, who: int) -> None:
        """Deep states are walked to; on a stage where much has happened the walk may end early."""
        way = WAYS[state][n % len(WAYS[state])]
        waiting = Order.objects.filter(state="placed", item__isnull="wish" in way).order_by("pk").first()
        if waiting is None and len(_live()) < MOST_LIVE:
            waiting = self.play.place(self.stage.residents[who], 3 if "wish" in way else 0)
        if waiting is not None:
            Walk(self.play, waiting, strict=False).go(way)

    @rule(turn=st.integers(0, 100), which=FEW, who=SOMEBODY, n=FEW, stale=STALE)
    def what_fits(self, turn: int, which: int, who: int | None, n: int, stale: bool) -> None:
        """One of the verbs that the state of an order knows."""
        if order := self.chosen(_live(), which):
            verbs = sorted(verb for verb in DEEDS if order.state in table.starts(verb))
            self.attempt(verbs[turn % len(verbs)], order, who, n, stale=stale)

    @rule(verb=st.sampled_from(sorted(DEEDS)), which=FEW, who=SOMEBODY, n=FEW, stale=STALE)
    def anything(self, verb: str, which: int, who: int | None, n: int, stale: bool) -> None:
        if order := self.chosen(self.play.known, which):
            self.attempt(verb, order, who, n, stale=stale)

    @rule(hours=st.sampled_from((0, 0.1, 1, 3, 24, 72, 170)), which=FEW, ticks=st.booleans())
    def time_goes_by(self, hours: float, which: int, ticks: bool) -> None:
        """So many hours, or until something is due."""
        order = self.chosen(_live(), which)
        if hours or order is None:
            self.play.wait(timedelta(hours=hours))
        else:
            self.play.wait_for(order)
        if ticks:
            self.play.tick()

    @rule(which=FEW, comes=st.booleans())
    def offices_change(self, which: int, comes: bool) -> None:
        town, order = self.stage.town, self.chosen(_live(), which)
        if comes or order is None:
            units = (town.station, self.stage.village, town.institute)
            self.play.come(units[which % 3], self.stage.named("zhou"))
        else:
            self.play.leave(order.owner)

    def attempt(self, verb: str, order: Order, who: int | None, n: int, *, stale: bool) -> None:
        doer = self.play.fit(verb, order, n, pick=n) if who is None else self.stage.people[who]
        self.play.do(verb, order, doer or self.stage.people[n], n, stale=stale)

    def chosen(self, keys: Iterable[int], which: int) -> Order | None:
        found = sorted(keys)
        return self.play.known[found[which % len(found)]] if found else None


def _live() -> list[int]:
    return list(Order.objects.exclude(state__in=TERMINAL).values_list("pk", flat=True))


@pytest.mark.both
def test_every_promise_is_kept_whatever_people_do(db: None) -> None:
    stage, seen = raised(), Counter[str]()

    for number, state in enumerate(WAYS):
        machine = type("OrdersOfATown", (Orders,), {"stage": stage, "seen": seen, "first": state})
        run_state_machine_as_test(seed(number)(machine), settings=BOUNDED)

    assert {state for state in Order.State.values if not seen[f"in {state}"]} == set()
    assert len({verb for verb in table.VERBS if not seen[verb]}) <= RARE
