"""Who is told what of an order, and when. Words are in `rules.texts`, in each reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.network.queries import officers
from baixing.notices import actions as notices
from baixing.orders.actions.moving import next_above
from baixing.orders.models import Order, Reason
from baixing.orders.queries.eligible import eligible
from baixing.people.models import Person
from baixing.schedule.models import Session
from baixing.teams.models import Team

REMINDERS = (timedelta(days=3), timedelta(days=6))
BEFORE_VISIT = (timedelta(hours=24), timedelta(hours=2))
TOLD_OF_OPEN = 10


def to_be_said(moment: datetime) -> str:
    """A time as a fact of a notice, which says it in each reader's language."""
    return moment.astimezone(LOCAL).isoformat(timespec="minutes")


def resident(order: Order, kind: str, at: datetime, **facts: str) -> None:
    _tell([order.resident], order, kind, at, facts)


def unit(told: Unit, order: Order, kind: str, at: datetime, **facts: str) -> None:
    _tell(officers(told, at), order, kind, at, facts)


def owner(order: Order, kind: str, at: datetime, **facts: str) -> None:
    unit(order.owner, order, kind, at, **facts)


def leader(told: Team, order: Order, kind: str, at: datetime, **facts: str) -> None:
    _tell([told.leader], order, kind, at, facts)


def team(order: Order, kind: str, at: datetime, **facts: str) -> None:
    if order.team is not None:
        leader(order.team, order, kind, at, **facts)


def placed(order: Order, desk: Iterable[Person], at: datetime) -> None:
    """To the resident, and to those who act for the unit that has got it."""
    facts = {"code": order.spaced_code, "unit": order.owner.short}
    words = [_word([order.resident], order, "order.placed", facts), _word(desk, order, "owner.placed")]
    notices.tell_all(words, at=at)


def asked(order: Order, question: str, at: datetime) -> None:
    resident(order, "order.asked", at, question=question[:120])
    _remind(order, "order.asked_again", at)


def rejected(order: Order, reason: Reason | None, at: datetime) -> None:
    resident(order, "order.rejected", at, why=reason.name if reason else "")


def withdrawn(order: Order, freed: Team | None, at: datetime) -> None:
    forget_reminders(order, at)
    forget_visit(order, at)
    if freed is not None:
        leader(freed, order, "team.withdrawn", at)


def opened(order: Order, at: datetime) -> None:
    """Tell the leaders of the nearest teams that can serve."""
    fit = [found.team for found in eligible(order, at.astimezone(LOCAL).date()) if not found.barriers]
    _tell({one.leader for one in fit[:TOLD_OF_OPEN]}, order, "team.opened", at)


def appointed(order: Order, visit: Session, volunteers: Iterable[Person], at: datetime, *, moved: bool) -> None:
    when = to_be_said(visit.start)
    resident(order, "order.moved" if moved else "order.appointed", at, when=when)
    forget_visit(order, at)
    for before in BEFORE_VISIT:
        due = visit.start - before
        if due > at:
            going = [order.resident, *volunteers]
            _tell(going, order, "visit.soon", at, {"when": when}, due)


def served(order: Order, at: datetime) -> None:
    forget_visit(order, at)
    resident(order, "order.served", at)
    _remind(order, "order.rate_again", at)


def escalated(order: Order, at: datetime) -> None:
    owner(order, "owner.escalated", at)


def alarm(order: Order, at: datetime) -> None:
    """To the owner and to the unit above it, at once."""
    owner(order, "owner.alarm", at)
    above = next_above(order.owner, at)
    if above is not None:
        unit(above, order, "owner.alarm", at)


def forget_reminders(order: Order, at: datetime) -> None:
    notices.forget(_name(order), ["order.asked_again", "order.rate_again"], at=at)


def forget_visit(order: Order, at: datetime) -> None:
    notices.forget(_name(order), ["visit.soon"], at=at)


def _remind(order: Order, kind: str, at: datetime) -> None:
    for after in REMINDERS:
        _tell([order.resident], order, kind, at, due=at + after)


def _tell(
    people: Iterable[Person],
    order: Order,
    kind: str,
    at: datetime,
    facts: Mapping[str, str] | None = None,
    due: datetime | None = None,
) -> None:
    notices.tell_all([_word(people, order, kind, facts, due)], at=at)


def _word(
    people: Iterable[Person],
    order: Order,
    kind: str,
    facts: Mapping[str, str] | None = None,
    due: datetime | None = None,
) -> notices.Word:
    return notices.Word(
        list(people),
        kind,
        {"number": order.number, "item": order.item.name if order.item else "", **(facts or {})},
        link=f"/orders/{order.pk}/",
        due=due,
        urgent=kind == "owner.alarm" or order.urgency == Order.Urgency.URGENT,
        thing=_name(order),
    )


def _name(order: Order) -> str:
    return f"orders.order:{order.pk}"
