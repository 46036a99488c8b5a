"""Which teams can serve an order, why, and why not. The one place that knows (STYLE, part 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.network.queries import nearness, nearness_words
from baixing.orders.models import Order
from baixing.orders.queries.barriers import Barrier, week_words
from baixing.orders.queries.team_facts import AHEAD, Facts, facts_of, facts_of_many
from baixing.orders.rules.any_time import is_any_day
from baixing.schedule.queries import week_of
from baixing.teams.models import Licence, Team, TeamQuerySet


@dataclass(frozen=True)
class Candidate:
    """A team for an order: what speaks for it, and what is in the way, in words."""

    team: Team
    nearness: int
    load: int
    next_free: date | None
    served_before: bool
    reasons: tuple[str, ...]
    barriers: tuple[Barrier, ...]

    @property
    def rank(self) -> tuple[bool, bool, int, int, date, int]:
        """Nearest first, then the least asked this week. Declining never counts."""
        free = self.next_free or date.max
        key = (self.nearness, self.load, free, self.team.pk)
        return (bool(self.barriers), self.served_before, *key)


def eligible(order: Order, on: date) -> list[Candidate]:
    """Teams that know the craft: those that can serve first and ranked, the others with why not."""
    if order.item is None:
        return []
    return _candidates(order, list(_with_papers(Team.objects.with_skill(order.item.skill))), on)


def fitness(order: Order, team: Team, on: date, day: date | None = None) -> Candidate:
    """One team, looked at the same way; asked for one day, that day has to be free."""
    return _candidates(order, list(_with_papers(Team.objects.filter(pk=team.pk))), on, day)[0]


def fitting(orders: Sequence[Order], on: date) -> dict[int, list[Team]]:
    """For each of many orders without a team, by its key, the teams that can serve it: the same rule, asked once."""
    crafts = {order.item.skill_id for order in orders if order.item}
    knows = list(Team.skills.through.objects.filter(skill__in=crafts).values_list("team_id", "skill_id"))
    teams = {team.pk: team for team in _with_papers(Team.objects.filter(skills__in=crafts).distinct())}
    by_craft = {craft: [teams[team] for team, skill in knows if skill == craft and team in teams] for craft in crafts}
    return {
        order.pk: [
            team
            for team in by_craft[order.item.skill_id if order.item else 0]
            if team.pk in facts.covering and not _barriers(order, team, facts, on)
        ]
        for order, facts in facts_of_many(orders, by_craft, on)
    }


def _with_papers(teams: TeamQuerySet) -> TeamQuerySet:
    licences = Licence.objects.select_related("kind")
    return teams.select_related("home__parent", "leader").prefetch_related(Prefetch("licences", licences), "skills")


def _candidates(order: Order, teams: Sequence[Team], on: date, day: date | None = None) -> list[Candidate]:
    facts = facts_of(order, teams, on)
    return sorted((_candidate(order, team, facts, on, day) for team in teams), key=lambda c: c.rank)


def _candidate(order: Order, team: Team, facts: Facts, on: date, day: date | None) -> Candidate:
    load = facts.loads.weeks[team.pk, facts.weeks[0]]
    near, again = nearness(team.home, order.station), team.pk in facts.served
    barriers = _barriers(order, team, facts, on)
    if day is not None and not barriers:
        barriers += [_day_is_full(team, facts, day, on)] if not _has_room(team, facts, day) or day < on else []
        barriers += [] if _licensed(order, team, day) else [Barrier.of("unlicensed", on)]
    reasons = (*_reasons(order, near, load, week_words(facts.weeks[0], on), again=again), *speech_words(order, team))
    return Candidate(team, near, load, _next_free(order, team, facts, on), again, reasons, tuple(barriers))


def _day_is_full(team: Team, facts: Facts, day: date, on: date) -> Barrier:
    return Barrier.of("day_off" if (team.pk, day) in facts.off else "day_full", on, day=day)


def _reasons(order: Order, near: int, load: int, when: str, *, again: bool) -> tuple[str, ...]:
    skill = order.item.skill if order.item else ""
    visits = ngettext("%(load)d visit %(when)s", "%(load)d visits %(when)s", load) if load else _("nothing on %(when)s")
    said = [
        _("knows %(skill)s") % {"skill": skill},
        str(nearness_words(near)),
        visits % {"load": load, "when": when},
    ]
    if again:
        said.append(_("served this order before"))
    return tuple(said)


def speech_words(order: Order, team: Team) -> list[str]:
    """Whether it speaks as the resident would like, as far as it has said."""
    if not order.speech:
        return []
    speaks = order.speech in team.speeches
    words = _("speaks %(speech)s") if speaks else _("does not speak %(speech)s, as far as it has said")
    return [words % {"speech": order.speech}]


def _barriers(order: Order, team: Team, facts: Facts, on: date) -> list[Barrier]:
    """Put into words only where it holds: a plan asks this of a hundred thousand pairs."""
    skill = order.item.skill if order.item else None
    checks = (
        (not team.active, "inactive"),
        (not team.on_duty and team.off_until is None, "off_duty"),
        (not team.on_duty and team.off_until is not None, "off_until"),
        (skill not in team.skills.all(), "unskilled"),
        (team.pk not in facts.covering, "too_far"),
        (not _licensed(order, team, on), "unlicensed"),
        (team.pk in facts.declined, "declined"),
        (_is_own(order, team, facts), "own"),
        (team.pk in facts.short, "short"),
        (_is_off(team, facts), "days_off"),
    )
    return [_barrier(code, team, on) for holds, code in checks if holds] + _time(order, team, facts, on)


def _barrier(code: str, team: Team, on: date) -> Barrier:
    return Barrier.of(code, on, day=team.off_until) if code == "off_until" and team.off_until else Barrier.of(code, on)


def _time(order: Order, team: Team, facts: Facts, on: date) -> list[Barrier]:
    if not any(_has_week(team, facts, week) for week in facts.weeks):
        return [Barrier.of("week_full", on, most=team.week_capacity, monday=facts.weeks[0])]
    return [] if _next_free(order, team, facts, on) else [Barrier.of("no_day", on)]


def _licensed(order: Order, team: Team, on: date) -> bool:
    needed = order.item.licence_id if order.item else None
    return needed is None or any(
        paper.kind_id == needed and paper.valid_from <= on <= paper.valid_until for paper in team.licences.all()
    )


def _is_own(order: Order, team: Team, facts: Facts) -> bool:
    return team.leader_id == order.resident_id or team.pk in facts.own


def _is_off(team: Team, facts: Facts) -> bool:
    return bool(facts.wanted) and all((team.pk, day) in facts.off for day in facts.wanted)


def _next_free(order: Order, team: Team, facts: Facts, on: date) -> date | None:
    days = (on + timedelta(days=n) for n in range(AHEAD))
    return next((d for d in days if is_any_day(d, order.item, order.station) and _has_room(team, facts, d)), None)


def _has_room(team: Team, facts: Facts, day: date) -> bool:
    free = facts.loads.days[team.pk, day] < team.day_capacity and (team.pk, day) not in facts.off
    return free and _has_week(team, facts, week_of(day))


def _has_week(team: Team, facts: Facts, monday: date) -> bool:
    """The visits a week that the team is willing to do, not reached in this one."""
    return facts.loads.weeks[team.pk, monday] < team.week_capacity
