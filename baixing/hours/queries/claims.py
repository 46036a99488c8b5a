"""Claims, lines and flags: who sees which, and what waits for whom."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from baixing.hours.models import Correction, Flag, FlagQuerySet, HoursClaim, HoursClaimQuerySet, HoursEntry
from baixing.hours.models.entry import HoursEntryQuerySet
from baixing.hours.rules.standing import Standing
from baixing.schedule.models import Reading


def visible_claims(one: Standing) -> HoursClaimQuerySet:
    """One's own; those of the sessions that one runs, or is in charge of."""
    mine = Q(volunteer__person=one.person) | Q(session__team__leader=one.person)
    return HoursClaim.objects.filter(reduce(or_, _within(one, "session__unit__path"), mine)).with_nouns()


def waiting_claims(one: Standing) -> HoursClaimQuerySet:
    """What this person can help on its way, the oldest first: never their own, never what they have checked."""
    few = HoursClaim.objects.waiting().values("pk")  # these first: else SQLite begins with all volunteers
    waiting = visible_claims(one).filter(pk__in=few).exclude(volunteer__person=one.person)
    read = Reading.objects.filter(by=one.person).values("sheet")  # what they told themselves they do not credit
    told = Q(state="reviewed") & (Q(reviewed_by=one.person) | Q(attendance__sheet__in=read))
    return waiting.exclude(told).order_by("made_at", "pk")


def visible_entries(one: Standing) -> HoursEntryQuerySet:
    """The same of lines. Those without a session are the volunteer's and the city centre's."""
    mine = Q(person=one.person)
    if any(office.parent_id is None for office in one.offices):
        return HoursEntry.objects.select_related("volunteer__person", "session__unit", "claim")
    rows = HoursEntry.objects.filter(reduce(or_, _within(one, "session__unit__path"), mine))
    return rows.select_related("volunteer__person", "session__unit", "claim")


def open_flags(one: Standing) -> FlagQuerySet:
    """What is to be looked at in the units one is in charge of, the oldest first."""
    rows = Flag.objects.open().filter(reduce(or_, _within(one, "unit__path"), Q(pk__in=[])))
    return rows.select_related(*_NOUNS).order_by("at", "pk")


def visible_flags(one: Standing) -> FlagQuerySet:
    rows = Flag.objects.filter(reduce(or_, _within(one, "unit__path"), Q(pk__in=[])))
    return rows.select_related(*_NOUNS)


def flags_on(claim: HoursClaim) -> FlagQuerySet:
    return Flag.objects.on_claim(claim).select_related("other__session", "settled_by").order_by("pk")


def visible_corrections(one: Standing) -> QuerySet[Correction]:
    """Those in the units one is in charge of."""
    within = reduce(or_, _within(one, "entry__session__unit__path"), Q(pk__in=[]))
    nouns = ("entry__session__unit", "entry__volunteer__person", "entry__claim", "asked_by")
    return Correction.objects.filter(within).select_related(*nouns)


def waiting_corrections(one: Standing) -> QuerySet[Correction]:
    """Of these, what waits for a second person."""
    return visible_corrections(one).filter(state=Correction.State.ASKED).order_by("asked_at", "pk")


def _within(one: Standing, path: str) -> list[Q]:
    return [Q(**{f"{path}__startswith": office.path}) for office in one.offices]


_NOUNS = (
    "unit",
    "session__unit",
    "claim__session",
    "claim__volunteer__person",
    "entry__session",
    "entry__volunteer__person",
    "certificate__volunteer__person",
    "other__session",
    "raised_by",
)
