"""All that the tables say of one order at one moment, and what its journal tells when it is read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from baixing.journal.models import Entry
from baixing.kernel.prepared import prepared
from baixing.orders.models import Escalation, Offer, Order, Rating
from baixing.schedule.models import Session
from tests.orders.machine.table import Register

TERMINAL = frozenset({"closed", "withdrawn", "rejected", "merged", "unmet"})
ENTERS = frozenset(  # verbs after which the clock of a state starts anew, wherever the order goes
    "place ask supply lapse withdraw admit merge resume give_up dispatch claim accept decline lapse_offer recall "
    "appoint hand_back miss serve rate dispute redo uphold close".split()
)


@dataclass(frozen=True)
class Record:
    order: Order
    lines: Sequence[Entry]
    offers: Sequence[Offer]
    ratings: Sequence[Rating]
    escalations: Sequence[Escalation]
    visits: Sequence[Session]  # open ones of any order; they name no order themselves
    kept: frozenset[int | None]  # visits that some order names
    register: Register
    at: datetime
    ticked: bool  # the clock has just gone over all orders
    earlier: Order | None  # the order one deed ago

    @property
    def verbs(self) -> list[str]:
        return [line.verb for line in self.lines]

    @property
    def is_live(self) -> bool:
        return self.order.state not in TERMINAL

    def steps(self) -> Iterator[tuple[str, Entry]]:
        """Each line with the state before it."""
        before = "new"
        for line in self.lines:
            yield before, line
            before = line.state

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Each line with how often a state had been entered when it was written."""
        count = 0
        for before, line in self.steps():
            count += line.verb in ENTERS or before != line.state
            yield count, line

    def stood(self) -> timedelta:
        """How long the order was the resident's to answer, or paused, by the journal alone."""
        ends = [line.at for line in self.lines[1:]] + [self.at]
        pairs = zip(self.lines, ends, strict=True)
        return sum((end - line.at for line, end in pairs if line.state in {"asked", "paused"}), timedelta())

    def teams(self) -> Iterator[tuple[int | None, Entry]]:
        """Each line with the team that the order was with before it."""
        team: int | None = None
        for _before, line in self.steps():
            yield team, line
            if line.verb in {"dispatch", "claim"}:
                team = line.facts["team"]
            elif line.state in {"placed", "asked", "pending", *(TERMINAL - {"closed"})}:
                team = None

    def covered(self) -> bool:
        """Is there a unit above the owner in which somebody works?"""
        own = self.order.owner.path
        return any(own.startswith(path) and path != own for path in self.register.staffed)


def records(register: Register, at: datetime, earlier: dict[int, Order], *, ticked: bool) -> list[Record]:
    orders, lines, offers, ratings = _orders(), _lines(), _offers(), _ratings()
    escalations, visits = _escalations(), _visits()
    return [
        Record(
            order=order,
            lines=[line for line in lines if line.thing == f"orders.order:{order.pk}"],
            offers=[offer for offer in offers if offer.order_id == order.pk],
            ratings=[rating for rating in ratings if rating.order_id == order.pk],
            escalations=[row for row in escalations if row.order_id == order.pk],
            visits=visits,
            kept=frozenset(each.visit_id for each in orders),
            register=register,
            at=at,
            ticked=ticked,
            earlier=earlier.get(order.pk),
        )
        for order in orders
    ]


# asked after every deed: writing the same SQL anew took a third of the time


@prepared
def whole(pk: int) -> QuerySet[Order]:
    """As whoever does something to it has it in hand."""
    return Order.objects.with_nouns().filter(pk=pk)


@prepared
def _orders() -> QuerySet[Order]:
    return Order.objects.select_related("owner", "first_receiver", "proposal_to", "team", "visit").order_by("pk")


@prepared
def _lines() -> QuerySet[Entry]:
    return Entry.objects.filter(thing__startswith="orders.order:").order_by("thing", "seq")


@prepared
def _offers() -> QuerySet[Offer]:
    return Offer.objects.all()


@prepared
def _ratings() -> QuerySet[Rating]:
    return Rating.objects.all()


@prepared
def _escalations() -> QuerySet[Escalation]:
    return Escalation.objects.all()


@prepared
def _visits() -> QuerySet[Session]:
    return Session.objects.filter(state="open")
