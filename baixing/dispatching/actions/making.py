"""How the worker makes a plan: read, solved, proven, written. The web never loads this."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from baixing.dispatching.actions.offering import offer_proven
from baixing.dispatching.actions.queueing import BROKEN, Clock, attempted, taken_up
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries.choices import Choices
from baixing.dispatching.queries.coverage import coverage
from baixing.dispatching.queries.days import Why
from baixing.dispatching.queries.hands import held, in_hand
from baixing.dispatching.queries.households import beside, meet, part
from baixing.dispatching.queries.inputs import Inputs, gather
from baixing.dispatching.queries.practice import first_come, parts
from baixing.dispatching.queries.seen import fingerprint, promised
from baixing.dispatching.queries.shortages import shortage
from baixing.dispatching.queries.staying import kept, stay
from baixing.dispatching.queries.worth import worths
from baixing.dispatching.rules import PLAN_LIFE
from baixing.journal import actions as journal
from baixing.kernel.apart import apart
from baixing.kernel.calendar import is_workday
from baixing.matching import Malformed, Match, World, bill, match
from baixing.orders.models import Order


def warm_up(at: datetime) -> None:
    """Load the solver and the calendar before anybody waits for them."""
    is_workday(at.date())
    one = np.ones(1, np.int64)
    teams = {"home": np.zeros((1, 2)), "reach": one, "per_day": one, "per_week": one, "serves": np.ones((1, 1), bool)}
    orders = {"item": one - 1, "place": np.zeros((1, 2)), "weight": one, "first": one - 1, "last": one - 1}
    match(World.of({**teams, **orders, "days": np.array(1)}))


def work(clock: Clock) -> bool:
    """Make the plan that has waited longest; False when none waits."""
    plan = taken_up(Plan.objects.select_related("unit", "by"), clock())
    if plan is None:
        return False
    if attempted(plan, _make, _fail, clock) and plan.by_id is None:
        apart(f"offers of {plan}", lambda: offer_proven(plan, at=clock()))
    return True


def _make(plan: Plan, at: datetime) -> None:
    inputs, found = _answer(plan, at)
    rows = _proposals(plan, inputs, found)
    told = {
        "made_at": at,
        "first": inputs.today,
        "digest": inputs.digest(),
        "proven": found.proven,
        "cost": found.cost,
        "bound": found.bound,
        **_beside_practice(inputs, found),
        "certificate": _packed(found),
        "busy_until": None,
        "why": "",
    }
    _write(plan, rows, told, at)
    apart("coverage", lambda: _cover(plan, inputs, found))


def _answer(plan: Plan, at: datetime) -> tuple[Inputs, Match]:
    but = _held(at) if plan.by_id is None else frozenset()
    try:
        inputs = gather(plan.unit, plan.policy, plan.days, at, moves=plan.moves, but=but)
        return inputs, _solved(inputs)
    except Malformed as error:
        if error.array != "pinned" or not plan.moves:
            raise
        inputs = gather(
            plan.unit, plan.policy, plan.days, at, but=but
        )  # a promise that breaks a rule is not for plans to mend
        return inputs, _solved(inputs)


def _cover(plan: Plan, inputs: Inputs, found: Match) -> None:
    """After the plan stands, for nobody waits for it."""
    told = coverage(plan.unit, inputs.today, inputs.weights.road)
    Plan.objects.filter(pk=plan.pk).update(
        coverage=told | {"worth": worths(inputs, found.certificate.order, found.team)}
    )


def _solved(inputs: Inputs) -> Match:
    """The optimum over all days that residents gave. Households together, but for those that cannot be."""
    meet(inputs)
    found = _cheapest(inputs)
    while part(inputs, found) | stay(inputs, found):
        found = _cheapest(inputs)
    return found


def _cheapest(inputs: Inputs) -> Match:
    """What is pinned and cannot be any more is planned as all the rest."""
    while True:
        try:
            return match(inputs.world, inputs.weights)
        except Malformed as error:
            if error.array != "pinned" or not inputs.pins:
                raise
            _unpin(inputs, error.__cause__)


def _unpin(inputs: Inputs, cause: BaseException | None) -> None:
    """Forget the pin that breaks a rule; where a team has no room, all of that team; if nobody knows, every one."""
    order, team = getattr(cause, "order", -1), getattr(cause, "team", -1)
    named = inputs.orders[order].pk if order >= 0 else None
    full = inputs.teams[team].pk if team >= 0 else None
    wrong = [pk for pk, pin in inputs.pins.items() if pk == named or pin.team == full]
    for pk in wrong or list(inputs.pins):
        del inputs.pins[pk]


def _beside_practice(inputs: Inputs, found: Match) -> dict[str, Any]:
    """What first come, first served would come to on the same inputs."""
    team, day = first_come(inputs)
    free = replace(inputs.world, promised_team=None, promised_day=None, pinned=None, household=None)
    cost, _left = bill(free, inputs.weights, team, day)
    return {
        "practice": cost,
        "parts": {
            "plan": parts(inputs, found.team, found.day),
            "practice": parts(inputs, team, day),
            "later": sum(why == Why.LATER for why in inputs.why.values()),
            "past": sum(why == Why.PAST for why in inputs.why.values()),
        },
    }


def _proposals(plan: Plan, inputs: Inputs, found: Match) -> list[Proposal]:
    choices = Choices(inputs, found.team, found.day)
    past = [order for order in inputs.idle if inputs.why[order.pk] == Why.PAST]
    moved = (number for number in range(len(inputs.orders)) if not kept(inputs, found, number))
    return [
        *(_proposal(plan, inputs, inputs.orders[number], number, choices) for number in moved),
        *(_short(plan, order, {"code": Why.PAST.value}) for order in past),
    ]


def _proposal(plan: Plan, inputs: Inputs, order: Order, number: int, choices: Choices) -> Proposal:
    if choices.team[number] < 0:
        short = _short(plan, order, shortage(inputs, order))
        short.promise = _promise(inputs, order, None).get("promise", {})
        return short
    return Proposal(
        plan=plan,
        order=order,
        seen=fingerprint(order),
        team=inputs.teams[int(choices.team[number])],
        day=inputs.day(int(choices.day[number])),
        choices=[choice.told() for choice in choices.of(number)],
        beside=beside(inputs, order),
        **_promise(inputs, order, choices.spares(number)),
        pinned=order.pk in inputs.pins,
    )


def _promise(inputs: Inputs, order: Order, spares: int | None) -> dict[str, Any]:
    """What a proposal would change, in its parts."""
    one = inputs.promises.get(order.pk)
    if one is None:
        return {}
    said = {
        "team": one.team.pk,
        "day": one.day and one.day.isoformat(),
        "state": one.state,
        "lost": one.lost,
        "spares": spares,
    }
    return {"held": promised(order), "promise": said}


def _short(plan: Plan, order: Order, why: dict[str, Any]) -> Proposal:
    state = Proposal.State.SHORT
    return Proposal(plan=plan, order=order, seen=fingerprint(order), state=state, shortage=why)


def _packed(found: Match) -> bytes:
    """The prices, as numpy keeps arrays: whoever has the inputs can check that no plan costs less."""
    kept = io.BytesIO()
    prices = found.certificate
    np.savez(kept, order=prices.order, day=prices.day, week=prices.week, team=found.team, chosen=found.day)
    return zlib.compress(kept.getvalue())


@transaction.atomic
def _write(plan: Plan, rows: list[Proposal], told: dict[str, Any], at: datetime) -> None:
    older = Plan.objects.filter(unit=plan.unit, state=Plan.State.MADE).exclude(pk=plan.pk)
    locked = list(older.select_for_update().order_by("pk"))  # a last proposal may be confirmed at this moment
    stay = set(in_hand(at).values_list("pk", flat=True)) if plan.by_id is None else set()
    for one in locked:
        if one.pk not in stay:
            PLAN_LIFE.move("supersede", None, one, ended_at=at)
    if plan.by_id is None:  # somebody may have taken one of these orders in hand meanwhile
        orders = _held(at)
        rows = [row for row in rows if row.order_id not in orders]
    PLAN_LIFE.move("make", None, plan, **told)
    Proposal.objects.bulk_create(rows, batch_size=500)
    journal.write("make", plan, by=None, at=at, orders=len(rows), cost=plan.cost, proven=plan.proven)
    if all(row.state == Proposal.State.SHORT for row in rows):
        PLAN_LIFE.move("finish", None, plan, ended_at=at)


def _held(at: datetime) -> frozenset[int]:
    """Orders that the clock leaves to the people who have them in hand."""
    return frozenset(held(at).values_list("order", flat=True))


@transaction.atomic
def _fail(plan: Plan, at: datetime) -> None:
    PLAN_LIFE.move("fail", None, plan, why=BROKEN, busy_until=None, ended_at=at)
    journal.write("fail", plan, by=None, at=at)
