"""How the worker makes a plan: read, solved, proven, written. The web never loads this."""

from __future__ import annotations

import io
import logging
import traceback
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from baixing.dispatching.actions.confirming import offer_proven
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries.choices import Choices
from baixing.dispatching.queries.coverage import coverage
from baixing.dispatching.queries.days import Why
from baixing.dispatching.queries.inputs import Inputs, gather
from baixing.dispatching.queries.practice import first_come, parts
from baixing.dispatching.queries.seen import fingerprint
from baixing.dispatching.queries.shortages import shortage
from baixing.dispatching.queries.worth import worths
from baixing.dispatching.rules import PLAN_LIFE
from baixing.journal import actions as journal
from baixing.kernel.apart import apart
from baixing.kernel.calendar import is_workday
from baixing.kernel.refusals import Overtaken
from baixing.matching import Malformed, Match, World, bill, match
from baixing.orders.models import Order

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
LEASE: Final = timedelta(seconds=120)
TRIES: Final = 3
CHANGED_DAYS: Final = 3  # tries with another stretch of days for whoever found nobody in the first
BROKEN = gettext_noop("Something went wrong on our side. Please tell the centre, and dispatch by hand meanwhile.")


def warm_up(at: datetime) -> None:
    """Load the solver and the calendar before anybody waits for them."""
    is_workday(at.date())
    one = np.ones(1, np.int64)
    teams = {"home": np.zeros((1, 2)), "reach": one, "per_day": one, "per_week": one, "serves": np.ones((1, 1), bool)}
    orders = {"item": one - 1, "place": np.zeros((1, 2)), "weight": one, "first": one - 1, "last": one - 1}
    match(World.of({**teams, **orders, "days": np.array(1)}))


def work(clock: Clock) -> bool:
    """Make the plan that has waited longest; False when none waits."""
    plan = _taken_up(clock())
    if plan is None:
        return False
    if plan.tries > TRIES:  # whoever took it up before was killed over it
        _break_off(plan, clock())
        return True
    try:
        made = _make(plan, clock())
    except OperationalError:
        raise
    except Overtaken:  # somebody else has made it meanwhile
        return True
    except Exception as error:  # noqa: BLE001 - whatever it was, it must not stop the plans of others
        where = traceback.extract_tb(error.__traceback__)[-1]  # and never what it says: a database names values
        said = (plan.pk, type(error).__name__, where.filename, where.lineno)
        log.error("plan %s broke off: %s at %s:%s", *said)  # noqa: TRY400 - as just said
        _break_off(plan, clock())
        return True
    if made and plan.by_id is None:
        apart(f"offers of {plan}", lambda: offer_proven(plan, at=clock()))
    return True


def _taken_up(at: datetime) -> Plan | None:
    plan = Plan.objects.idle(at).select_related("unit", "by").order_by("at", "pk").first()
    if plan is None:
        return None
    ours = Plan.objects.filter(pk=plan.pk, version=plan.version, busy_until=plan.busy_until)
    if not ours.update(busy_until=at + LEASE, tries=F("tries") + 1):
        return None
    plan.refresh_from_db(fields=["tries", "busy_until"])
    return plan


def _make(plan: Plan, at: datetime) -> bool:
    inputs = gather(plan.unit, plan.policy, plan.days, at)
    found = _solved(inputs)
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
    }
    _write(plan, rows, told, at)
    apart("coverage", lambda: _cover(plan, inputs, found))
    return True


def _cover(plan: Plan, inputs: Inputs, found: Match) -> None:
    """After the plan stands, for nobody waits for it."""
    told = coverage(plan.unit, inputs.today, inputs.weights.road)
    Plan.objects.filter(pk=plan.pk).update(
        coverage=told | {"worth": worths(inputs, found.certificate.order, found.team)}
    )


def _solved(inputs: Inputs) -> Match:
    """The optimum; who found nobody is tried in another stretch of the days that its resident gave."""
    found = _matched(inputs)
    for attempt in range(1, CHANGED_DAYS):
        left = [inputs.orders[n].pk for n in np.flatnonzero(found.team < 0)]
        again = [pk for pk in left if len(inputs.spans[pk]) > attempt]
        if not again:
            break
        inputs.used.update(dict.fromkeys(again, attempt))
        found = _matched(inputs)
    return found


def _matched(inputs: Inputs) -> Match:
    """What is pinned and cannot be any more is planned as all the rest."""
    while True:
        try:
            return match(inputs.world, inputs.weights)
        except Malformed as error:
            if error.array != "pinned" or not inputs.pins:
                raise
            inputs.unpin(error.__cause__)


def _beside_practice(inputs: Inputs, found: Match) -> dict[str, Any]:
    """What first come, first served would come to on the same inputs."""
    team, day = first_come(inputs)
    free = replace(inputs.world, promised_team=None, promised_day=None, pinned=None)
    cost, _left = bill(free, inputs.weights, team, day)
    return {
        "practice": cost,
        "parts": {
            "plan": parts(inputs, found.team, found.day),
            "practice": parts(inputs, team, day),
            "later": sum(why == Why.LATER for why in inputs.why.values()),
        },
    }


def _proposals(plan: Plan, inputs: Inputs, found: Match) -> list[Proposal]:
    choices = Choices(inputs, found.team, found.day)
    past = [order for order in inputs.idle if inputs.why[order.pk] == Why.PAST]
    return [
        *(_proposal(plan, inputs, order, n, choices) for n, order in enumerate(inputs.orders)),
        *(_short(plan, order, {"code": Why.PAST.value}) for order in past),
    ]


def _proposal(plan: Plan, inputs: Inputs, order: Order, number: int, choices: Choices) -> Proposal:
    if choices.team[number] < 0:
        return _short(plan, order, shortage(inputs, order))
    return Proposal(
        plan=plan,
        order=order,
        seen=fingerprint(order),
        team=inputs.teams[int(choices.team[number])],
        day=inputs.day(int(choices.day[number])),
        choices=[choice.told() for choice in choices.of(number)],
        pinned=order.pk in inputs.pins,
    )


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
    for one in older.select_for_update().order_by("pk"):  # its last proposal may be confirmed at this moment
        PLAN_LIFE.move("supersede", None, one, ended_at=at)
    PLAN_LIFE.move("make", None, plan, **told)
    Proposal.objects.bulk_create(rows, batch_size=500)
    journal.write("make", plan, by=None, at=at, orders=len(rows), cost=plan.cost, proven=plan.proven)
    if all(row.state == Proposal.State.SHORT for row in rows):
        PLAN_LIFE.move("finish", None, plan, ended_at=at)


@transaction.atomic
def _break_off(plan: Plan, at: datetime) -> None:
    """Try again a little later; after some tries leave it."""
    if plan.tries < TRIES:
        Plan.objects.filter(pk=plan.pk).update(busy_until=at + timedelta(seconds=5))
        return
    plan.refresh_from_db()
    if plan.state == Plan.State.ASKED:
        PLAN_LIFE.move("fail", None, plan, why=BROKEN, busy_until=None, ended_at=at)
        journal.write("fail", plan, by=None, at=at)
