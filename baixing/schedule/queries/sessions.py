"""Answers about sessions: who sees one, who is needed, who should be there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from baixing.schedule.models import Role, Session, SessionQuerySet, Signup
from baixing.schedule.rules import Standing

SOON = timedelta(days=3)


def visible(one: Standing | None) -> SessionQuerySet:
    """What is on show to everybody; and one's own: what one runs, serves in, or has signed up for.

    A visit at somebody's home is nobody's business here: its order says who sees it.
    """
    rows = Session.objects.exclude(kind=Session.Kind.VISIT)
    on_show = Q(public=True) & ~Q(state=Session.State.DRAFT)
    if one is None:
        return rows.filter(on_show)
    mine = Q(team__leader=one.person) | Q(pk__in=Signup.objects.filter(person=one.person).values("session"))
    own_team = Q(team__in=one.member_of) & ~Q(state=Session.State.DRAFT)
    for office in one.offices:
        mine |= Q(unit__path__startswith=office.path)
    return rows.filter(on_show | mine | own_team)


def run_by(one: Standing) -> SessionQuerySet:
    """What this person runs: by their team, or by their units."""
    mine = Q(team__leader=one.person)
    for office in one.offices:
        mine |= Q(unit__path__startswith=office.path)
    return Session.objects.exclude(kind=Session.Kind.VISIT).filter(mine)


def at_risk(one: Standing, at: datetime) -> SessionQuerySet:
    """Of those, what begins within three days and lacks people; the soonest first."""
    short = Role.objects.filter(taken__lt=F("least")).values("session")
    soon = run_by(one).filter(state=Session.State.OPEN, start__gte=at, start__lt=at + SOON, pk__in=short)
    return soon.order_by("start")
