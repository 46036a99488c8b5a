"""Contests are called, open and close by the server's clock, and are judged by each juror alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.kernel.rows import add
from baixing.network.models import Unit
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.programme.models import MOST_POINTS, Category, Contest, Juror, Mark, Work
from baixing.programme.queries.contests import to_judge, who_entered
from baixing.programme.rules import CONTEST_LIFE, Standing, check_keeper, is_partial, judges

C, W = Contest.State, Work.State


@dataclass(frozen=True)
class Call:
    """From a moment to a moment, and for which kinds of works. `facts` are plain columns of a contest."""

    opens_at: datetime
    closes_at: datetime
    categories: Sequence[str]
    facts: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def add_contest(unit: Unit, call: Call, *, by: Person, at: datetime) -> Contest:
    check_keeper(Standing(by, at), unit)
    made = Contest(unit=unit, made_by=by, made_at=at, **_columns(call))
    made.save(force_insert=True)
    _set_categories(made, call)
    journal.write("add_contest", made, by=by, at=at, unit=unit.pk)
    return made


@transaction.atomic
def change_contest(found: Contest, call: Call, *, by: Person, at: datetime) -> None:
    """Once works have come in, what they were made for stays; whoever has sent one is told."""
    CONTEST_LIFE.check("change_contest", Standing(by, at), found)
    take_turn(found, C.DRAFT, C.OPEN)  # no work comes in meanwhile
    columns, is_open = _columns(call), found.state == C.OPEN
    if is_open:
        _check_kept(found, call, at)
    found.step(found.state, **columns)
    _set_categories(found, call)
    journal.write("change_contest", found, by=by, at=at)
    if is_open:
        _tell(who_entered(found), "contest.changed", found, at)


@transaction.atomic
def publish_contest(found: Contest, *, by: Person, at: datetime) -> None:
    CONTEST_LIFE.check("publish_contest", one := Standing(by, at), found)
    if at >= found.closes_at:
        raise NotNow(_("Its last moment is over already. Change it first."))
    CONTEST_LIFE.move("publish_contest", one, found)
    journal.write("publish_contest", found, by=by, at=at)


@transaction.atomic
def call_off_contest(found: Contest, words: str, *, by: Person, at: datetime) -> None:
    """Whoever has sent a work and whoever is asked to judge reads why. Nothing is shown any more."""
    CONTEST_LIFE.move("call_off_contest", Standing(by, at), found, why=words)
    journal.write("call_off_contest", found, by=by, at=at, words=words)
    everybody = [*who_entered(found), *(juror.person for juror in found.jurors.select_related("person"))]
    _tell(everybody, "contest.called_off", found, at, words=words)


@transaction.atomic
def name_juror(found: Contest, person: Person, *, by: Person, at: datetime) -> Juror:
    CONTEST_LIFE.check("name_juror", Standing(by, at), found)
    if not take_turn(found, C.DRAFT, C.OPEN):
        raise NotNow(_("The jury has these works already."))
    made = Juror(contest=found, person=person, at=at)
    if not add(made):
        raise Unfit(_("This person is in the jury already."), field="name")
    journal.write("name_juror", found, by=by, at=at, juror=person.pk)
    _tell([person], "contest.juror", found, at)
    return made


@transaction.atomic
def drop_juror(juror: Juror, *, by: Person, at: datetime) -> None:
    """By whoever keeps the contest, or by themself; with their marks, as if they had never been asked."""
    if by.pk != juror.person_id:
        CONTEST_LIFE.check("drop_juror", Standing(by, at), juror.contest)
    if juror.contest.state == C.ANNOUNCED or not take_seat(juror):
        raise NotNow(_("They have handed in, or are out of the jury already: nothing is changed."))
    journal.write("drop_juror", juror.contest, by=by, at=at, juror=juror.person_id)
    juror.delete()


@transaction.atomic
def begin_judging(found: Contest, *, by: Person, at: datetime) -> None:
    """Not before the last moment has passed."""
    CONTEST_LIFE.check("begin_judging", one := Standing(by, at), found)
    if at < found.closes_at:
        raise NotNow(_("Works may still be entered."))
    take_turn(found, C.OPEN)
    CONTEST_LIFE.move("begin_judging", one, found)
    journal.write("begin_judging", found, by=by, at=at)
    _tell([juror.person for juror in found.jurors.select_related("person")], "contest.judge", found, at)


@transaction.atomic
def mark(work: Work, juror: Juror | None, points: int, *, by: Person, at: datetime) -> None:
    """As often as one likes, until one hands in."""
    one = Standing(by, at)
    if juror is None or juror.contest_id != work.contest_id or juror.person_id != by.pk:
        raise NotAllowed(_("Only the jury judges."))
    if is_partial(one, work):
        raise NotAllowed(_("You are near to this work. Others judge it."))
    if work.contest.state != C.JUDGING or work.state != W.ADMITTED or not judges(one, juror):
        raise NotNow(_("This work is not judged now, or you have handed in already."))
    if not take_seat(juror):
        raise NotNow(_("You have handed in already."))
    if not 1 <= points <= MOST_POINTS:
        raise Unfit(_("Points go from 1 to %(most)d.") % {"most": MOST_POINTS}, field="points")
    Mark.objects.update_or_create(work=work, juror=juror, defaults={"points": points, "at": at})
    journal.write("mark", work, by=by, at=at)


@transaction.atomic
def hand_in(juror: Juror, *, by: Person, at: datetime) -> None:
    """Every work that one judges has its mark; then they stay as they are."""
    if juror.person_id != by.pk:
        raise NotAllowed(_("Only the jury judges."))
    wanted = {work.pk for work in to_judge(juror, Standing(by, at))}
    if juror.contest.state != C.JUDGING or wanted - set(juror.marks.values_list("work", flat=True)):
        raise NotNow(_("Some works have no mark of yours yet."))
    if not Juror.objects.filter(pk=juror.pk, handed_in_at=None).update(handed_in_at=at):
        raise NotNow(_("You have handed in already."))
    journal.write("hand_in", juror.contest, by=by, at=at, juror=by.pk)


@transaction.atomic
def announce(found: Contest, prizes: Mapping[int, str], *, by: Person, at: datetime) -> None:
    """Which works are outstanding, excellent and good. Nobody is ranked, and no mark is published."""
    CONTEST_LIFE.move("announce", Standing(by, at), found)
    for work in found.works.filter(state=W.ADMITTED, pk__in=[pk for pk, prize in prizes.items() if prize]):
        work.step(work.state, prize=prizes[work.pk])
        journal.write("award", work, by=by, at=at, prize=prizes[work.pk])
    journal.write("announce", found, by=by, at=at)
    makers = [work.by for work in found.works.filter(state=W.ADMITTED).select_related("by") if work.by is not None]
    _tell(makers, "contest.announced", found, at)


@transaction.atomic
def close_showcase(found: Contest, *, by: Person, at: datetime) -> None:
    CONTEST_LIFE.move("close_showcase", Standing(by, at), found)
    journal.write("close_showcase", found, by=by, at=at)


def take_turn(found: Contest, *states: str) -> bool:
    """Works come in, jurors are named and the jury begins one after the other: who looks now sees what stands."""
    return bool(Contest.objects.filter(pk=found.pk, state__in=states).update(entries=F("entries")))


def take_seat(juror: Juror) -> bool:
    """What one juror does happens one after the other, until they have handed in."""
    return bool(Juror.objects.filter(pk=juror.pk, handed_in_at=None).update(at=F("at")))


def _columns(call: Call) -> dict[str, object]:
    if call.closes_at <= call.opens_at:
        raise Unfit(_("The last moment is before the first."), field="closes_day")
    return {**call.facts, "opens_at": call.opens_at, "closes_at": call.closes_at}


def _check_kept(found: Contest, call: Call, at: datetime) -> None:
    """What everybody relies on: when it opened, and once a work stands also what it is, until when, and for what."""
    if at >= found.opens_at != call.opens_at:
        raise Unfit(_("Works are taken already: when it opened stays as it is."), field="opens_day")
    if call.closes_at <= at and call.closes_at != found.closes_at:
        raise Unfit(_("This moment is over already."), field="closes_day")
    used = found.categories.filter(works__isnull=False).values_list("name", flat=True)
    if gone := sorted(set(used) - set(call.categories)):
        raise Unfit(_("There are works in “%(name)s”: this category stays.") % {"name": gone[0]}, field="categories")
    if not found.works.exclude(state=W.WITHDRAWN).exists():
        return
    if call.closes_at < found.closes_at:
        raise Unfit(_("Works have come in: the last moment can be later, not earlier."), field="closes_day")
    if call.facts.get("kind", found.kind) != found.kind:
        raise Unfit(_("Works have come in: what it is stays as it is."), field="kind")


def _set_categories(found: Contest, call: Call) -> None:
    """In the order in which they are written; of one that is published those there keep their places."""
    gone = found.categories.exclude(name__in=call.categories) if found.state == C.OPEN else found.categories.all()
    gone.delete()
    there = set(found.categories.values_list("name", flat=True))
    new = [name for name in dict.fromkeys(call.categories) if name not in there]
    Category.objects.bulk_create(Category(contest=found, name=name) for name in new)


def _tell(people: Iterable[Person], kind: str, found: Contest, at: datetime, **facts: str) -> None:
    each = list({one.pk: one for one in people}.values())
    word = Word(each, kind, {"title": found.title, **facts}, f"/contests/{found.pk}/", thing=name_of(found))
    notices.tell_all([word], at=at)
