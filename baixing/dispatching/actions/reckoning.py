"""How the worker reckons a what-if: a month planned as things are, and again with the changes.

The web never loads this. It writes its own row and nothing else: no proposal, no offer.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_noop

from baixing.dispatching.actions.queueing import Clock, attempted, taken_up
from baixing.dispatching.models import WhatIf
from baixing.dispatching.queries.crews import Fitting, changed, crews
from baixing.dispatching.queries.demand import demand
from baixing.dispatching.queries.months import Month, Side
from baixing.dispatching.queries.outcomes import outcome
from baixing.dispatching.rules.changes import Changes
from baixing.dispatching.rules.what_ifs import LIFE
from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.matching import Match, match
from baixing.network.models import Unit

LEASE: Final = timedelta(minutes=10)
BROKEN = gettext_noop("Something went wrong on our side. Please tell the centre; nothing was changed.")


def work(clock: Clock, give_way: Callable[[], object] = lambda: None) -> bool:
    """Reckon the what-if that has waited longest; False when none waits. `give_way` is done before each of its steps:
    what somebody waits for.
    """
    what_if = taken_up(WhatIf.objects.select_related("unit", "by"), clock(), LEASE)
    if what_if is None:
        return False
    attempted(what_if, partial(_make, give_way=give_way), _fail, clock)
    return True


def _make(what_if: WhatIf, at: datetime, *, give_way: Callable[[], object]) -> None:
    wanted = demand(what_if.unit, what_if.month)
    month = Month(wanted, what_if.month, what_if.policy["notice"])
    as_is, other = sides(what_if, month, at)
    give_way()
    plain = match(as_is.world, as_is.weights)
    give_way()
    with_changes = match(other.world, other.weights)
    told = {
        "made_at": at,
        "digest": as_is.digest(),
        "changed_digest": other.digest(),
        "proven": plain.proven and with_changes.proven,
        "cost": plain.cost,
        "changed_cost": with_changes.cost,
        "found": {
            "as_is": outcome(as_is, plain, what_if.unit, what_if.policy),
            "changed": outcome(other, with_changes, what_if.unit, what_if.policy),
            "apart": wanted.apart,
            "without_day": month.without_day,
        },
        "certificate": _packed({"as_is": plain, "changed": with_changes}),
        "busy_until": None,
        "why": "",
    }
    _write(what_if, told, at)


def sides(what_if: WhatIf, month: Month, at: datetime) -> tuple[Side, Side]:
    """The month as things are, and as somebody asks."""
    changes = Changes.of(what_if.changes)
    found = crews(month.orders, changes.teams, month.monday, month.days)
    homes = {unit.pk: unit for unit in _homes(changes)}
    fitting = Fitting(month.orders, found, at.astimezone(LOCAL).date())
    other = {**what_if.policy, **changes.weights}
    return month.side(fitting, found, what_if.policy), month.side(fitting, changed(found, changes, homes), other)


def _homes(changes: Changes) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=[one.home for one in changes.more]).select_related("parent"))


def _packed(found: Mapping[str, Match]) -> bytes:
    """The prices of both, as numpy keeps arrays: whoever has the inputs can check that no plan costs less."""
    kept = io.BytesIO()
    arrays = {
        f"{name}_{part}": array
        for name, one in found.items()
        for part, array in (
            ("order", one.certificate.order),
            ("day", one.certificate.day),
            ("week", one.certificate.week),
            ("team", one.team),
            ("chosen", one.day),
        )
    }
    np.savez(kept, **arrays)  # type: ignore[arg-type]  # its stubs take the arrays for its one option
    return zlib.compress(kept.getvalue())


@transaction.atomic
def _write(what_if: WhatIf, told: dict[str, Any], at: datetime) -> None:
    LIFE.move("make", None, what_if, **told)
    journal.write("make", what_if, by=None, at=at, cost=what_if.cost, changed=what_if.changed_cost)


@transaction.atomic
def _fail(what_if: WhatIf, at: datetime) -> None:
    LIFE.move("fail", None, what_if, why=BROKEN, busy_until=None, ended_at=at)
    journal.write("fail", what_if, by=None, at=at)
