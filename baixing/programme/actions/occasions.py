"""The sessions of an activity: planned one by one or many at once, and opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow, Unfit
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.programme.actions.organising import partners, tell
from baixing.programme.models import Activity, Occasion
from baixing.programme.rules import LIFE, Standing
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import Session

MOST_AT_ONCE = 60


@dataclass(frozen=True)
class Sitting:
    """Where and when, once or several times, and for whom there is room. `facts` are columns of a session."""

    unit: Unit
    times: Sequence[tuple[datetime, datetime]]
    needs: Sequence[Need]
    facts: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def add_sessions(activity: Activity, *sittings: Sitting, by: Person, at: datetime) -> list[Session]:
    """At one place or, as a tour, at several. Of an activity that is published, people may sign up at once."""
    _check_times([times for one in sittings for times in one.times], at)
    LIFE.move("add_sessions", Standing(by, at), activity)
    made = [_plan(activity, one, times, by, at) for one in sittings for times in one.times]
    Occasion.objects.bulk_create(Occasion(activity=activity, session=session) for session in made)
    journal.write("add_sessions", activity, by=by, at=at, sessions=[session.pk for session in made])
    tell(partners(activity), "activity.added", by=by, at=at)
    if activity.state == Activity.State.PUBLISHED:
        open_sessions(activity, by=by, at=at)
    return made


def open_sessions(activity: Activity, *, by: Person, at: datetime) -> None:
    """What is planned and not over."""
    drafts = Session.objects.filter(occasion__activity=activity, state=Session.State.DRAFT, end__gt=at)
    for session in drafts.select_related("unit", "team").order_by("start", "pk"):
        schedule.open(session, by=by, at=at)


def words_of(activity: Activity) -> dict[str, object]:
    """What its sessions take over from it."""
    return {"title": activity.title, "words": activity.words, "platform_id": activity.platform_id}


def reword_sessions(activity: Activity, before: Mapping[str, object], *, by: Person, at: datetime) -> int:
    """Those to come that still say what the activity said before; how many."""
    after = words_of(activity)
    changed = [name for name in after if after[name] != before[name]]
    states = (Session.State.DRAFT, Session.State.OPEN)
    ahead = Session.objects.filter(occasion__activity=activity, state__in=states, end__gt=at).order_by("start", "pk")
    told = [
        (session, {name: after[name] for name in changed if getattr(session, name) == before[name]})
        for session in (ahead.select_related("unit") if changed else ())
    ]
    for session, facts in told:
        if facts:
            schedule.reword(session, facts, by=by, at=at)
    return sum(bool(facts) for _session, facts in told)


def _plan(activity: Activity, sitting: Sitting, times: tuple[datetime, datetime], by: Person, at: datetime) -> Session:
    start, end = times
    told = {"public": True, "platform": activity.platform, "words": activity.words, **sitting.facts}
    planned = Planned(
        Session.Kind.ACTIVITY,
        activity.title,
        sitting.unit,
        start,
        end,
        team=activity.team,
        needs=sitting.needs,
        facts=told,
    )
    return schedule.plan(planned, by=by, at=at)


def _check_times(times: Sequence[tuple[datetime, datetime]], at: datetime) -> None:
    if not times:
        raise Unfit(_("No day is left: every one is an exception."), field="first")
    if len(times) > MOST_AT_ONCE:
        raise Unfit(_("At most %(most)d sessions at once.") % {"most": MOST_AT_ONCE}, field="until")
    if min(end for _start, end in times) <= at:
        raise NotNow(_("One of these days is over already."))
