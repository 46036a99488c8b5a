"""Which teams can serve an order, why, and why not. The one place that knows (STYLE, part 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from baixing.kernel.calendar import is_workday
from baixing.look.said import said_near_date
from baixing.network.queries import nearness, nearness_words
from baixing.orders.models import Order
from baixing.orders.queries.team_facts import AHEAD, Facts, facts_of, facts_of_many
from baixing.schedule.queries import week_of
from baixing.teams.models import Licence, Team, TeamQuerySet

INACTIVE: Final = gettext_lazy("is not active any more")
OFF_DUTY: Final = gettext_lazy("is off duty at the moment")
UNSKILLED: Final = gettext_lazy("does not know this craft")
TOO_FAR: Final = gettext_lazy("does not go that far")
UNLICENSED: Final = gettext_lazy("has no valid licence for it")
DECLINED: Final = gettext_lazy("has declined this order")
OWN: Final = gettext_lazy("is the resident's own team")
SHORT: Final = gettext_lazy("has too few people on duty")
DAYS_OFF: Final = gettext_lazy("has the days off that the resident gave")


@dataclass(frozen=True)
class Candidate:
    """A team for an order: what speaks for it, and what is in the way, in words."""

    team: Team
    nearness: int
    load: int
    next_free: date | None
    served_before: bool
    reasons: tuple[str, ...]
    barriers: tuple[str, ...]

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
        barriers += [_day_is_full(team, facts, day)] if not _has_room(team, facts, day) or day < on else []
        barriers += [] if _licensed(order, team, day) else [str(UNLICENSED)]
    reasons = (*_reasons(order, near, load, _when(facts, on), again=again), *speech_words(order, team))
    return Candidate(team, near, load, _next_free(team, facts, on), again, reasons, tuple(barriers))


def _day_is_full(team: Team, facts: Facts, day: date) -> str:
    words = _("is off on %(day)s") if (team.pk, day) in facts.off else _("has no room left on %(day)s")
    return words % {"day": said_near_date(day)}


def _when(facts: Facts, on: date) -> str:
    """The week that the load is of, in words: the first in which the resident is at home."""
    monday, this = facts.weeks[0], week_of(on)
    near = {this: _("this week"), this + timedelta(days=7): _("next week")}
    return near.get(monday) or _("in the week from %(monday)s") % {"monday": said_near_date(monday)}


def _full(team: Team, facts: Facts, on: date) -> str:
    words = _("takes %(most)d visits a week and has as many %(when)s")
    return words % {"most": team.week_capacity, "when": _when(facts, on)}


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


def _barriers(order: Order, team: Team, facts: Facts, on: date) -> list[str]:
    """Put into words only where it holds: a plan asks this of a hundred thousand pairs."""
    skill = order.item.skill if order.item else None
    checks = (
        (not team.active, INACTIVE),
        (not team.on_duty, OFF_DUTY),
        (skill not in team.skills.all(), UNSKILLED),
        (team.pk not in facts.covering, TOO_FAR),
        (not _licensed(order, team, on), UNLICENSED),
        (team.pk in facts.declined, DECLINED),
        (_is_own(order, team, facts), OWN),
        (team.pk in facts.short, SHORT),
        (_is_off(team, facts), DAYS_OFF),
    )
    said = [_off_duty(team) if words is OFF_DUTY else str(words) for holds, words in checks if holds]
    return said + _time(team, facts, on)


def _time(team: Team, facts: Facts, on: date) -> list[str]:
    if not any(_has_week(team, facts, week) for week in facts.weeks):
        return [_full(team, facts, on)]
    return [] if _next_free(team, facts, on) else [_("has no free day in the next three weeks")]


def _off_duty(team: Team) -> str:
    if team.off_until is None:
        return str(OFF_DUTY)
    return _("is off duty until %(day)s") % {"day": said_near_date(team.off_until)}


def _licensed(order: Order, team: Team, on: date) -> bool:
    needed = order.item.licence_id if order.item else None
    return needed is None or any(
        paper.kind_id == needed and paper.valid_from <= on <= paper.valid_until for paper in team.licences.all()
    )


def _is_own(order: Order, team: Team, facts: Facts) -> bool:
    return team.leader_id == order.resident_id or team.pk in facts.own


def _is_off(team: Team, facts: Facts) -> bool:
    return bool(facts.wanted) and all((team.pk, day) in facts.off for day in facts.wanted)


def _next_free(team: Team, facts: Facts, on: date) -> date | None:
    days = (on + timedelta(days=n) for n in range(AHEAD))
    return next((d for d in days if is_workday(d) and _has_room(team, facts, d)), None)


def _has_room(team: Team, facts: Facts, day: date) -> bool:
    free = facts.loads.days[team.pk, day] < team.day_capacity and (team.pk, day) not in facts.off
    return free and _has_week(team, facts, week_of(day))


def _has_week(team: Team, facts: Facts, monday: date) -> bool:
    """The visits a week that the team is willing to do, not reached in this one."""
    return facts.loads.weeks[team.pk, monday] < team.week_capacity
