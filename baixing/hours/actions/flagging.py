"""What looks odd is written down for somebody to look at. A flag is settled by a person, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.hours.actions import telling
from baixing.hours.models import Certificate, Flag, HoursClaim, HoursEntry
from baixing.hours.queries import origins
from baixing.hours.rules import odd
from baixing.hours.rules.standing import Standing
from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.kernel.rows import add
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.models import Attendance, Session

K = Flag.Kind
AROUND = timedelta(hours=12)  # within which two places are looked at together


def look_at(
    session: Session, rows: Sequence[Attendance], made: Sequence[HoursClaim], *, after: bool, at: datetime
) -> None:
    """All that is odd about a session, and about each new claim beside the volunteer's others."""
    of_session = {
        K.AFTER_START: int(after),
        K.MOVED: int(origins.moved_after_start(session)),
        K.BULK: odd.entered_in_bulk(rows),
        K.ALIKE: odd.leave_alike(rows),
    }
    for kind, number in of_session.items():
        if number and made:
            add(Flag(kind=kind, unit=session.unit, session=session, number=number, at=at))
    for claim in made:
        _beside_others(claim, session, at)


def _beside_others(claim: HoursClaim, session: Session, at: datetime) -> None:
    around = HoursClaim.objects.filter(volunteer=claim.volunteer, start__lt=claim.end + AROUND)
    others = around.filter(end__gt=claim.start - AROUND).exclude(session=session).select_related("session__unit")
    for other in others.order_by("start"):
        if other.start < claim.end and claim.start < other.end:
            _raise(K.OVERLAP, claim, other, None, at)
        elif km := odd.too_far_apart(session.unit, other.session.unit, _between(claim, other)):
            _raise(K.APART, claim, other, km, at)


def _between(one: HoursClaim, other: HoursClaim) -> timedelta:
    return max(one.start - other.end, other.start - one.end)


def _raise(kind: str, claim: HoursClaim, other: HoursClaim, number: int | None, at: datetime) -> None:
    Flag.objects.create(kind=kind, unit=claim.session.unit, claim=claim, other=other, number=number, at=at)


@transaction.atomic
def object_to(thing: HoursEntry | Certificate, *, words: str, by: Person, at: datetime) -> Flag:
    """A volunteer objects to a line of their own; anybody to a certificate that is on show."""
    if not words.strip():
        raise Unfit(_("Say what is wrong with it."), field="words")
    if isinstance(thing, HoursEntry):
        if thing.person_id != by.pk:
            raise NotAllowed(_("Only the volunteer whose line it is can object to it."))
        unit = thing.session.unit if thing.session is not None else Unit.objects.get(parent=None)
        about: dict[str, object] = {"entry": thing}
    else:
        if thing.state != Certificate.State.PUBLICISED:
            raise NotNow(_("It is not on show any more."))
        unit, about = thing.unit, {"certificate": thing}
    if Flag.objects.open().filter(**about, raised_by=by).exists():
        raise NotNow(_("You have objected already. Somebody will look at it and answer you."))
    flag = Flag.objects.create(kind=K.OBJECTION, unit=unit, raised_by=by, at=at, words=words, **about)
    journal.write("object", thing, by=by, at=at, flag=flag.pk)
    return flag


@transaction.atomic
def settle(flag: Flag, *, words: str, by: Person, at: datetime) -> None:
    """Somebody has looked at it and says what they found. What follows is a deed of its own."""
    check_settler(Standing(by, at), flag)
    if not words.strip():
        raise Unfit(_("Say what you have found."), field="words")
    open_one = Flag.objects.open().filter(pk=flag.pk)
    if not open_one.update(settled_by=by, settled_at=at):
        raise NotNow(_("Somebody has looked at this already."))
    flag.refresh_from_db()
    flag.answer = words
    flag.save(update_fields=["answer"])
    journal.write("settle", flag, by=by, at=at)
    if flag.raised_by is not None:
        telling.answered(flag, words, at)


def check_settler(one: Standing, flag: Flag) -> None:
    """In charge of the unit, and none of those whom it is about."""
    if not one.is_in_charge(flag.unit):
        raise NotAllowed
    if one.person.pk in origins.concerned(flag):
        raise NotAllowed(_("It is about yourself. Somebody else looks at it."))
