"""One pass of the clock over all apps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings

from baixing.dispatching import actions as dispatching
from baixing.exchange import actions as exchange
from baixing.hours import actions as hours
from baixing.journal import actions as journal
from baixing.kernel import editions, once
from baixing.kernel.apart import apart
from baixing.kernel.calendar import LOCAL
from baixing.notices import actions as notices
from baixing.operations.actions.measuring import measure
from baixing.orders import actions as orders
from baixing.people import actions as people
from baixing.schedule import actions as schedule
from baixing.teams import actions as teams

KEYS_KEPT = timedelta(days=31)
CODES_KEPT = timedelta(days=2)
SIGN_INS_KEPT = timedelta(days=180)  # the least that the law asks for
ANSWER_WITHIN = timedelta(days=30)  # a guardian who was asked
FACTORS_KEPT = timedelta(days=30)  # without a post

DEEDS: dict[str, Callable[[datetime], int]] = {
    "facts": lambda at: orders.tell_facts(at=at),
    "unserved": lambda at: orders.retire_unserved(at=at),
    "roots": lambda at: hours.publish_roots(at=at),
    "duty": lambda at: teams.return_to_duty(at=at),
    "plans": lambda at: dispatching.ask_where_automatic(at=at),
    "lists": lambda at: exchange.forget(at=at),
    "keys": lambda at: once.forget(at - KEYS_KEPT),
    "changes": lambda _at: editions.sweep(),
    "measured": lambda at: measure(at=at),
    "codes": lambda at: people.forget_codes(at - CODES_KEPT) or 0,
}


def tick(*, at: datetime) -> dict[str, int]:
    """What was done, by name, and how many deeds broke off. Each stands in its own transaction and stops no other."""
    moved = _added(orders.tick(at=at), schedule.tick(at=at))
    done = {name: apart(name, partial(deed, at)) for name, deed in DEEDS.items()}
    forgotten = apart("forgetting", partial(forget, at=at))
    faults = moved["faults"] + [*done.values(), forgotten].count(None)
    return {**moved, **{name: count or 0 for name, count in done.items()}, **(forgotten or {}), "faults": faults}


def _added(*passes: dict[str, int]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in passes:
        total.update(one)
    return dict(total)


def forget(*, at: datetime) -> dict[str, int]:
    """Empty what was kept long enough: once a day, in as many passes as it takes. Ids and counts stay."""
    day = f"{at.astimezone(LOCAL):%F}"
    if people.was_first("forgetting", day):
        return {}
    old = at - settings.WORDS_KEPT
    done = {
        "forget_orders": orders.forget_ended(old, at=at),
        "forget_guests": schedule.forget_guests(old),
        "forget_notices": notices.forget_old(old),
        "forget_reasons": sum(
            journal.erase_words_before(old, kind=kind, at=at) for kind in ("teams.team", "teams.membership")
        ),
        "forget_guardians": people.forget_phones(at - ANSWER_WITHIN, at=at),
        "forget_sign_ins": people.forget_sign_ins(at - SIGN_INS_KEPT),
        "forget_what_ifs": dispatching.forget_what_ifs(at=at),
        "forget_plans": dispatching.forget_plans(at=at),
        "forget_sessions": people.forget_sessions(at),
        "forget_factors": people.forget_unneeded(at - FACTORS_KEPT, at=at),
    }
    if not done["forget_orders"]:
        people.is_first("forgetting", day)
    return done
