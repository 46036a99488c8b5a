"""Who is told what of a team. Words are in `rules.texts`, in each reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from baixing.kernel.calendar import LOCAL
from baixing.network.queries import holders
from baixing.network.rules import IN_CHARGE
from baixing.notices import actions as notices
from baixing.people.models import Person
from baixing.teams.models import Membership, Team, Volunteer


def applied(membership: Membership, at: datetime) -> None:
    """Once a day, however often somebody applies and takes it back."""
    team, person = membership.team, membership.person
    key = f"applied:{team.pk}:{person.pk}:{at.astimezone(LOCAL).date()}"
    link = f"/teams/{team.pk}/members/"
    _tell(_in_the_lead(team, at), "teams.applied", team, at, link=link, once_key=key, person=person.masked_name)


def admitted(membership: Membership, volunteer: Volunteer, at: datetime) -> None:
    _tell([membership.person], "teams.admitted", membership.team, at, number=volunteer.number)


def refused(membership: Membership, words: str, at: datetime) -> None:
    _tell([membership.person], "teams.refused", membership.team, at, words=words)


def left(membership: Membership, at: datetime) -> None:
    team = membership.team
    _tell(_in_the_lead(team, at), "teams.left", team, at, person=membership.person.masked_name)


def removed(membership: Membership, words: str, at: datetime) -> None:
    _tell([membership.person], "teams.removed", membership.team, at, words=words)


def leads(team: Team, by: Person, at: datetime) -> None:
    _tell([team.leader], "teams.leads", team, at, by=by)


def led(team: Team, before: Person, by: Person, at: datetime) -> None:
    """The one who led, and the one who does now."""
    leads(team, by, at)
    _tell([before], "teams.led", team, at, by=by, person=team.leader.masked_name)


def closed(team: Team, by: Person, at: datetime) -> None:
    """Those who wait to be admitted hear of it, too."""
    living = Person.objects.living()
    concerned = living.filter(memberships__in=Membership.objects.live().filter(team=team))
    _tell({*concerned, team.leader}, "teams.closed", team, at, by=by)


def reopened(team: Team, by: Person, at: datetime) -> None:
    _tell([team.leader], "teams.reopened", team, at, by=by)


def on_duty(team: Team, at: datetime) -> None:
    _tell([team.leader], "teams.on_duty", team, at)


def _in_the_lead(team: Team, at: datetime) -> list[Person]:
    """The leader; once the leader's account is closed, those in charge where the team is at home."""
    return [team.leader] if team.leader.is_active else list(holders(team.home, IN_CHARGE, at))


def _tell(
    people: Iterable[Person],
    kind: str,
    team: Team,
    at: datetime,
    *,
    by: Person | None = None,
    link: str = "",
    once_key: str = "",
    **facts: str,
) -> None:
    """Everybody but the one who did it."""
    notices.tell(
        [person for person in people if person != by],
        kind,
        at=at,
        link=link or f"/teams/{team.pk}/",
        thing=f"teams.team:{team.pk}",
        once_key=once_key,
        team=team.name,
        **facts,  # type: ignore[arg-type]  # names of facts are none of the keywords above
    )
