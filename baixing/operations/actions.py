"""One pass of the clock over all apps."""

from __future__ import annotations

from datetime import datetime, timedelta

from baixing.exchange import actions as exchange
from baixing.kernel import editions, once
from baixing.orders import actions as orders
from baixing.people import actions as people
from baixing.teams import actions as teams

KEYS_KEPT = timedelta(days=31)
CODES_KEPT = timedelta(days=2)


def tick(*, at: datetime) -> dict[str, int]:
    """What was done, by name. Each deed stands in its own transaction."""
    return {
        **orders.tick(at=at),
        "facts": orders.tell_facts(at=at),
        "unserved": orders.retire_unserved(at=at),
        "duty": teams.return_to_duty(at=at),
        "lists": exchange.forget(at=at),
        "keys": once.forget(at - KEYS_KEPT),
        "changes": editions.sweep(),
        "codes": people.forget_codes(at - CODES_KEPT) or 0,
    }
