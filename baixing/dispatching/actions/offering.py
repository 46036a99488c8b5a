"""Many proposals confirmed by one tap, or by the clock: some at a time, so that no lock is held for long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any, Final

from django.db import InterfaceError, OperationalError, transaction

from baixing.dispatching.actions.confirming import Turn, confirm_or_overtake, finish
from baixing.dispatching.models import Plan, Proposal
from baixing.dispatching.queries.policies import is_automatic
from baixing.dispatching.queries.seen import over
from baixing.dispatching.rules import MOST_AT_ONCE
from baixing.kernel.apart import apart
from baixing.kernel.refusals import NotAllowed
from baixing.people.models import Person

PART: Final = 20  # proposals in one transaction
Told = dict[str, Any]
Deed = Callable[[], Told]
Apiece = Callable[[int, Deed], Told]


@dataclass
class Offered:
    """What came of one tap. Of proposals their keys, but for those that are offered."""

    offered: int = 0
    overtaken: list[int] = field(default_factory=list)  # they say why
    kept: list[int] = field(default_factory=list)  # somebody else may offer them
    broken: bool = False  # some stand as before, for something of ours went wrong

    def add(self, told: Told) -> None:
        self.offered += told["offered"]
        self.overtaken += told["overtaken"]
        self.kept += told["kept"]


def _in_a_transaction(_number: int, deed: Deed) -> Told:
    with transaction.atomic():
        return deed()


def confirm_all(plan: Plan, *, by: Person, at: datetime, apiece: Apiece = _in_a_transaction) -> Offered:
    """Everything that is still proposed, whose time is not over and that changes no promise, up to a hundred, the most
    pressing.

    Some at a time, each part in a transaction of its own, which `apiece` gives it: one that breaks off takes no other
    with it, and who is killed leaves whole parts.
    """
    done, tried = Offered(), set[int]()
    loose = plan.proposals.loose().exclude(over(at)).with_nouns().order_by("order__due_at", "order_id")

    def deed() -> Told:
        some = list(loose.exclude(pk__in=tried)[: min(PART, MOST_AT_ONCE - len(tried))])
        tried.update(one.pk for one in some)
        return _offer(plan, some, by=by, at=at)

    for number in range(-(-MOST_AT_ONCE // PART)):
        try:
            told = apart(f"offers of {plan}", lambda: apiece(number, deed))  # noqa: B023 - done at once
        except (OperationalError, InterfaceError):
            done.broken = True  # what is left would fare no better now
            break
        if told is None:
            done.broken = True
        else:
            done.add(told)
            if not any(told.values()):
                break
    return done


def _offer(plan: Plan, some: list[Proposal], *, by: Person, at: datetime) -> Told:
    """In the order of the orders' keys, as everybody does, so that no two wait for each other."""
    turn, done = Turn(some, by=by, at=at), Offered()
    for one in sorted(some, key=lambda one: one.order_id):
        try:
            why = turn.confirm_or_overtake(one)
        except NotAllowed:
            done.kept.append(one.pk)
            continue
        if why:
            done.overtaken.append(one.pk)
        else:
            done.offered += 1
    finish(plan, at)
    return {"offered": done.offered, "overtaken": done.overtaken, "kept": done.kept}


def offer_proven(plan: Plan, *, at: datetime) -> int:
    """By the clock, as long as a head lets it: what the plan proposes, if it is proven to be the best; how many."""
    plan.refresh_from_db()
    if plan.state != Plan.State.MADE or not plan.proven or plan.by_id is not None:
        return 0
    waiting = list(plan.proposals.loose().with_nouns().order_by("team_id", "pk"))
    allowed = takewhile(lambda _one: is_automatic(plan.unit), waiting)
    return sum(not confirm_or_overtake(one, by=None, at=at) for one in allowed)
