"""Which teams can serve an order, why, and why not. The one place that knows (STYLE, part 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.kernel.calendar import LOCAL, is_workday
from baixing.look.said import said_near_date
from baixing.network.queries import nearness, nearness_words
from baixing.orders.models import Offer, Order
from baixing.schedule.queries import days_off, visits_by_day, week_of
from baixing.teams.models import Licence, Membership, Team, TeamQuerySet
from baixing.teams.queries import short_of_people

AHEAD = 21  # days in which a free one is looked for
FARTHEST = 60  # days ahead that a resident may name
TAKEN = (Order.State.OFFERED, Order.State.ACCEPTED)


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
    teams = Team.objects.with_skill(order.item.skill)
    return _candidates(order, list(_with_papers(teams)), on)


def fitness(order: Order, team: Team, on: date) -> Candidate:
    """One team, looked at the same way."""
    return _candidates(order, list(_with_papers(Team.objects.filter(pk=team.pk))), on)[0]


def _with_papers(teams: TeamQuerySet) -> TeamQuerySet:
    licences = Licence.objects.select_related("kind")
    return teams.select_related("home", "leader").prefetch_related(Prefetch("licences", licences), "skills")


def _candidates(order: Order, teams: Sequence[Team], on: date) -> list[Candidate]:
    facts = _Facts.gather(order, teams, on)
    return sorted((_candidate(order, team, facts, on) for team in teams), key=lambda c: c.rank)


@dataclass(frozen=True)
class _Facts:
    """What is asked once for all teams of the list."""

    covering: frozenset[int]
    declined: frozenset[int]
    served: frozenset[int]
    own: frozenset[int]
    short: frozenset[int]
    visits: Counter[tuple[int, date]]
    load: Counter[tuple[int, date]]  # by week, from its Monday: visits, and orders whose visit is not set yet
    off: frozenset[tuple[int, date]]
    wanted: tuple[date, ...]  # the days that the resident gave
    weeks: tuple[date, ...]  # the Mondays of these days; of the coming days when any time is fine

    @classmethod
    def gather(cls, order: Order, teams: Sequence[Team], on: date) -> _Facts:
        keys = [team.pk for team in teams]
        some = Team.objects.filter(pk__in=keys)
        round_ = Offer.objects.filter(order=order)
        declined = round_.filter(state__in=[Offer.State.DECLINED, Offer.State.HANDED_BACK])
        resident = Membership.objects.members().filter(person=order.resident)
        wanted = tuple(window.start.astimezone(LOCAL).date() for window in order.windows.all())
        visits = visits_by_day(teams, week_of(on), FARTHEST + 7)
        return cls(
            covering=frozenset(some.covering(order.station).values_list("pk", flat=True)),
            declined=frozenset(declined.values_list("team_id", flat=True)),
            served=frozenset(round_.filter(state=Offer.State.ENDED).values_list("team_id", flat=True)),
            own=frozenset(resident.values_list("team_id", flat=True)),
            short=short_of_people(teams, order.people_needed, max(wanted, default=on)),
            visits=visits,
            load=_by_week(visits) + _unset(order, keys, on),
            off=days_off(teams, on, FARTHEST),
            wanted=wanted,
            weeks=_weeks(wanted, on),
        )


def _weeks(wanted: Sequence[date], on: date) -> tuple[date, ...]:
    days = [day for day in wanted if day >= on] or [on + timedelta(days=n) for n in range(AHEAD)]
    return tuple(dict.fromkeys(week_of(day) for day in sorted(days)))


def _by_week(visits: Counter[tuple[int, date]]) -> Counter[tuple[int, date]]:
    weeks: Counter[tuple[int, date]] = Counter()
    for (team, day), count in visits.items():
        weeks[team, week_of(day)] += count
    return weeks


def _unset(order: Order, keys: Sequence[int], on: date) -> Counter[tuple[int, date]]:
    """Orders that the teams have been offered or have accepted: each in the first week its resident gave."""
    taken = Order.objects.filter(team__in=keys, state__in=TAKEN).exclude(pk=order.pk)
    rows = taken.order_by().annotate(first=Min("windows__start")).values_list("team_id", "first")
    days = ((team, max(first.astimezone(LOCAL).date(), on) if first else on) for team, first in rows)
    return Counter((team, week_of(day)) for team, day in days if team)


def _candidate(order: Order, team: Team, facts: _Facts, on: date) -> Candidate:
    load = facts.load[team.pk, facts.weeks[0]]
    free = _next_free(team, facts, on)
    barriers = _barriers(order, team, facts, on)
    if not any(_has_week(team, facts, week) for week in facts.weeks):
        barriers.append(_full(team, facts, on))
    elif free is None:
        barriers.append(_("has no free day in the next three weeks"))
    near = nearness(team.home, order.station)
    again = team.pk in facts.served
    return Candidate(
        team, near, load, free, again, _reasons(order, near, load, _when(facts, on), again=again), tuple(barriers)
    )


def _when(facts: _Facts, on: date) -> str:
    """The week that the load is of, in words: the first in which the resident is at home."""
    monday, this = facts.weeks[0], week_of(on)
    near = {this: _("this week"), this + timedelta(days=7): _("next week")}
    return near.get(monday) or _("in the week from %(monday)s") % {"monday": said_near_date(monday)}


def _full(team: Team, facts: _Facts, on: date) -> str:
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


def _barriers(order: Order, team: Team, facts: _Facts, on: date) -> list[str]:
    skill = order.item.skill if order.item else None
    checks = (
        (not team.active, _("is not active any more")),
        (not team.on_duty, _off_duty(team)),
        (skill not in team.skills.all(), _("does not know this craft")),
        (team.pk not in facts.covering, _("does not go that far")),
        (not _licensed(order, team, on), _("has no valid licence for it")),
        (team.pk in facts.declined, _("has declined this order")),
        (_is_own(order, team, facts), _("is the resident's own team")),
        (team.pk in facts.short, _("has too few people on duty")),
        (_is_off(team, facts), _("has the days off that the resident gave")),
    )
    return [words for holds, words in checks if holds]


def _off_duty(team: Team) -> str:
    if team.off_until is None:
        return _("is off duty at the moment")
    return _("is off duty until %(day)s") % {"day": said_near_date(team.off_until)}


def _licensed(order: Order, team: Team, on: date) -> bool:
    needed = order.item.licence_id if order.item else None
    return needed is None or any(
        paper.kind_id == needed and paper.valid_from <= on <= paper.valid_until for paper in team.licences.all()
    )


def _is_own(order: Order, team: Team, facts: _Facts) -> bool:
    return team.leader_id == order.resident_id or team.pk in facts.own


def _is_off(team: Team, facts: _Facts) -> bool:
    return bool(facts.wanted) and all((team.pk, day) in facts.off for day in facts.wanted)


def _next_free(team: Team, facts: _Facts, on: date) -> date | None:
    days = (on + timedelta(days=n) for n in range(AHEAD))
    return next((d for d in days if is_workday(d) and _has_room(team, facts, d)), None)


def _has_room(team: Team, facts: _Facts, day: date) -> bool:
    free = facts.visits[team.pk, day] < team.day_capacity and (team.pk, day) not in facts.off
    return free and _has_week(team, facts, week_of(day))


def _has_week(team: Team, facts: _Facts, monday: date) -> bool:
    """The visits a week that the team is willing to do, not reached in this one."""
    return facts.load[team.pk, monday] < team.week_capacity
