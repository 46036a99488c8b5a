"""Works are entered, agreed to by a guardian, looked at, and taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany, Unfit
from baixing.look.said import said_moment
from baixing.network.models import Unit
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.people.queries import guardians_of
from baixing.people.rules import is_minor
from baixing.programme.actions.contests import take_turn
from baixing.programme.models import Category, Contest, Picture, Work
from baixing.programme.rules import MOST_PICTURES, MOST_WORKS, WORK_LIFE, Standing
from baixing.teams.models import Team

W = Work.State


@dataclass(frozen=True)
class Entered:
    """What is entered. `facts` are plain columns of a work; a picture comes as its bytes and its words."""

    category: Category
    facts: Mapping[str, object]
    team: Team | None = None
    unit: Unit | None = None
    picture: tuple[bytes, str] | None = field(default=None, repr=False)


@transaction.atomic
def enter_work(contest: Contest, entered: Entered, *, by: Person, at: datetime) -> Work:
    """The clock of the server and the state are asked in the one statement that counts it."""
    one = Standing(by, at)
    _check(contest, entered, one)
    open_now = Contest.objects.filter(pk=contest.pk, state=Contest.State.OPEN, opens_at__lte=at, closes_at__gt=at)
    if not open_now.update(entries=F("entries") + 1):
        raise NotNow(_why_not(contest, at))
    if Work.objects.filter(contest=contest, by=by).exclude(state=W.WITHDRAWN).count() >= MOST_WORKS:
        raise TooMany(_("One person enters at most %(most)d works.") % {"most": MOST_WORKS})
    state = W.AWAITING_GUARDIAN if is_minor(by, one.today) else W.ENTERED
    made = Work(contest=contest, category=entered.category, by=by, at=at, state=state, **entered.facts)
    made.team, made.unit = entered.team, entered.unit
    made.save(force_insert=True)
    if entered.picture:
        _keep_picture(made, *entered.picture, at=at)
    journal.write("enter_work", made, by=by, at=at, contest=contest.pk)
    if state == W.AWAITING_GUARDIAN:
        _tell(made, "work.guardian", list(guardians_of(by)), at, who=by.name)
    return made


@transaction.atomic
def agree_work(work: Work, *, by: Person, at: datetime) -> None:
    """A guardian says yes for the child."""
    WORK_LIFE.move("agree_work", Standing(by, at), work, guardian=by)
    journal.write("agree_work", work, by=by, at=at)


@transaction.atomic
def add_picture(work: Work, file: bytes, words: str, *, by: Person, at: datetime) -> Picture:
    """As long as nobody has looked at the work, and the contest is open."""
    if at >= work.contest.closes_at:
        raise NotNow(_why_not(work.contest, at))
    WORK_LIFE.move("add_picture", Standing(by, at), work)
    if work.pictures.count() >= MOST_PICTURES:
        raise NotNow(_("There are %(most)d pictures already.") % {"most": MOST_PICTURES})
    made = _keep_picture(work, file, words, at=at)
    journal.write("add_picture", work, by=by, at=at, picture=made.pk)
    return made


@transaction.atomic
def withdraw_work(work: Work, *, by: Person, at: datetime) -> None:
    """With its pictures and marks."""
    WORK_LIFE.move("withdraw_work", Standing(by, at), work)
    work.pictures.all().delete()
    work.marks.all().delete()
    journal.write("withdraw_work", work, by=by, at=at)


@transaction.atomic
def admit_work(work: Work, *, by: Person, at: datetime) -> None:
    WORK_LIFE.check("admit_work", Standing(by, at), work)
    _before_the_jury(work)
    work.step(W.ADMITTED, decided_by=by, answer="")
    journal.write("admit_work", work, by=by, at=at)


@transaction.atomic
def refuse_work(work: Work, words: str, *, by: Person, at: datetime) -> None:
    """With words that whoever entered it reads."""
    WORK_LIFE.check("refuse_work", Standing(by, at), work)
    _before_the_jury(work)
    work.step(W.REFUSED, decided_by=by, answer=words)
    journal.write("refuse_work", work, by=by, at=at)
    if work.by is not None:
        _tell(work, "work.refused", [work.by], at, words=words)


def forget_works(person: Person) -> None:
    """Words, names and pictures go; that there was a work, and its prize, still counts."""
    mine = Work.objects.filter(by=person)
    Picture.objects.filter(work__in=mine).delete()
    mine.update(by=None, title="—", words="—", maker="", answer="")


def _before_the_jury(work: Work) -> None:
    """Of two at once, one gives the works to the jury, and the other one finds that they are there."""
    if not take_turn(work.contest, Contest.State.OPEN):
        raise NotNow(_("The jury has these works already."))


def _check(contest: Contest, entered: Entered, one: Standing) -> None:
    if entered.category.contest_id != contest.pk:
        raise Unfit(_("This contest has no such category."), field="category")
    if entered.team is not None and not one.serves_in(entered.team):
        raise NotAllowed(_("Only whoever is in a team enters its works."))
    if entered.unit is not None and not one.is_in_charge(entered.unit):
        raise NotAllowed(_("Only the head and the staff of a unit enter its matters."))


def _why_not(contest: Contest, at: datetime) -> str:
    contest.refresh_from_db(fields=["state", "opens_at", "closes_at"])
    if contest.state == Contest.State.CALLED_OFF:
        return _("This contest is called off.")
    if contest.state == Contest.State.OPEN and at < contest.opens_at:
        return _("Works can be entered from %(when)s.") % {"when": said_moment(contest.opens_at, at)}
    return _("Works could be entered until %(when)s. That is over.") % {"when": said_moment(contest.closes_at, at)}


def _keep_picture(work: Work, file: bytes, words: str, *, at: datetime) -> Picture:
    from baixing.programme.actions.pictures import drawn_anew  # with its library, which pages do without

    picture = drawn_anew(file)
    digest = hashlib.sha256(picture.image).hexdigest()
    if work.pictures.filter(digest=digest).exists():
        raise Unfit(_("This photo is here already."), field="photo")
    return Picture.objects.create(work=work, words=words, digest=digest, at=at, **vars(picture))


def _tell(work: Work, kind: str, people: list[Person], at: datetime, **facts: str) -> None:
    said = {"title": work.title, "contest": work.contest.title, **facts}
    notices.tell_all([Word(people, kind, said, f"/works/{work.pk}/", thing=name_of(work))], at=at)
