"""Many teams and members at once: what the verbs for one do, in a few statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.actions import Line
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.people.queries import needs_guardian
from baixing.teams.actions.numbers import MOST
from baixing.teams.actions.teams import TeamFacts, check_facts, own, taken
from baixing.teams.models import Membership, NumberRun, Team, Volunteer
from baixing.teams.rules import Standing, check_founder, number_of

AT_ONCE = 500  # rows named in one statement


@dataclass(frozen=True)
class NewTeam:
    """A team to be founded, and who leads it."""

    home: Unit
    facts: TeamFacts
    leader: Person


@dataclass(frozen=True)
class Joining:
    """Somebody who serves in a team already, on paper."""

    team: Team
    person: Person


@transaction.atomic
def found_all(wanted: Sequence[NewTeam], *, by: Person, at: datetime) -> tuple[list[Team], list[Membership]]:
    """Teams, in the order they were asked for, and their leaders' memberships. Nobody is told."""
    for home in {one.home.pk: one.home for one in wanted}.values():
        check_founder(by, home, at)
    teams = [_team(one) for one in wanted]
    try:
        with transaction.atomic():
            Team.objects.bulk_create(teams, batch_size=AT_ONCE)
    except IntegrityError:
        raise taken() from None
    knows = Team.skills.through
    pairs = [
        knows(team_id=team.pk, skill_id=skill.pk)
        for team, one in zip(teams, wanted, strict=True)
        for skill in one.facts.skills
    ]
    knows.objects.bulk_create(pairs, batch_size=AT_ONCE)
    members = admit_all([Joining(team, team.leader) for team in teams], by=by, at=at)
    lines = [Line("found", team, {"home": team.home_id, "leader": team.leader_id}) for team in teams]
    journal.write_all(lines, by=by, at=at)
    return teams, members


@transaction.atomic
def admit_all(wanted: Sequence[Joining], *, by: Person, at: datetime) -> list[Membership]:
    """Members by a list on paper, without having asked; each gets a number for life. Nobody is told."""
    _check_joining(wanted, by, at)
    waiting = _waiting(wanted)
    fresh = [one for one in wanted if (one.team.pk, one.person.pk) not in waiting]
    state = Membership.State.MEMBER
    made = [Membership(team=one.team, person=one.person, state=state, at=at) for one in fresh]
    Membership.objects.bulk_create(made, batch_size=AT_ONCE)
    for membership in waiting.values():
        membership.step(state, at=at)
    places = made + list(waiting.values())
    numbers = _enrol_volunteers(sorted({place.person_id for place in places}), by, at)
    lines = [Line("admit", place, {"volunteer": numbers[place.person_id]}) for place in places]
    journal.write_all(lines, by=by, at=at)
    return places


def _team(one: NewTeam) -> Team:
    check_facts(one.facts)
    return Team(home=one.home, leader=one.leader, **own(one.facts))


def _check_joining(wanted: Sequence[Joining], by: Person, at: datetime) -> None:
    """May they bring people into these teams, and are all of them of age or guarded? Takes the turns."""
    one, today = Standing(by, at), at.astimezone(LOCAL).date()
    teams = {joining.team.pk: joining.team for joining in wanted}
    for some in _parts(sorted(teams)):
        Team.objects.filter(pk__in=some).update(turn=F("turn") + 1)
    if any(not one.oversees(team) for team in teams.values()):
        raise NotAllowed
    if any(not team.active for team in teams.values()):
        raise NotNow(_("This team is closed. It takes nobody on."))
    for some in _parts(sorted({joining.person.pk for joining in wanted})):
        if Person.objects.living().filter(pk__in=some).update(is_active=F("is_active")) != len(some):
            raise Unfit(_("This person's account is closed."), field="leader")
    if any(needs_guardian(joining.person, today) for joining in wanted):
        raise NotNow(_("Under 14, a guardian must say yes first. Name your guardian on your own page."))


def _waiting(wanted: Sequence[Joining]) -> dict[tuple[int, int], Membership]:
    """Of these, who has asked to join and waits for an answer."""
    asked = {(one.team.pk, one.person.pk) for one in wanted}
    found = {}
    for some in _parts(sorted({one.team.pk for one in wanted})):
        for membership in Membership.objects.waiting().filter(team__in=some).select_related("team", "person"):
            if (key := (membership.team_id, membership.person_id)) in asked:
                found[key] = membership
    return found


def _enrol_volunteers(people: Sequence[int], by: Person, at: datetime) -> dict[int, int]:
    """The keys of their volunteer rows, by person; whoever has no number gets one."""
    known: dict[int, int] = {}
    for some in _parts(people):
        known |= dict(Volunteer.objects.filter(person__in=some).values_list("person_id", "pk"))
    new = [pk for pk in people if pk not in known]
    first = _take_numbers(at.astimezone(LOCAL).year, len(new)) if new else 0
    year = at.astimezone(LOCAL).year
    rows = [Volunteer(person_id=pk, number=number_of(year, n), at=at) for n, pk in enumerate(new, first)]
    Volunteer.objects.bulk_create(rows, batch_size=AT_ONCE)
    lines = [Line("enrol_volunteer", row, {"person": row.person_id}) for row in rows]
    journal.write_all(lines, by=by, at=at)
    return known | {row.person_id: row.pk for row in rows}


def _take_numbers(year: int, count: int) -> int:
    """So many numbers one after the other; the first of them."""
    run, _made = NumberRun.objects.get_or_create(year=year)
    if not NumberRun.objects.filter(pk=run.pk, last__lte=MOST - count).update(last=F("last") + count):
        raise NotNow(_("All volunteer numbers of this year are given."))
    run.refresh_from_db()
    return run.last - count + 1


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
