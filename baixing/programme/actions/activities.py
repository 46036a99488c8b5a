"""An activity is planned, published, told of and concluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from baixing.journal import actions as journal
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.programme.actions.occasions import open_sessions, reword_sessions, words_of
from baixing.programme.actions.organising import partners, set_organisers, tell
from baixing.programme.models import Activity
from baixing.programme.rules import LIFE, Standing, check_host
from baixing.teams.models import Team


@dataclass(frozen=True)
class Idea:
    """What is put on, and with whom. `facts` are plain columns; `together` names the other units by their kind."""

    facts: Mapping[str, object]
    together: Sequence[tuple[str, Unit]] = field(default=())


@transaction.atomic
def plan_activity(unit: Unit, idea: Idea, *, team: Team | None = None, by: Person, at: datetime) -> Activity:
    """A draft, seen by those who put it on."""
    check_host(Standing(by, at), unit, team)
    activity = Activity(unit=unit, team=team, made_by=by, made_at=at, **idea.facts)
    activity.save(force_insert=True)
    set_organisers(activity, idea.together, by=by, at=at)
    journal.write("plan_activity", activity, by=by, at=at, unit=unit.pk)
    return activity


@transaction.atomic
def change_activity(activity: Activity, idea: Idea, *, by: Person, at: datetime) -> int:
    """Say it differently, and so its sessions to come, but for what was said differently of one of them alone.

    How many sessions.
    """
    LIFE.check("change", Standing(by, at), activity)
    before = words_of(activity)
    activity.step(activity.state, **idea.facts)
    stayed = {row.pk for row in partners(activity)}
    set_organisers(activity, idea.together, by=by, at=at)
    journal.write("change", activity, by=by, at=at)
    tell([row for row in partners(activity) if row.pk in stayed], "activity.changed", by=by, at=at)
    return reword_sessions(activity, before, by=by, at=at)


@transaction.atomic
def publish(activity: Activity, *, by: Person, at: datetime) -> None:
    """From now on everybody reads of it, and signs up for its sessions."""
    LIFE.move("publish", Standing(by, at), activity)
    journal.write("publish", activity, by=by, at=at)
    open_sessions(activity, by=by, at=at)


@transaction.atomic
def tell_results(activity: Activity, results: str, *, by: Person, at: datetime) -> None:
    LIFE.move("tell_results", Standing(by, at), activity, results=results)
    journal.write("tell_results", activity, by=by, at=at)


@transaction.atomic
def conclude(activity: Activity, *, by: Person, at: datetime) -> None:
    LIFE.move("conclude", Standing(by, at), activity)
    journal.write("conclude", activity, by=by, at=at)


@transaction.atomic
def withdraw(activity: Activity, *, by: Person, at: datetime) -> None:
    LIFE.move("withdraw", Standing(by, at), activity)
    journal.write("withdraw", activity, by=by, at=at)
    tell(partners(activity), "activity.withdrawn", by=by, at=at)
