"""Whether a team or a volunteer takes work now, until when not, and how much a volunteer takes in a week.

Going off duty costs nobody anything: it is no input of any order, rank or figure.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.people.models import Person
from baixing.teams.actions import telling
from baixing.teams.actions.turns import take_person, take_team
from baixing.teams.models import Duty, Team
from baixing.teams.queries import serves_anywhere
from baixing.teams.rules import LONGEST_BREAK, MOST_A_WEEK, check


@transaction.atomic
def set_duty(team: Team, *, on: bool, until: date | None = None, by: Person, at: datetime) -> None:
    """Off duty, a team is offered no new orders. What it has accepted goes on.

    `until` is the last day off duty; without one it lasts until the leader says otherwise.
    """
    take_team(team)
    check("set_duty", by, team, at)
    _check_until(until, on=on, at=at)
    if (team.on_duty, team.off_until) == (on, until):
        raise NotNow(_("The team is on duty already.") if on else _("The team is off duty already."))
    Team.objects.filter(pk=team.pk).update(on_duty=on, off_until=until)
    team.refresh_from_db()
    journal.write("set_duty", team, by=by, at=at, on=on, until=_day(until))


@transaction.atomic
def set_own_duty(*, on: bool, until: date | None = None, by: Person, at: datetime) -> None:
    """Off duty, a volunteer is named for no new visit, in none of their teams. Visits agreed before stay."""
    duty = _own(by)
    _check_until(until, on=on, at=at)
    if (duty.on_duty, duty.off_until) == (on, until):
        raise NotNow(_("You take visits already.") if on else _("You take a break already."))
    Duty.objects.filter(pk=duty.pk).update(on_duty=on, off_until=until)
    journal.write("set_own_duty", duty, by=by, at=at, on=on, until=_day(until))


@transaction.atomic
def set_week_most(most: int | None, *, version: int | None, by: Person, at: datetime) -> None:
    """How many visits the volunteer goes on from Monday to Sunday, in all their teams; None: no limit."""
    duty = _own(by)
    if version is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    if most is not None and not 1 <= most <= MOST_A_WEEK:
        raise Unfit(_("At least one visit a week, and at most 50. Leave it empty for no limit."), field="week_most")
    if not Duty.objects.filter(pk=duty.pk, version=version).update(week_most=most, version=F("version") + 1):
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    journal.write("set_week_most", duty, by=by, at=at, most=most)


def return_to_duty(*, at: datetime) -> int:
    """By the clock: those whose last day off duty is over take work again; how many."""
    over = {"on_duty": False, "off_until__lt": at.astimezone(LOCAL).date()}
    teams, volunteers = Team.objects.filter(**over), Duty.objects.filter(**over)
    return sum([_team_back(team, at) for team in teams] + [_volunteer_back(duty, at) for duty in volunteers])


@transaction.atomic
def _team_back(team: Team, at: datetime) -> bool:
    """In one statement, so that of two clocks one does it, and a leader who was faster is not overruled."""
    over = Team.objects.filter(pk=team.pk, on_duty=False, off_until=team.off_until)
    if not over.update(on_duty=True, off_until=None):
        return False
    telling.on_duty(team, at)
    journal.write("set_duty", team, by=None, at=at, on=True, until=None)
    return True


@transaction.atomic
def _volunteer_back(duty: Duty, at: datetime) -> bool:
    over = Duty.objects.filter(pk=duty.pk, on_duty=False, off_until=duty.off_until)
    if not over.update(on_duty=True, off_until=None):
        return False
    journal.write("set_own_duty", duty, by=None, at=at, on=True, until=None)
    return True


def _own(person: Person) -> Duty:
    """The person's row, held until the transaction ends."""
    take_person(person)
    if not serves_anywhere(person):
        raise NotAllowed(_("Only volunteers of a team can do this."))
    Duty.objects.get_or_create(person=person)
    Duty.objects.filter(person=person).update(turn=F("turn") + 1)
    return Duty.objects.get(person=person)


def _check_until(until: date | None, *, on: bool, at: datetime) -> None:
    if until is None:
        return
    today = at.astimezone(LOCAL).date()
    if on or not today <= until <= today + timedelta(days=LONGEST_BREAK):
        raise Unfit(_("Choose a day from today on, within a year."), field="until")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
