"""The settings of a city as those see them who keep them."""

from __future__ import annotations

from dataclasses import dataclass

from baixing.kernel.calendar import Span
from baixing.orders.models import Clock, Order, Reason
from baixing.orders.rules import clocks

# The lists that a page offers to choose from, in the order of an order's life.
KINDS = ("reject", "decline", "hand_back", "pause", "give_up", "ask")


@dataclass(frozen=True)
class ReasonList:
    """One list, as it is chosen from, and what was taken off it."""

    kind: Reason.Kind
    active: list[Reason]
    retired: list[Reason]


@dataclass(frozen=True)
class StepClock:
    """How long one step may take: the city's own spans, or the defaults (version 0)."""

    step: str
    label: str
    spans: dict[str, Span]
    version: int

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(str(Order.Urgency(urgency).label), clocks.said(span)) for urgency, span in self.spans.items()]


def reason_lists() -> list[ReasonList]:
    rows = list(Reason.objects.order_by("position", "pk"))
    return [_list_of(Reason.Kind(kind), [row for row in rows if row.kind == kind]) for kind in KINDS]


def others_of(kind: str, reason: Reason | None) -> list[Reason]:
    """The other reasons of a list, between which one has its place."""
    rows = Reason.objects.filter(kind=kind, active=True).order_by("position", "pk")
    return list(rows.exclude(pk=reason.pk) if reason else rows)


def step_clocks() -> list[StepClock]:
    own = {clock.step: clock for clock in Clock.objects.all()}
    return [_clock_of(step, own.get(step)) for step in clocks.STEPS]


def step_clock(step: str) -> StepClock:
    return _clock_of(step, Clock.objects.filter(step=step).first())


def _list_of(kind: Reason.Kind, rows: list[Reason]) -> ReasonList:
    return ReasonList(kind, [row for row in rows if row.active], [row for row in rows if not row.active])


def _clock_of(step: str, own: Clock | None) -> StepClock:
    said = {name: getattr(own, name) for name in Order.Urgency.values} if own else clocks.default(step)
    spans = {urgency: Span.parse(text) for urgency, text in said.items()}
    return StepClock(step, str(clocks.STEPS[step]), spans, own.version if own else 0)
