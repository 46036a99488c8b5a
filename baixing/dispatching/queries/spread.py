"""How the work is spread over the teams, and what is out of reach: the pages of coverage and fairness."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.dispatching.models import Plan
from baixing.dispatching.queries.chart import Chart, of_villages
from baixing.dispatching.rules import dispatches
from baixing.kernel.calendar import LOCAL
from baixing.look.said import said_km
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.orders.models import Offer
from baixing.orders.queries.loads import loads
from baixing.orders.rules import Standing
from baixing.schedule.queries import visits_by_day, week_of
from baixing.teams.models import Skill, Team, TeamQuerySet

SHOWN: Final = 30
QUIET: Final = 90  # days in which a team was never asked
MONTH: Final = 28  # days: four whole weeks
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Gap:
    """A service, to how many villages nobody brings it within the promise, and which these are."""

    item: ServiceItem
    words: list[str]
    where: str


@dataclass(frozen=True)
class Busy:
    """A team: visits of this week and the next, and how many a week it had in the last four."""

    team: Team
    this: int
    next: int
    usual: float

    @property
    def full(self) -> bool:
        return self.this >= self.team.week_capacity

    @property
    def said(self) -> str:
        words = _("%(n)s a week in the last four weeks")
        return words % {"n": f"{self.usual:.1f}".removesuffix(".0")}


@dataclass(frozen=True)
class Coverage:
    plan: Plan | None
    gaps: list[Gap]
    worth: list[str]
    chart: Chart | None
    full: list[Busy]
    quiet: list[Team]
    quiet_count: int
    asked: dict[str, int]
    guessed: str
    plans: bool


@dataclass(frozen=True)
class Fairness:
    rows: list[Busy]
    teams: int
    none: int  # teams without a visit in all these weeks


def coverage_page(unit: Unit, one: Standing) -> Coverage:
    made = Plan.objects.filter(unit=unit, made_at__isnull=False).exclude(coverage={}).order_by("-pk").first()
    told: dict[str, Any] = made.coverage if made else {}
    today = one.at.astimezone(LOCAL).date()
    near = _teams(unit)
    quiet = _never_asked(near, one.at)
    return Coverage(
        plan=made,
        gaps=_gaps(told.get("gaps", [])[:SHOWN]),
        worth=_worth(told.get("worth", []), made),
        chart=of_villages(_villages(unit, told.get("villages", {}))) if made else None,
        full=[busy for busy in _busy(near, today) if busy.full][:SHOWN],
        quiet=list(quiet[:SHOWN]),
        quiet_count=quiet.count(),
        asked=told.get("asked", {}),
        guessed=_guessed(told.get("guessed", {})),
        plans=dispatches(one, unit),
    )


def fairness(unit: Unit, at: datetime) -> Fairness:
    near = _teams(unit)
    rows = _busy(near, at.astimezone(LOCAL).date())
    count = near.count()
    return Fairness(rows[:SHOWN], count, count - len(rows))


def _teams(unit: Unit) -> TeamQuerySet:
    return Team.objects.active().at_home_in(unit).select_related("home")


def _never_asked(teams: TeamQuerySet, at: datetime) -> TeamQuerySet:
    asked = Offer.objects.filter(offered_at__gte=at - timedelta(days=QUIET)).values("team")
    return teams.on_duty().exclude(pk__in=asked).order_by("home__path", "pk")


def _busy(teams: TeamQuerySet, today: date) -> list[Busy]:
    """Those that have or had visits, the busiest first. How often they declined is not among the numbers."""
    every, monday = list(teams), week_of(today)
    coming = loads(every, today, 21).weeks
    past: Counter[int] = Counter()
    for (team, _day), count in visits_by_day(every, monday - timedelta(days=MONTH), MONTH).items():
        past[team] += count
    rows = [Busy(team, coming[team.pk, monday], coming[team.pk, monday + WEEK], past[team.pk] / 4) for team in every]
    some = [row for row in rows if row.this or row.next or row.usual]
    return sorted(some, key=lambda row: (-row.this - row.next, -row.usual, row.team.pk))


def _gaps(told: list[dict[str, Any]]) -> list[Gap]:
    items = ServiceItem.objects.in_bulk([gap["item"] for gap in told])
    units = Unit.objects.in_bulk([pk for gap in told for pk in gap["where"]])
    return [
        Gap(items[gap["item"]], _gap_words(gap), _(", ").join(_place(units[pk]) for pk in gap["where"] if pk in units))
        for gap in told
        if gap["item"] in items
    ]


def _place(unit: Unit) -> str:
    return unit.short if unit.lat is not None else _("%(place)s (place guessed)") % {"place": unit.short}


def _guessed(told: dict[str, int]) -> str:
    """How much of it rests on places that nobody has measured."""
    if not any(told.values()):
        return ""
    words = _(
        "Nobody has measured where %(villages)d of these villages lie, nor the homes of teams in %(homes)d places. "
        "They are guessed near the place above them, so what is said here of their kilometres may be wrong."
    )
    return words % told


def _gap_words(gap: dict[str, Any]) -> list[str]:
    said = (
        (gap["none"], ngettext("no team comes to %(n)d village", "no team comes to %(n)d villages", gap["none"])),
        (gap["full"], ngettext("full for a week: %(n)d village", "full for a week: %(n)d villages", gap["full"])),
        (gap["far"], ngettext("farther than 30 km: %(n)d village", "farther than 30 km: %(n)d villages", gap["far"])),
    )
    lines = [words % {"n": count} for count, words in said if count]
    if guessed := gap.get("guessed", 0):
        lines[-1] += _(" (%(n)d of them by a guess)") % {"n": guessed}
    return lines


def _worth(told: list[dict[str, Any]], plan: Plan | None) -> list[str]:
    skills = Skill.objects.in_bulk([row["skill"] for row in told])
    units = Unit.objects.in_bulk([row["unit"] for row in told])
    km = plan.policy["km"] if plan else 1
    known = [row for row in told if row["skill"] in skills and row["unit"] in units]
    return [_worth_words(row, skills[row["skill"]], units[row["unit"]], km) for row in known]


def _worth_words(row: dict[str, int], skill: Skill, unit: Unit, km: int) -> str:
    """At most so much: prices say what the first visit taken over spares, and no later one spares more."""
    parts = [ngettext("takes over %(n)d visit at most", "takes over %(n)d visits at most", row["visits"])]
    if row["left"]:
        words = ngettext("%(n)d of an order that nobody serves now", "%(n)d of orders nobody serves now", row["left"])
        parts.append(words % {"n": row["left"]})
    if row["spared"] >= km:
        parts.append(_("and spares as much as %(km)s km of road") % {"km": said_km(row["spared"] / km)})
    said = _(", ").join([parts[0] % {"n": row["visits"]}, *parts[1:]])
    return _("%(skill)s in %(unit)s: one more team %(parts)s.") % {"skill": skill, "unit": unit.short, "parts": said}


def _villages(unit: Unit, told: dict[str, list[int]]) -> list[tuple[Unit, int, int]]:
    found = Unit.objects.within(unit).tier(1).order_by("path")
    return [(village, *(told.get(str(village.pk)) or (0, 0))) for village in found]
