"""Contests and works: who reads them, what stands on their pages, and what a juror judges alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, F, Q, QuerySet

from baixing.people.models import Person
from baixing.programme.models import Contest, Juror, Mark, Picture, Work
from baixing.programme.rules import CONTEST_LIFE, WORK_LIFE, Standing, is_partial

C, W = Contest.State, Work.State
MOST_SHOWN = 200


@dataclass(frozen=True)
class ContestPage:
    contest: Contest
    mine: list[Work]
    is_open: bool
    is_early: bool
    is_juror: bool
    powers: frozenset[str]
    jurors: int
    to_read: int


@dataclass(frozen=True)
class WorkPage:
    work: Work
    pictures: list[Picture]
    powers: frozenset[str]
    sees_maker: bool


@dataclass(frozen=True)
class Judged:
    """A work as a juror sees it: without its maker, with the own mark alone."""

    work: Work
    points: int | None
    pictures: list[Picture]


def visible_contests(one: Standing | None) -> QuerySet[Contest]:
    """What is published; and the drafts of one's own units."""
    mine = ~Q(state=C.DRAFT)
    for office in one.offices if one else ():
        mine |= Q(unit__path__startswith=office.path)
    return Contest.objects.filter(mine).select_related("unit")


def contest_page(contest: Contest, one: Standing | None, at: datetime) -> ContestPage:
    powers = CONTEST_LIFE.powers(one, contest) if one else frozenset()
    runs = contest.state == C.OPEN
    keeps = one is not None and one.is_in_charge(contest.unit)
    return ContestPage(
        contest=contest,
        mine=list(own_works(one).filter(contest=contest)) if one else [],
        is_open=runs and contest.opens_at <= at < contest.closes_at,
        is_early=runs and at < contest.opens_at,
        is_juror=one is not None and own_juror(contest, one.person) is not None,
        powers=powers,
        jurors=contest.jurors.count(),
        to_read=contest.works.filter(state=W.ENTERED).count() if keeps else 0,
    )


def own_works(one: Standing) -> QuerySet[Work]:
    """What one has entered, and what one's wards have."""
    return Work.objects.filter(Q(by=one.person) | Q(by__in=one.wards)).select_related("category").order_by("pk")


def shown_works(contest: Contest) -> QuerySet[Work]:
    """What everybody sees: all of a showcase, of a contest what the jury thought best; if called off, nothing."""
    shown = contest.works.filter(state=W.ADMITTED).select_related("category", "unit")
    if contest.kind == Contest.Kind.CONTEST:
        shown = shown.exclude(prize="") if contest.state == C.ANNOUNCED else shown.none()
    if contest.state == C.CALLED_OFF:
        shown = shown.none()
    return shown.order_by("category", "prize", "pk")


def visible_works(one: Standing | None) -> QuerySet[Work]:
    """What everybody sees; one's own; what one's units look at; what one judges."""
    showcase = Q(contest__kind=Contest.Kind.SHOWCASE, state=W.ADMITTED) & ~Q(contest__state=C.CALLED_OFF)
    found = showcase | Q(contest__state=C.ANNOUNCED, state=W.ADMITTED) & ~Q(prize="")
    if one is not None:
        judged = Juror.objects.filter(person=one.person).values("contest")
        found |= Q(by=one.person) | Q(by__in=one.wards)
        found |= Q(contest__in=judged, contest__state=C.JUDGING, state=W.ADMITTED)
        for office in one.offices:
            found |= Q(contest__unit__path__startswith=office.path)
    return Work.objects.filter(found).select_related("contest__unit", "category", "unit", "team", "by")


def work_page(work: Work, one: Standing | None) -> WorkPage:
    judged = one is not None and own_juror(work.contest, one.person) is not None
    return WorkPage(
        work=work,
        pictures=list(work.pictures.defer("image")),
        powers=WORK_LIFE.powers(one, work) if one else frozenset(),
        sees_maker=not judged or work.contest.state == C.ANNOUNCED,
    )


def works_to_read(contest: Contest) -> QuerySet[Work]:
    """For whoever keeps the contest: what waits comes first. A child's waits for its guardian before."""
    entered = contest.works.exclude(state__in=(W.WITHDRAWN, W.AWAITING_GUARDIAN)).select_related("category", "unit")
    return entered.order_by("-state", "pk")


def own_juror(contest: Contest, person: Person) -> Juror | None:
    return Juror.objects.filter(contest=contest, person=person).select_related("contest__unit").first()


def asked_juror(contest: Contest, number: str) -> Juror | None:
    """By the number that the page of the jury shows."""
    found = next((one for one in jurors_of(contest) if str(one.pk) == number), None)
    if found is not None:
        found.contest = contest
    return found


def judged_by(juror: Juror, one: Standing) -> list[Judged]:
    """What this juror judges; not what they are near to."""
    works = to_judge(juror, one)
    marks = dict(Mark.objects.filter(juror=juror).values_list("work", "points"))
    pictures: dict[int, list[Picture]] = {}
    for picture in Picture.objects.filter(work__in=works).defer("image"):
        pictures.setdefault(picture.work_id, []).append(picture)
    return [Judged(work, marks.get(work.pk), pictures.get(work.pk, [])) for work in works]


def to_judge(juror: Juror, one: Standing) -> list[Work]:
    works = Work.objects.filter(contest=juror.contest, state=W.ADMITTED).select_related("category", "team", "by")
    return [work for work in works.order_by("category", "pk") if not is_partial(one, work)]


def judged_works(contest: Contest) -> QuerySet[Work]:
    """For the announcement, once every juror has handed in: the mean of each, in the order of the categories."""
    works = contest.works.filter(state=W.ADMITTED).select_related("category", "unit")
    marked = works.annotate(mean=Avg("marks__points"), count=Count("marks"))
    return marked.order_by("category", F("mean").desc(nulls_last=True), "pk")


def jurors_of(contest: Contest) -> Iterable[Juror]:
    return contest.jurors.select_related("person").order_by("pk")


def who_entered(contest: Contest) -> QuerySet[Person]:
    """Whoever has sent a work that stands, and the guardian who agreed to a child's."""
    stands = contest.works.exclude(state=W.WITHDRAWN)
    theirs = Q(pk__in=stands.filter(by__isnull=False).values("by"))
    agreed = Q(pk__in=stands.filter(guardian__isnull=False).values("guardian"))
    return Person.objects.living().filter(theirs | agreed).order_by("pk")
