"""A plan of the station with what it proposes, and more of that; written as the worker would write it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from baixing.dispatching.models import Plan, Proposal, WhatIf
from baixing.dispatching.queries.seen import fingerprint, promised
from baixing.dispatching.rules.weights import defaults
from baixing.orders import actions
from baixing.orders.models import Order
from tests.access.held import copies
from tests.town import NINE, Town

PARTS = {"km": 5, "waited": 0, "most": 1, "teams": 1, "served": 1, "left": 1}


def things(town: Town) -> dict[str, int | str]:
    """Proposed, pinned, and nobody for the third."""
    plan = made(town)
    return {
        "plan": plan.pk,
        "proposal": proposed(plan, _pending(town), town).pk,
        "pinned_proposal": proposed(plan, _pending(town), town, pinned=True).pk,
        "promised_proposal": changing(plan, accepted(town), town).pk,
        "what_if": reckoned(town, by=town.gao).pk,
    }


def accepted(town: Town, *, answered: bool = True) -> Order:
    """Offered for tomorrow to the plumbers, and accepted by them."""
    order = _pending(town)
    actions.dispatch(order, town.plumbers, by=town.shi, at=NINE, day=NINE.date() + timedelta(days=1))
    if answered:
        actions.accept(order, by=town.luo, at=NINE)
    return Order.objects.with_nouns().get(pk=order.pk)


def changing(plan: Plan, order: Order, town: Town, **said: Any) -> Proposal:  # noqa: ANN401 - any part of it
    """That others go instead of the plumbers."""
    day = (NINE.date() + timedelta(days=1)).isoformat()
    promise = {"team": town.plumbers.pk, "day": day, "state": order.state, "lost": False, "spares": 70}
    choices = [_choice(town.others.pk, extra=0), _choice(town.plumbers.pk, extra=70)]
    changes = {"team": town.others, "choices": choices, "held": promised(order), "promise": promise}
    return proposed(plan, order, town, **changes, **said)


def made(town: Town) -> Plan:
    coverage = {"gaps": [{"item": town.tap_repair.pk, "none": 1, "full": 0, "far": 0, "where": [town.station.pk]}]}
    worth = [
        {
            "unit": town.institute.pk,
            "skill": town.tap_repair.skill_id,
            "points": 90,
            "visits": 2,
            "left": 1,
            "spared": 40,
        }
    ]
    return Plan.objects.create(
        state=Plan.State.MADE,
        unit=town.station,
        by=town.shi,
        at=NINE,
        policy=defaults(),
        made_at=NINE,
        first=NINE.date(),
        cost=50,
        bound=50,
        practice=60,
        proven=True,
        parts={"plan": PARTS, "practice": PARTS, "later": 0},
        coverage={**coverage, "villages": {}, "asked": {"villages": 1, "items": 1}, "worth": worth},
    )


def reckoned(town: Town, **said: Any) -> WhatIf:  # noqa: ANN401 - any part of it
    """One more team at home in the village; the other side leaves one order more without a team."""
    more = {"skill": town.tap_repair.skill_id, "home": town.station.pk, "reach": 1, "a_day": 2, "a_week": 6, "count": 1}
    told = {"more": [more], "away": [town.others.pk], "hours": [], "weights": {"wait": 9}}
    named = {"changes": told, "policy": defaults(), "month": NINE.date().replace(day=1), "key": secrets.token_hex(8)}
    found = {"as_is": _side(town, 1), "changed": _side(town, 0), "apart": 1, "without_day": 1}
    made = {"state": WhatIf.State.MADE, "made_at": NINE, "cost": 60, "changed_cost": 50, "proven": True, "found": found}
    return WhatIf.objects.create(**{"unit": town.station, "by": town.shi, "at": NINE, **named, **made, **said})


def _side(town: Town, left: int) -> dict[str, Any]:
    row, teams = [2, left, 3, 45], {str(town.plumbers.pk): 1} | ({} if left else {"new-1": 1})
    total = {"orders": 2, "left": left, "waited": 3, "km": 5, "teams": len(teams), "most": 1}
    by = {"below": town.station.path, "items": str(town.tap_repair.pk), "villages": str(town.station.pk)}
    parts = {name: {key: row} for name, key in by.items()}
    return {"total": total, "points": 60, "left_points": 50 * left, "teams": teams, **parts}


def proposed(plan: Plan, order: Order, town: Town, **said: Any) -> Proposal:  # noqa: ANN401 - any part of it
    """With two to choose from."""
    day = NINE.date() + timedelta(days=1)
    choices = [_choice(town.plumbers.pk, extra=0), _choice(town.others.pk, extra=40, km=7.5)]
    named = {"team": town.plumbers, "day": day, "choices": choices, "seen": fingerprint(order), **said}
    return Proposal.objects.create(plan=plan, order=order, **named)


def _choice(team: int, **said: float) -> dict[str, Any]:
    day = (NINE.date() + timedelta(days=1)).isoformat()
    return {"team": team, "day": day, "km": 3.5, "known": True, "nth": 1, "asked": None, "wait": 0, "extra": 0, **said}


def _pending(town: Town) -> Order:
    """Of a neighbour: nobody places more than three in ten minutes."""
    order = town.place()
    actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
    wei = town.wei
    Order.objects.filter(pk=order.pk).update(resident=wei, placed_by=wei, phone=wei.phone, phone_tail=wei.phone_tail)
    return Order.objects.with_nouns().get(pk=order.pk)


def grow(near: dict[str, int | str], by: int) -> None:
    proposal = Proposal.objects.select_related("order").get(pk=near["proposal"])
    orders = copies(proposal.order, by)
    for order in orders:
        order.code = secrets.token_hex(8)
    made = Order.objects.bulk_create(orders)
    rows = copies(proposal, by)
    for row, order in zip(rows, made, strict=True):
        row.order = order
    Proposal.objects.bulk_create(rows)
    WhatIf.objects.bulk_create(copies(WhatIf.objects.get(pk=near["what_if"]), by))
