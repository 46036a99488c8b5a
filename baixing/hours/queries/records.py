"""A volunteer's record, in the five parts that the law names (民政部令第67号): basics, service, training, recognition,
evaluation."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from baixing.hours.models import Certificate, HoursClaim, HoursEntry, Record, StarLevel
from baixing.hours.queries.certificates import of_person
from baixing.hours.queries.groups import Groups, groups_of
from baixing.hours.queries.sums import star_of, total_of
from baixing.people.models import Person
from baixing.teams.models import Membership, Team, Volunteer

LINES = 20  # on one page


@dataclass(frozen=True)
class Star:
    """The level that is reached, and the next one."""

    on: bool
    level: StarLevel | None
    name: str
    next_name: str
    missing: int  # minutes


@dataclass(frozen=True)
class VolunteerRecord:
    """All of one person's own page. Without a volunteer number there is nothing yet."""

    volunteer: Volunteer | None
    minutes: int = 0
    sessions: int = 0
    star: Star | None = None
    teams: list[str] = field(default_factory=list)
    waiting: list[HoursClaim] = field(default_factory=list)
    entries: Page[HoursEntry] | None = None
    certificates: list[Certificate] = field(default_factory=list)
    may_draft: bool = False
    groups: Groups | None = None


def record_of(person: Person, language: str, page: str) -> VolunteerRecord:
    volunteer = Volunteer.objects.filter(person=person).select_related("person").first()
    if volunteer is None:
        return VolunteerRecord(None)
    minutes, certificates = total_of(volunteer), list(of_person(person)[:LINES])
    waiting = HoursClaim.objects.filter(volunteer=volunteer).waiting().select_related("session")
    entries = HoursEntry.objects.of(volunteer).reverse().select_related("session", "reverses", "transfer__system")
    served = HoursEntry.objects.of(volunteer).standing().filter(kind=HoursEntry.Kind.CREDIT)
    return VolunteerRecord(
        volunteer=volunteer,
        minutes=minutes,
        sessions=served.count(),
        star=_star(volunteer, minutes, language),
        teams=_teams(person),
        waiting=list(waiting.order_by("pk")[:LINES]),
        entries=Paginator(entries.prefetch_related("reversal"), LINES).get_page(page),
        certificates=certificates,
        groups=groups_of(volunteer),
        may_draft=minutes > 0 and not any(one.state in {"drafted", "publicised"} for one in certificates),
    )


def _star(volunteer: Volunteer, minutes: int, language: str) -> Star:
    levels = list(StarLevel.objects.all())
    reached = star_of(minutes, levels)
    above = next((level for level in levels if minutes < level.hours * 60), None)
    on = Record.objects.filter(volunteer=volunteer, stars=True).exists()
    missing = above.hours * 60 - minutes if above else 0
    return Star(on, reached, _said(reached, language), _said(above, language), missing)


def _said(level: StarLevel | None, language: str) -> str:
    if level is None:
        return ""
    return level.name_en if language.startswith("en") and level.name_en else level.name


def _teams(person: Person) -> list[str]:
    led = Team.objects.filter(leader=person).values_list("name", flat=True)
    in_them = Membership.objects.members().filter(person=person).values_list("team__name", flat=True)
    return sorted({*led, *in_them})
