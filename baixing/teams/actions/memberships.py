"""Joining a team and leaving it. Every verb takes the team's turn first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow, Unfit
from baixing.people.models import Person
from baixing.people.queries import needs_guardian
from baixing.teams.actions import telling
from baixing.teams.actions.numbers import enrol_volunteer
from baixing.teams.actions.turns import take_team
from baixing.teams.models import Membership, Team
from baixing.teams.rules import LIFE, Standing, leads

LONGEST_WORDS = 200


@transaction.atomic
def apply_to(team: Team, *, by: Person, at: datetime) -> Membership:
    """Ask to join. A child under 14 needs a guardian who has said yes."""
    take_team(team)
    if not team.active:
        raise NotNow(_("This team is closed. It takes nobody on."))
    if leads(by, team):
        raise NotNow(_("You lead this team."))
    if Membership.objects.live().filter(team=team, person=by).exists():
        raise NotNow(_("You are in this team already, or your application waits for an answer."))
    _check_guardian(by, at)
    membership = Membership.objects.create(team=team, person=by, at=at)
    telling.applied(membership, at)
    journal.write("apply_to", membership, by=by, at=at, team=team.pk)
    return membership


@transaction.atomic
def admit(membership: Membership, *, by: Person, at: datetime) -> None:
    """The applicant is a member from now on, and a volunteer with a number for life."""
    _step("admit", membership, by, at)
    _check_guardian(membership.person, at)
    volunteer = enrol_volunteer(membership.person, by=by, at=at)
    telling.admitted(membership, volunteer, at)
    journal.write("admit", membership, by=by, at=at, volunteer=volunteer.pk)


@transaction.atomic
def refuse(membership: Membership, *, words: str, by: Person, at: datetime) -> None:
    _check_words(words)
    _step("refuse", membership, by, at)
    telling.refused(membership, words, at)
    journal.write("refuse", membership, by=by, at=at, words=words)


@transaction.atomic
def withdraw(membership: Membership, *, by: Person, at: datetime) -> None:
    """The applicant thinks better of it."""
    _step("withdraw", membership, by, at)
    journal.write("withdraw", membership, by=by, at=at)


@transaction.atomic
def leave(membership: Membership, *, by: Person, at: datetime) -> None:
    _step("leave", membership, by, at)
    telling.left(membership, at)
    journal.write("leave", membership, by=by, at=at)


@transaction.atomic
def remove(membership: Membership, *, words: str, by: Person, at: datetime) -> None:
    """The leader parts with a member, and says why."""
    _check_words(words)
    _step("remove", membership, by, at)
    telling.removed(membership, words, at)
    journal.write("remove", membership, by=by, at=at, words=words)


def _step(verb: str, membership: Membership, by: Person, at: datetime) -> None:
    take_team(membership.team)
    LIFE.move(verb, Standing(by, at), membership, at=at)


def _check_words(words: str) -> None:
    if not words.strip() or len(words) > LONGEST_WORDS:
        raise Unfit(_("Please say why, in at most 200 characters."), field="words")


def _check_guardian(person: Person, at: datetime) -> None:
    if needs_guardian(person, at.astimezone(LOCAL).date()):
        raise NotNow(_("Under 14, a guardian must say yes first. Name your guardian on your own page."))
