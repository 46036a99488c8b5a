"""What is put on: who sees it, its page, and what lies on the desk of those who put it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from baixing.network.models import Unit
from baixing.programme.models import Activity, ActivityQuerySet, Organiser, Photo
from baixing.programme.queries.rows import Row, rows
from baixing.programme.rules import LIFE, PART_LIFE, Standing
from baixing.schedule.models import Attendance, Session, SessionQuerySet
from baixing.teams.models import Team

A, N, S = Activity.State, Organiser.State, Session.State
MOST_ROWS, MOST_ASKED = 100, 30


@dataclass(frozen=True)
class Together:
    """The units of one kind that put an activity on."""

    label: str
    units: list[Unit]


@dataclass(frozen=True)
class Asked:
    """A unit that is named: what it answered, and what the reader may answer for it."""

    row: Organiser
    powers: frozenset[str]


@dataclass(frozen=True)
class ActivityPage:
    """All that one reads of an activity."""

    activity: Activity
    together: list[Together]
    to_come: list[Row]
    held: list[Row]
    more: int  # sessions that are not among these
    heads: int
    parties: int
    photos: list[Photo]
    powers: frozenset[str]
    asked: list[Asked]


@dataclass(frozen=True)
class Desk:
    """What somebody puts on: the units and teams they plan for, and their activities, the newest first."""

    units: list[Unit]
    teams: list[Team]
    activities: ActivityQuerySet


def visible(one: Standing | None) -> ActivityQuerySet:
    """What is published; and what one puts on oneself."""
    everybodys = Q(state__in=(A.PUBLISHED, A.CONCLUDED))
    return Activity.objects.filter(everybodys | mine(one) | _named(one) if one else everybodys)


def _named(one: Standing) -> Q:
    """What one's units are asked to put on, or said yes to."""
    mine = Q(pk__in=())
    for office in one.offices:
        rows = Organiser.objects.exclude(state=N.DECLINED).filter(unit__path__startswith=office.path)
        mine |= Q(pk__in=rows.values("activity"))
    return mine


def asked_of(one: Standing) -> list[Organiser]:
    """What one's units have not answered yet, the newest first."""
    mine = Q(pk__in=())
    for office in one.offices:
        mine |= Q(unit__path__startswith=office.path)
    waiting = Organiser.objects.filter(mine, state=N.ASKED, activity__state__in=(A.DRAFT, A.PUBLISHED))
    return list(waiting.select_related("unit", "activity__unit").order_by("-pk")[:MOST_ASKED])


def organisers_of(one: Standing) -> QuerySet[Organiser]:
    """The rows of the units that one answers for."""
    mine = Q(pk__in=())
    for office in one.offices:
        mine |= Q(unit__path__startswith=office.path)
    return Organiser.objects.filter(mine).select_related("unit", "activity__made_by")


def mine(one: Standing) -> Q:
    own = Q(team__leader=one.person)
    for office in one.offices:
        hosted = Organiser.objects.filter(
            kind=Organiser.Kind.HOST, state=N.ACCEPTED, unit__path__startswith=office.path
        )
        own |= Q(unit__path__startswith=office.path) | Q(pk__in=hosted.values("activity"))
    return own


def with_nouns(activities: ActivityQuerySet) -> ActivityQuerySet:
    related = ("unit__parent", "team__home", "theme", "brand", "platform", "task", "series", "campaign")
    return activities.select_related(*related).prefetch_related("organisers__unit")


def activity_page(activity: Activity, one: Standing | None, at: datetime) -> ActivityPage:
    powers, came = LIFE.powers(one, activity) if one else frozenset(), _came_to(activity)
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
        heads=came["heads"] or 0,
        parties=came["parties"],
        photos=list(activity.photos.defer("image")),
        powers=powers,
        asked=_asked(activity, one, powers) if one else [],
    )


def shown_sessions(activity: Activity, *, drafts: bool) -> SessionQuerySet:
    sessions = Session.objects.filter(occasion__activity=activity)
    if not drafts:
        sessions = sessions.on_show()
    return sessions.select_related("unit").prefetch_related("roles")


def heads_of(activity: Activity) -> int:
    """How many came, as their attendance says."""
    return _came_to(activity)["heads"] or 0


def _came_to(activity: Activity) -> dict[str, int]:
    """Heads, and the groups among them: those that came, not those that had announced themselves."""
    came = Attendance.objects.filter(session__occasion__activity=activity, came=True)
    groups = Q(signup__isnull=False) & ~Q(signup__party="")
    return came.aggregate(heads=Sum("heads"), parties=Count("pk", filter=groups))


def desk(one: Standing) -> Desk:
    units = list({unit.pk: unit for unit in one.offices}.values())
    teams = Team.objects.active().filter(Q(leader=one.person) | Q(home__in=units)).select_related("home")
    return Desk(units, list(teams.order_by("name")), Activity.objects.filter(mine(one)))


def newest(activities: ActivityQuerySet, most: int) -> ActivityQuerySet:
    """Counted once these are found: who puts on a whole city's has thousands."""
    keys = list(activities.order_by("-made_at", "-pk").values_list("pk", flat=True)[:most])
    return with_counts(Activity.objects.filter(pk__in=keys))


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
    rows_of = [row for row in activity.organisers.all() if row.state == N.ACCEPTED]
    by_kind = {kind: [row.unit for row in rows_of if row.kind == kind] for kind in Organiser.Kind}
    by_kind[Organiser.Kind.HOST].insert(0, activity.unit)
    return [Together(str(kind.label), units) for kind, units in by_kind.items() if units]


def _asked(activity: Activity, one: Standing, powers: frozenset[str]) -> list[Asked]:
    """For those who put it on: who has not said yes. For whoever answers for a unit: its own row."""
    rows = [Asked(row, _powers(one, row, activity)) for row in activity.organisers.all()]
    return [asked for asked in rows if asked.powers or (powers and asked.row.state != N.ACCEPTED)]


def _powers(one: Standing, row: Organiser, activity: Activity) -> frozenset[str]:
    row.activity = activity
    return PART_LIFE.powers(one, row)
