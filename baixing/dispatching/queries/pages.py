"""What the dispatcher's desk shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.dispatching.models import Automatic, Plan, Proposal, ProposalQuerySet
from baixing.dispatching.queries import words
from baixing.dispatching.queries.apart import apart, come_since
from baixing.dispatching.queries.gone import why
from baixing.dispatching.queries.hands import shown
from baixing.dispatching.queries.kin import kin_of
from baixing.dispatching.queries.policies import automatic_of, weights_of
from baixing.dispatching.queries.promise_words import promise_words
from baixing.dispatching.queries.seen import is_over, over, overtaken
from baixing.dispatching.queries.shortage_words import said_shortage
from baixing.dispatching.queries.together import Together, together
from baixing.dispatching.queries.visible import offices
from baixing.dispatching.queries.words import Reasons
from baixing.dispatching.rules import LIFE, MOST_AT_ONCE, dispatches, heads
from baixing.dispatching.rules.whys import WORDS
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.orders.models import Order
from baixing.orders.rules import Standing
from baixing.teams.models import Team

BEST: Final = 3
LATE: Final = timedelta(minutes=1)
R = Proposal.State
OVER: Final = "over"
WAIT: Final = (R.PROPOSED, R.ASKED)


@dataclass(frozen=True)
class Row:
    """One order of a plan, in the list."""

    proposal: Proposal
    overtaken: bool
    over: bool  # its time is; another team may have another
    why: str

    @property
    def state(self) -> str:
        return R.STALE if self.overtaken or self.over else self.proposal.state

    @property
    def label(self) -> str:
        return str(R(self.state).label)


@dataclass(frozen=True)
class Desk:
    """A unit's desk: its last plan, what stands apart from plans, and what the reader may do."""

    unit: Unit
    units: list[Unit]
    plan: Plan | None
    counts: Counter[str]  # by state, and "over" by itself
    loose: int  # what can be offered by one tap, however many it is
    apart: list[Order]
    since: int  # orders that wait and of which the plan says nothing
    automatic: Automatic | None
    plans: bool  # the reader asks for plans and confirms
    heads: bool
    late: bool  # the plan that is being made should have been there long ago

    @property
    def being_made(self) -> bool:
        return self.plan is not None and self.plan.state == Plan.State.ASKED

    @property
    def open(self) -> int:
        return self.counts[R.PROPOSED] if self.plan and self.plan.state == Plan.State.MADE else 0

    @property
    def standing(self) -> str:
        """How many of its proposals stand where: what is done, and what is left."""
        told = (
            (R.OFFERED, _offered),
            (R.PROPOSED, _waits),
            (R.ASKED, _asked),
            (OVER, _over),
            (R.STALE, _stale),
            (R.SHORT, _left),
        )
        return " · ".join(words(n) % {"n": n} for state, words in told if (n := self.counts[state]))

    @property
    def why(self) -> str:
        return _(self.plan.why) if self.plan and self.plan.why else ""

    @property
    def notice(self) -> int:
        """Days, of the plan that is shown, or of the next."""
        said = self.plan.policy if self.plan else weights_of(self.unit)
        return int(said["notice"])

    @property
    def at_once(self) -> int:
        """How many are offered by one tap."""
        return min(self.loose, MOST_AT_ONCE) if self.open else 0

    @property
    def said(self) -> list[str]:
        """The plan beside today's practice."""
        plan = self.plan
        if plan is None or not plan.parts or plan.cost is None or plan.practice is None:
            return []
        past, guessed = plan.parts.get("past", 0), plan.parts["plan"].get("guessed", 0)
        return [
            words.against_practice(plan.parts),
            *([words.guessed_words(guessed)] if guessed else []),
            *([words.past_words(past)] if past else []),
            words.saved(plan.cost, plan.practice, plan.policy["km"], words.guesses(plan.parts["plan"])),
        ]


@dataclass(frozen=True)
class Detail:
    """One proposal: the three best teams with their reasons, or why there is none."""

    row: Row
    best: list[Reasons]
    more: list[Reasons]
    shortage: list[str]
    promise: list[str]  # that this would change
    powers: frozenset[str]
    together: Together | None  # what it makes of the day of its team

    @property
    def proposal(self) -> Proposal:
        return self.row.proposal


def desk(unit: Unit, one: Standing) -> Desk:
    plan = shown(unit, one.at)
    own = Proposal.objects.filter(plan=plan) if plan else Proposal.objects.none()
    counts, loose = _counted(own, one.at)
    return Desk(
        unit=unit,
        units=offices(one),
        plan=plan,
        counts=counts,
        loose=loose,
        apart=apart(unit),
        since=come_since(plan) if plan and plan.made_at else 0,
        automatic=automatic_of(unit),
        plans=dispatches(one, unit),
        heads=heads(one, unit),
        late=plan is not None and one.at - plan.at > LATE,
    )


def _counted(own: ProposalQuerySet, at: datetime) -> tuple[Counter[str], int]:
    """How many stand where, those apart whose time is over; and how many are offered without changing a promise."""
    gone = Q(state__in=WAIT) & over(at)
    counted = {"number": Count("pk"), "late": Count("pk", filter=gone), "free": Count("pk", filter=Q(held="") & ~gone)}
    states = list(own.order_by().values_list("state").annotate(**counted))
    counts = Counter({state: number - late for state, number, late, _free in states})
    counts[OVER] = sum(late for _state, _number, late, _free in states)
    return counts, sum(free for state, _number, _late, free in states if state == R.PROPOSED)


def _offered(n: int) -> str:
    return ngettext("%(n)d is offered", "%(n)d are offered", n)


def _waits(n: int) -> str:
    return ngettext("%(n)d waits for you", "%(n)d wait for you", n)


def _asked(n: int) -> str:
    return ngettext("for %(n)d its team was asked", "for %(n)d their teams were asked", n)


def _over(_n: int) -> str:
    return _("for %(n)d the time is over")


def _stale(n: int) -> str:
    return ngettext("%(n)d is overtaken", "%(n)d are overtaken", n)


def _left(n: int) -> str:
    return ngettext("%(n)d has no team", "%(n)d have no team", n)


FIRST: Final = Case(
    *(When(state=state, then=n) for n, state in enumerate((R.SHORT, R.STALE, R.ASKED, R.PROPOSED))), default=4
)


def proposals_of(plan: Plan | None) -> ProposalQuerySet:
    """What needs somebody first: those without a team, what was overtaken, then by what presses."""
    own = Proposal.objects.filter(plan=plan) if plan else Proposal.objects.none()
    return own.with_nouns().prefetch_related("order__windows").order_by(FIRST, "order__due_at", "pk")


def after(proposal: Proposal) -> Proposal | None:
    """The next one of its plan that waits for somebody."""
    return proposals_of(proposal.plan).open().exclude(pk=proposal.pk).first()


def rows(proposals: Sequence[Proposal], at: datetime) -> list[Row]:
    gone, today = overtaken(proposals), at.astimezone(LOCAL).date()
    return [_row(one, at, why(one, today), overtaken=one.pk in gone) for one in proposals]


def _row(one: Proposal, at: datetime, said: str, *, overtaken: bool) -> Row:
    over = not overtaken and one.state in WAIT and is_over(one, one.order, at)
    return Row(one, overtaken, over, str(WORDS["over"]) if over else said)


def detail(proposal: Proposal, one: Standing) -> Detail:
    """What the panel shows of one proposal."""
    row, today = rows([proposal], one.at)[0], one.at.astimezone(LOCAL).date()
    said = _reasons(proposal, today)
    powers = LIFE.powers(one, proposal) if not row.overtaken else frozenset()
    powers -= {"confirm", "pin"} if row.over else set()
    shortage, promise = _shortage(proposal, today), _promise(proposal, today)
    return Detail(row, said[:BEST], said[BEST:], shortage, promise, powers, together(proposal, one.at))


def _reasons(proposal: Proposal, today: date) -> list[Reasons]:
    choices = proposal.choices
    if not choices:
        return []
    teams = teams_called(choice["team"] for choice in choices)
    km = proposal.plan.policy["km"]
    known = [choice for choice in choices if choice["team"] in teams]
    kin, order = kin_of(proposal), proposal.order
    return [words.reasons(choice, choices[0], teams[choice["team"]], order, today, km, kin) for choice in known]


def teams_called(keys: Iterable[int]) -> dict[int, Team]:
    return {team.pk: team for team in Team.objects.filter(pk__in=set(keys)).select_related("home__parent")}


def _promise(proposal: Proposal, today: date) -> list[str]:
    told = proposal.promise
    return promise_words(proposal, teams_called([told["team"]]), today) if told else []


def _shortage(proposal: Proposal, today: date) -> list[str]:
    told = proposal.shortage
    named = [near["team"] for name in ("nearest", "train", "borrow") for near in told.get(name, ())]
    return said_shortage(told, proposal.order, teams_called(named), today) if told else []
