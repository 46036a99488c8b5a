"""The roster on paper: printed, read by two people who do not see each other's reading, settled where they differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Refused, Unfit
from baixing.kernel.rows import add
from baixing.people.models import Person
from baixing.people.rules import shares_phone
from baixing.schedule.actions.attending import check_in, check_out, walk_in
from baixing.schedule.actions.checking import Seat
from baixing.schedule.models import Attendance, Reading, Session, Sheet, Signup
from baixing.schedule.queries import paper
from baixing.schedule.queries.door import WAITED
from baixing.schedule.queries.paper import Line, Lines
from baixing.schedule.rules import Standing
from baixing.schedule.rules.paper import BLANKS, ROWS, arrivals, departures, new_code, said

S = Signup.State
SHEET = Attendance.Way.SHEET


@transaction.atomic
def print_sheets(session: Session, *, by: Person, at: datetime) -> list[Sheet]:
    """One for each page of paper, each with a code of its own, with blank rows on the last."""
    _check_runs(session, by, at)
    waited = session.signups.filter(state__in=(*WAITED, S.CHECKED_IN)).select_related("person")
    keys = [one.pk for one in sorted(waited, key=lambda one: (one.role_id, one.name))]
    pages = [keys[n : n + ROWS] for n in range(0, len(keys), ROWS)] or [[]]
    if len(pages[-1]) + BLANKS > ROWS:
        pages.append([])
    made = [
        Sheet.objects.create(
            session=session, code=new_code(), rows=page, blanks=_blanks(n, pages), made_by=by, made_at=at
        )
        for n, page in enumerate(pages, 1)
    ]
    journal.write("print_sheets", session, by=by, at=at, sheets=[one.pk for one in made])
    return made


@transaction.atomic
def read(sheet: Sheet, lines: Lines, *, by: Person, at: datetime) -> Sheet:
    """The first person's reading is kept; with the second one's, what both read alike is taken."""
    _check_runs(sheet.session, by, at)
    Sheet.objects.filter(pk=sheet.pk).update(blanks=F("blanks"))  # its turn: two who send at once are first and second
    _check_unread(sheet, by)
    _check_lines(sheet, lines)
    place = sheet.readings.count() + 1
    if place > 2 or not add(Reading(sheet=sheet, place=place, by=by, at=at, lines=paper.dumped(lines))):  # noqa: PLR2004 - two people
        raise Overtaken
    journal.write("read", sheet, by=by, at=at, place=place)
    if place == 2:  # noqa: PLR2004 - two people
        _take(sheet, paper.agreed(sheet), by, at)
        if not paper.differences(sheet):
            _close(sheet, by, at)
    return sheet


@transaction.atomic
def settle(sheet: Sheet, chosen: Mapping[int, int], *, by: Person, at: datetime) -> None:
    """Where they differ somebody looks at the paper once more and says which of the two it is."""
    _check_runs(sheet.session, by, at)
    if sheet.settled_at is not None:
        raise NotNow(_("This sheet is settled already."))
    open_rows = {one.row.number: one for one in paper.differences(sheet)}
    if not open_rows or open_rows.keys() - {row for row, place in chosen.items() if place in {1, 2}}:
        raise Unfit(_("Say for each row which of the two is right."))
    told = {row: one.first if chosen[row] == 1 else one.second for row, one in open_rows.items()}
    _take(sheet, {row: line for row, line in told.items() if not line.is_empty}, by, at)
    _close(sheet, by, at)


def _close(sheet: Sheet, by: Person, at: datetime) -> None:
    if not Sheet.objects.filter(pk=sheet.pk, settled_at=None).update(settled_at=at):
        raise Overtaken
    sheet.settled_at = at
    journal.write("settle", sheet, by=by, at=at)


def _take(sheet: Sheet, lines: Lines, by: Person, at: datetime) -> None:
    """Each row for itself: one that cannot be leaves its words, and the others are taken."""
    rows = {row.number: row.signup for row in paper.rows_of(sheet)}
    refused = json.loads(sheet.answers or "{}")
    for row, line in sorted(lines.items()):
        try:
            with transaction.atomic():
                _take_line(sheet, rows[row], line, by, at)
        except Refused as no:
            refused[str(row)] = str(no)
    sheet.answers = json.dumps(refused) if refused else ""
    sheet.save(update_fields=["answers"])


def _take_line(sheet: Sheet, signup: Signup | None, line: Line, by: Person, at: datetime) -> None:
    session = sheet.session
    came, left = _moment(line.came, arrivals, session), _moment(line.left, departures, session)
    told = {"way": SHEET, "by": by, "at": at, "sheet": sheet}
    if signup is None:
        signup = walk_in(_seat(session, line), moment=came, **told)  # type: ignore[arg-type]  # as above
    elif came is not None and not (left is not None and signup.state == S.CHECKED_IN):  # they were tapped in already
        check_in(signup, moment=came, heads=line.heads or None, **told)  # type: ignore[arg-type]  # as above
    if left is not None:
        check_out(signup, moment=left, **told)  # type: ignore[arg-type]  # as above


def _seat(session: Session, line: Line) -> Seat:
    role = session.roles.for_residents().first()
    if role is None:
        raise NotNow(_("There are no seats for residents. Take them in some other way."))
    role.session = session
    return Seat(role, guest=line.name, headcount=line.heads or 1, agreed=True)


def _moment(text: str, circles: Callable[[Session], list[datetime]], session: Session) -> datetime | None:
    return next((moment for moment in circles(session) if said(moment, session) == text), None) if text else None


def _check_lines(sheet: Sheet, lines: Lines) -> None:
    """Nothing is read that was not printed: rows and circles are those of the sheet."""
    known, printed = len(sheet.rows), {row.number for row in paper.rows_of(sheet)}
    circles = [{said(one, sheet.session) for one in of(sheet.session)} | {""} for of in (arrivals, departures)]
    for row, line in lines.items():
        if row not in printed or line.came not in circles[0] or line.left not in circles[1]:
            raise Unfit(_("Row %(row)d is not as it was printed. Has the sheet been altered?") % {"row": row})
        if row > known and not line.is_empty and not (line.name and line.came):
            raise Unfit(_("Row %(row)d needs a name and when they came.") % {"row": row})


def _check_unread(sheet: Sheet, by: Person) -> None:
    readers = [one.by for one in sheet.readings.select_related("by")]
    if any(one.pk == by.pk or shares_phone(one, by) for one in readers) and len(readers) == 1:
        raise NotNow(_("You have entered this sheet. Now somebody else enters it, without seeing yours."))
    if len(readers) > 1:
        raise NotNow(_("This sheet has been entered by two people already. It counts once."))


def _check_runs(session: Session, by: Person, at: datetime) -> None:
    if not Standing(by, at).runs(session):
        raise NotAllowed
    if session.state == Session.State.REPORTED:
        raise NotNow(_("It has been reported already. Nothing more is entered."))


def _blanks(number: int, pages: list[list[int]]) -> int:
    return ROWS - len(pages[-1]) if number == len(pages) else 0
