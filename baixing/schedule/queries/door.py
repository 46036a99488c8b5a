"""Answers at the door: who is expected, who is here, whose four digits these are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet

from baixing.journal.models import Entry, name_of
from baixing.kernel.calendar import LOCAL
from baixing.kernel.seal import tail
from baixing.look.said import masked_name
from baixing.people.models import Person
from baixing.people.rules import shares_phone
from baixing.schedule.models import ONE_S_WORD, Attendance, Session, Signup, SignupQuerySet, Tablet
from baixing.schedule.queries.sessions import run_by
from baixing.schedule.rules import LONGEST, Standing
from baixing.schedule.rules import tablet as tablets
from baixing.schedule.rules.signup import UNDO

S = Signup.State
SEEN = (S.CONFIRMED, S.HELD, S.CHECKED_IN, S.ATTENDED)  # on the list of who may come
WAITED = (S.CONFIRMED, S.HELD)
SHOWN_FOR = timedelta(minutes=15)  # a number that was asked for
CODE = re.compile(r"[0-9a-f]{16}")


@dataclass
class Row:
    """Somebody on the list, and what a tap would tell of them."""

    signup: Signup
    attendance: Attendance | None
    undo: bool = False
    phone: str = ""

    @property
    def comes(self) -> bool:
        return self.signup.state in WAITED

    @property
    def here(self) -> bool:
        return self.signup.state == S.CHECKED_IN

    @property
    def many(self) -> bool:
        return self.signup.headcount > 1 or bool(self.signup.party)

    @property
    def reachable(self) -> bool:
        return bool(phone_of(self.signup))

    @property
    def heads(self) -> int:
        return self.attendance.heads if self.attendance else self.signup.headcount


@dataclass(frozen=True)
class Board:
    """Who is expected, is here, should have been here by now, and has left."""

    expected: list[Row] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    here: list[Row] = field(default_factory=list)
    left: list[Row] = field(default_factory=list)

    @property
    def heads(self) -> dict[str, int]:
        return {name: sum(row.heads for row in rows) for name, rows in vars(self).items()}


def rows_of(session: Session, at: datetime, *, asked: str = "") -> list[Row]:
    """All who have a seat or had one, by name; those whose name holds what is asked."""
    found = session.signups.filter(state__in=SEEN).select_related("person", "role", "attendance")
    rows = [_row(signup, at) for signup in found.order_by("role", "pk")]
    named = [row for row in rows if asked.casefold() in row.signup.name.casefold()]
    return sorted(named, key=lambda row: (row.signup.role_id, row.signup.name))


def row_of(signup: Signup, at: datetime) -> Row:
    return _row(signup, at)


def board(session: Session, at: datetime) -> Board:
    return board_of(rows_of(session, at), session, at)


def board_of(rows: Iterable[Row], session: Session, at: datetime) -> Board:
    found, begun = Board(), at >= session.start
    lanes = {S.CHECKED_IN: found.here, S.ATTENDED: found.left}
    for row in rows:
        lanes.get(S(row.signup.state), found.missing if begun else found.expected).append(row)
    return found


def with_numbers(rows: Iterable[Row], one: Standing) -> None:
    """The numbers that this person asked for within the last quarter of an hour; each look is a line."""
    by_name = {name_of(row.signup): row for row in rows}
    since = one.at - SHOWN_FOR
    looks = Entry.objects.filter(thing__in=by_name, verb="reveal", by_id=one.person.pk, at__gte=since)
    for thing in looks.values_list("thing", flat=True):
        by_name[thing].phone = phone_of(by_name[thing].signup)


def phone_of(signup: Signup) -> str:
    return signup.person.phone if signup.person else signup.phone


@dataclass(frozen=True)
class Count:
    """One session of today in numbers of heads."""

    session: Session
    expected: int
    here: int
    left: int


def today(one: Standing) -> list[Count]:
    """All that is held today by the units and teams of this person, the first first."""
    day = datetime.combine(one.today, time.min, LOCAL)
    held = run_by(one).exclude(state=Session.State.DRAFT).live().filter(end__gt=day)
    held = held.filter(start__gte=day - LONGEST, start__lt=day + timedelta(days=1))
    sessions = list(held.select_related("unit").order_by("start", "pk"))
    heads: dict[tuple[int, str], int] = {}
    signups = Signup.objects.filter(session__in=sessions, state__in=SEEN)
    for of, state, signed, came in signups.values_list("session", "state", "headcount", "attendance__heads"):
        heads[of, state] = heads.get((of, state), 0) + (came or signed)
    return [_count(session, heads) for session in sessions]


def own_signups(session: Session, one: Standing) -> list[Row]:
    """One's own, one's wards' and the household's, of those who may come."""
    found = session.signups.filter(state__in=SEEN).select_related("person", "role", "attendance", "session__team")
    mine = Q(person=one.person) | Q(by=one.person) | Q(person__in=one.wards)
    if one.person.phone_index:
        mine |= Q(person__phone_index=one.person.phone_index)
    rows = [_row(signup, one.at) for signup in found.filter(mine).order_by("pk")]
    return [row for row in rows if _is_theirs(row.signup, one)]


def found_by(session: Session, typed: str) -> list[Signup]:
    """Whose four last digits or whose code this is, of those who are waited for."""
    signups = session.signups.filter(state__in=(*WAITED, S.CHECKED_IN)).select_related(
        "person", "role", "session__unit", "session__team"
    )
    if code := CODE.search(typed.lower()):
        return list(signups.filter(code=code[0]))
    digits = "".join(filter(str.isdigit, typed))
    return _with_tail(signups, digits) if len(digits) == 4 else []  # noqa: PLR2004 - the last four


def tablet_behind(token: str) -> Tablet | None:
    pk = tablets.signed(token)
    rows = Tablet.objects.select_related("session__unit", "session__team", "made_by")
    return rows.filter(pk=pk).first() if pk is not None else None


def masked(signup: Signup) -> str:
    """What a device that anybody looks at may show of somebody."""
    return signup.party or masked_name(signup.name)


@dataclass(frozen=True)
class Waiting:
    """An end that was told afterwards, and whether this reader is the one whose word it waits for."""

    attendance: Attendance
    asked: bool


def words_waiting(session: Session, reader: Person) -> list[Waiting]:
    """Ends that one of leader and volunteer has told, for whoever runs it."""
    rows = _told(session).select_related("person", "signup", "left_by").order_by("pk")
    return [Waiting(row, row.left_by_id == row.person_id != reader.pk) for row in rows]


def asks_of(session: Session, person: Person) -> list[Attendance]:
    """What somebody else has told of this person's own end."""
    mine = _told(session).filter(person=person).exclude(left_by=person)
    return list(mine.select_related("left_by"))


def open_ends_of(session: Session, one: Standing) -> list[Attendance]:
    """This person's own end, when nobody has told it."""
    return [row for row in forgotten(session, one.at) if row.person_id == one.person.pk]


def forgotten(session: Session, at: datetime) -> list[Attendance]:
    """Who served, is not checked out, and cannot be there any more."""
    if at < session.end:
        return []
    open_ends = session.attendances.filter(signup__state=S.CHECKED_IN, signup__role__side="volunteer", left_at=None)
    return list(open_ends.select_related("person", "signup").order_by("pk"))


def _told(session: Session) -> QuerySet[Attendance]:
    told = session.attendances.filter(late=True, left_way__in=sorted(ONE_S_WORD), left_agreed_by=None)
    return told.filter(signup__role__side="volunteer")


def _is_theirs(signup: Signup, one: Standing) -> bool:
    known = {signup.person_id, signup.by_id}
    walked_in = signup.walk_in and signup.person_id is None  # entered by whoever runs it
    mine = one.person.pk in known or signup.person_id in one.wards
    return not walked_in and (mine or (signup.person is not None and shares_phone(one.person, signup.person)))


def _row(signup: Signup, at: datetime) -> Row:
    attendance = signup.attendance if hasattr(signup, "attendance") else None
    told = attendance.told_at if attendance else None
    return Row(signup, attendance, undo=told is not None and at - told <= UNDO)


def _with_tail(signups: SignupQuerySet, digits: str) -> list[Signup]:
    """Of a guest the number is sealed: there are few, and each is looked into."""
    index = tail(digits)
    known = Q(person__phone_tail=index) | Q(person__phone_tail="", by__phone_tail=index)
    found = list(signups.filter(known))
    guests = signups.filter(person=None).exclude(phone="")
    return found + [one for one in guests if one.phone.endswith(digits)]


def _count(session: Session, heads: dict[tuple[int, str], int]) -> Count:
    def of(*states: str) -> int:
        return sum(heads.get((session.pk, state), 0) for state in states)

    return Count(session, of(*WAITED), of(S.CHECKED_IN), of(S.ATTENDED))
