"""What the dispatcher's desk shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from baixing.dispatching.models import Automatic, Plan, Proposal, ProposalQuerySet
from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries import words
from baixing.dispatching.queries.inputs_waiting import apart
from baixing.dispatching.queries.policies import automatic_of
from baixing.dispatching.queries.seen import overtaken
from baixing.dispatching.queries.visible import offices
from baixing.dispatching.queries.words import Reasons
from baixing.dispatching.rules import LIFE, dispatches, heads
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.orders.rules import Standing
from baixing.teams.models import Team

BEST: Final = 3
R = Proposal.State


@dataclass(frozen=True)
class Row:
    """One order of a plan, in the list."""

    proposal: Proposal
    overtaken: bool

    @property
    def state(self) -> str:
        return "stale" if self.overtaken else self.proposal.state


@dataclass(frozen=True)
class Desk:
    """A unit's desk: its last plan, what stands apart from plans, and what the reader may do."""

    unit: Unit
    units: list[Unit]
    plan: Plan | None
    counts: Counter[str]
    apart: list[Order]
    automatic: Automatic | None
    plans: bool  # the reader asks for plans and confirms
    heads: bool

    @property
    def being_made(self) -> bool:
        return self.plan is not None and self.plan.state == Plan.State.ASKED

    @property
    def open(self) -> int:
        return self.counts[R.PROPOSED] if self.plan and self.plan.state == Plan.State.MADE else 0

    @property
    def said(self) -> list[str]:
        """The plan beside today's practice."""
        plan = self.plan
        if plan is None or not plan.parts or plan.cost is None or plan.practice is None:
            return []
        return [words.against_practice(plan.parts), words.saved(plan.cost, plan.practice, plan.policy["km"])]


@dataclass(frozen=True)
class Detail:
    """One proposal: the three best teams with their reasons, or why there is none."""

    row: Row
    best: list[Reasons]
    more: list[Reasons]
    shortage: list[str]
    powers: frozenset[str]
    practice_day: date | None = None

    @property
    def proposal(self) -> Proposal:
        return self.row.proposal


def desk(unit: Unit, one: Standing) -> Desk:
    plan = Plan.objects.filter(unit=unit).select_related("unit", "by").order_by("-pk").first()
    states = plan.proposals.order_by().values_list("state", flat=True) if plan else []
    return Desk(
        unit=unit,
        units=offices(one),
        plan=plan,
        counts=Counter(states),
        apart=apart(unit),
        automatic=automatic_of(unit),
        plans=dispatches(one, unit),
        heads=heads(one, unit),
    )


ORDER: Final = (R.SHORT, R.STALE, R.PROPOSED, R.OFFERED)


def proposals_of(plan: Plan) -> ProposalQuerySet:
    """What needs somebody first: those without a team, what was overtaken, then by what presses."""
    return plan.proposals.with_nouns().prefetch_related("order__windows").order_by("-state", "order__due_at", "pk")


def rows(proposals: Sequence[Proposal]) -> list[Row]:
    gone = overtaken(proposals)
    return [Row(one, one.pk in gone) for one in proposals]


def detail(proposal: Proposal, one: Standing) -> Detail:
    """What the panel shows of one proposal."""
    row = rows([proposal])[0]
    said = _reasons(proposal, one.at.astimezone(LOCAL).date())
    powers = LIFE.powers(one, proposal) if not row.overtaken else frozenset()
    return Detail(row, said[:BEST], said[BEST:], shortage_words(proposal), powers)


def _reasons(proposal: Proposal, today: date) -> list[Reasons]:
    choices = proposal.choices
    if not choices:
        return []
    teams = _teams(choice["team"] for choice in choices)
    place, km = proposal.order.station, proposal.plan.policy["km"]
    known = [choice for choice in choices if choice["team"] in teams]
    return [words.reasons(choice, choices[0], teams[choice["team"]], place, today, km) for choice in known]


def shortage_words(proposal: Proposal) -> list[str]:
    told = proposal.shortage
    if not told:
        return []
    named = [near["team"] for name in ("nearest", "train", "borrow") for near in told.get(name, ())]
    return words_of_shortage(told, proposal.order, _teams(named))


def _teams(keys: Iterable[int]) -> dict[int, Team]:
    return {team.pk: team for team in Team.objects.filter(pk__in=set(keys)).select_related("home__parent")}


def words_of_shortage(told: Mapping[str, Any], order: Order, teams: Mapping[int, Team]) -> list[str]:
    from baixing.dispatching.queries.shortage_words import lines

    return lines(told, order, teams)


def day_of(choice: Mapping[str, Any]) -> date:
    return as_day(choice["day"])
