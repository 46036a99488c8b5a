"""A team closes: what it holds is called off, what it has booked is free again, and whoever counts on it is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.network.queries import holders
from baixing.network.rules import IN_CHARGE
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.schedule.actions import telling_booking
from baixing.schedule.actions.sessions import end_early
from baixing.schedule.actions.telling import as_fact
from baixing.schedule.models import Booking, Session
from baixing.schedule.queries import reachable
from baixing.schedule.rules.booking import LIFE
from baixing.teams.models import Team

S = Session.State


@transaction.atomic
def close_calendar(team: Team, *, by: Person, at: datetime) -> None:
    """Its visits are the business of their orders, which were asked first."""
    coming = Session.objects.filter(team=team, state__in=(S.DRAFT, S.OPEN), start__gt=at)
    for session in coming.exclude(kind=Session.Kind.VISIT).select_related("unit", "team").order_by("pk"):
        _call_off(session, by, at)
    held = Booking.objects.live().filter(team=team, start__gt=at).with_nouns().order_by("space", "pk")
    for booking in held:
        LIFE.move("release", None, booking, cause=Booking.Cause.TEAM)
        journal.write("release", booking, by=by, at=at, cause=str(Booking.Cause.TEAM))
        telling_booking.team_closed(booking, at)


def _call_off(session: Session, by: Person, at: datetime) -> None:
    """Whom no message reaches, the unit phones: nobody of the team does any more."""
    words = _("The team %(team)s has closed.") % {"team": session.team}
    to_call = [one for one in end_early(session, None, words, by=by, at=at) if not reachable(one)]
    if not to_call:
        return
    said: dict[str, str | int] = {"title": session.title, "when": as_fact(session.start)}
    said["number"] = len(to_call)
    people, link = list(holders(session.unit, IN_CHARGE, at)), f"/sessions/{session.pk}/call-list/"
    word = Word(people, "session.to_call", said, link, urgent=True, thing=name_of(session))
    notices.tell_all([word], at=at)
