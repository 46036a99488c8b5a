"""Who may do what with a proposal, and with a plan; and days on which an order may be served."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baixing.dispatching import actions
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries.days import Span, Why, spans_of, weight_of
from baixing.dispatching.rules import LIFE, dispatches, reads
from baixing.dispatching.rules.weights import WEIGHTS, defaults, fault
from baixing.kernel.refusals import NotNow
from baixing.orders.models import Order
from baixing.orders.rules import Standing
from baixing.schedule.actions import Slot
from tests.access.plans import accepted, changing, made, proposed
from tests.dispatching.stage import dispatcher
from tests.town import DAY, HOUR, NINE, Town

pytestmark = pytest.mark.django_db
TODAY = NINE.date()
ALL = "change confirm pin"
#   state            shi, who dispatches   zhou, its clerk       wu, staff above   gao, the city's head   jin
POWERS = {
    "proposed":      (ALL,                 ALL,                  "",               "",                    ""),
    "pinned":        ("change confirm unpin", "change confirm unpin", "",          "",                    ""),
    "offered":       ("",                  "",                   "",               "",                    ""),
    "stale":         ("",                  "",                   "",               "",                    ""),
    "superseded":    ("",                  "",                   "",               "",                    ""),
    "promised":      ("confirm",           "confirm",            "",               "",                    ""),
    "accepted":      ("ask_back",          "ask_back",           "",               "",                    ""),
}  # fmt: skip


def proposal_in(town: Town, state: str) -> Proposal:
    if state in {"promised", "accepted"}:
        return changing(made(town), accepted(town, answered=state == "accepted"), town)
    proposal = proposed(made(town), town.order_in("pending"), town, pinned=state == "pinned")
    if state == "offered":
        actions.confirm(proposal, by=town.shi, at=NINE)
    elif state == "stale":
        town.plumbers.active = False
        town.plumbers.save(update_fields=["active"])
        actions.confirm_or_overtake(proposal, by=town.shi, at=NINE)
    elif state == "superseded":
        Plan.objects.filter(pk=proposal.plan_id).update(state=Plan.State.SUPERSEDED)
    return Proposal.objects.with_nouns().get(pk=proposal.pk)


@pytest.mark.parametrize("state", POWERS)
def test_the_powers_over_a_proposal(town: Town, state: str) -> None:
    proposal = proposal_in(town, state)
    people = (town.shi, town.zhou, town.wu, town.gao, town.jin)

    found = [" ".join(sorted(LIFE.powers(Standing(person, NINE), proposal))) for person in people]

    assert found == list(POWERS[state])


def test_dispatchers_plan_for_all_below_and_whoever_works_above_reads(town: Town) -> None:
    above = dispatcher(town, town.city)
    people = (above, town.shi, town.zhou, town.wu, town.gao, town.shen, town.jin)

    assert [dispatches(Standing(one, NINE), town.station) for one in people] == [True] * 3 + [False] * 4
    above_it = [one for one in people if reads(Standing(one, NINE), town.institute)]
    assert above_it == [above, town.wu, town.gao, town.shen]


def test_nothing_of_a_plan_that_was_replaced_is_offered(town: Town) -> None:
    proposal = proposal_in(town, "superseded")

    with pytest.raises(NotNow, match=r"newer plan|新的方案"):
        actions.confirm(proposal, by=town.shi, at=NINE)


def test_days_are_the_residents_own_after_the_notice_and_no_later_than_the_plan(town: Town) -> None:
    def windows(*days: int) -> Order:
        slots = tuple(Slot(NINE + day * DAY + HOUR, NINE + day * DAY + 3 * HOUR) for day in days)
        order = town.place(windows=slots)
        Order.objects.filter(pk=order.pk).update(resident=town.wei, placed_by=town.wei)
        return order

    until, on = TODAY + 13 * DAY, {n: TODAY + n * DAY for n in range(20)}
    several, today, far, any_time = windows(0, 2, 3, 5), windows(0), windows(18), windows()

    assert spans_of(several, NINE, 1, until) == [Span(on[2], on[3]), Span(on[5], on[5])]
    assert spans_of(several, NINE, 0, TODAY + DAY) == [Span(on[0], on[0])]
    assert spans_of(today, NINE, 1, until) == [Span(on[0], on[0])]
    assert spans_of(far, NINE, 1, until) == Why.LATER
    assert spans_of(today, NINE + 2 * DAY, 1, until) == Why.PAST
    assert spans_of(any_time, NINE, 1, until) == [Span(on[1], any_time.promised_at.date())]
    assert [weight_of(any_time, NINE), weight_of(any_time, NINE + timedelta(days=90))] == [2, 3]


@pytest.mark.parametrize("weight", WEIGHTS, ids=lambda weight: weight.name)
def test_every_weight_has_bounds_that_hold(weight: object) -> None:
    name, least, most = (getattr(weight, part) for part in ("name", "least", "most"))
    fine = [fault(defaults() | {name: value}) for value in (least, most)]
    wrong = [fault(defaults() | {name: value}) for value in (least - 1, most + 1)]

    assert (fine, wrong, fault(defaults() | {"notice": 3})) == (["", ""], [name, name], "notice")
