"""What is put on: who sees it, its page, and what lies on the desk of those who put it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, Sum

from baixing.network.models import Unit
from baixing.programme.models import Activity, ActivityQuerySet, Organiser, Photo
from baixing.programme.queries.rows import Row, rows
from baixing.programme.rules import LIFE, Standing
from baixing.schedule.models import Attendance, Session, SessionQuerySet
from baixing.teams.models import Team

A, S = Activity.State, Session.State
MOST_ROWS = 100


@dataclass(frozen=True)
class Together:
    """The units of one kind that put an activity on."""

    label: str
    units: list[Unit]


@dataclass(frozen=True)
class ActivityPage:
    """All that one reads of an activity."""

    activity: Activity
    together: list[Together]
    to_come: list[Row]
    held: list[Row]
    more: int  # sessions that are not among these
    heads: int
    photos: list[Photo]
    powers: frozenset[str]


@dataclass(frozen=True)
class Desk:
    """What somebody puts on: the units and teams they plan for, and their activities, the newest first."""

    units: list[Unit]
    teams: list[Team]
    activities: ActivityQuerySet


def visible(one: Standing | None) -> ActivityQuerySet:
    """What is published; and what one puts on oneself."""
    everybodys = Q(state__in=(A.PUBLISHED, A.CONCLUDED))
    return Activity.objects.filter(everybodys | mine(one) if one else everybodys)


def mine(one: Standing) -> Q:
    own = Q(team__leader=one.person)
    for office in one.offices:
        hosted = Organiser.objects.filter(kind=Organiser.Kind.HOST, unit__path__startswith=office.path)
        own |= Q(unit__path__startswith=office.path) | Q(pk__in=hosted.values("activity"))
    return own


def with_nouns(activities: ActivityQuerySet) -> ActivityQuerySet:
    related = ("unit__parent", "team__home", "theme", "brand", "platform", "task", "series", "campaign")
    return activities.select_related(*related).prefetch_related("organisers__unit")


def activity_page(activity: Activity, one: Standing | None, at: datetime) -> ActivityPage:
    powers = LIFE.powers(one, activity) if one else frozenset()
    sessions = shown_sessions(activity, drafts=bool(powers))
    ahead = sessions.filter(end__gt=at).order_by("start", "pk")
    past = sessions.filter(end__lte=at).order_by("-start", "-pk")
    to_come, held = rows(ahead[:MOST_ROWS], at), rows(past[:MOST_ROWS], at)
    return ActivityPage(
        activity=activity,
        together=_together(activity),
        to_come=to_come,
        held=held,
        more=sessions.count() - len(to_come) - len(held),
        heads=heads_of(activity),
        photos=list(activity.photos.defer("image")),
        powers=powers,
    )


def shown_sessions(activity: Activity, *, drafts: bool) -> SessionQuerySet:
    sessions = Session.objects.filter(occasion__activity=activity)
    if not drafts:
        sessions = sessions.on_show()
    return sessions.select_related("unit").prefetch_related("roles")


def heads_of(activity: Activity) -> int:
    """How many came, as their attendance says."""
    came = Attendance.objects.filter(session__occasion__activity=activity, came=True)
    return came.aggregate(heads=Sum("heads"))["heads"] or 0


def desk(one: Standing) -> Desk:
    units = list({unit.pk: unit for unit in one.offices}.values())
    teams = Team.objects.active().filter(Q(leader=one.person) | Q(home__in=units)).select_related("home")
    return Desk(units, list(teams.order_by("name")), with_counts(Activity.objects.filter(mine(one))))


def with_counts(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Each with how many sessions it has, how many were held, and when the next ones are."""
    live = ~Q(occasions__session__state=S.CALLED_OFF) & Q(occasions__isnull=False)
    over = Q(occasions__session__state__in=(S.HELD, S.REPORTED))
    counted = activities.select_related("unit").annotate(
        planned=Count("occasions", filter=live),
        held=Count("occasions", filter=over),
        first=Min("occasions__session__start", filter=live),
        last=Max("occasions__session__end", filter=live),
    )
    return counted.order_by("-made_at", "-pk")


def _together(activity: Activity) -> list[Together]:
    rows_of = list(activity.organisers.all())
    by_kind = {kind: [row.unit for row in rows_of if row.kind == kind] for kind in Organiser.Kind}
    by_kind[Organiser.Kind.HOST].insert(0, activity.unit)
    return [Together(str(kind.label), units) for kind, units in by_kind.items() if units]
