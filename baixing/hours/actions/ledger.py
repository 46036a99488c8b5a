"""The one place that adds lines to the ledger. Whoever calls it has taken the volunteer's turn."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db.models import F
from django.utils.translation import gettext as _

from baixing.hours.models import HoursClaim, HoursEntry, LedgerRoot, Record, Transfer
from baixing.hours.rules import reckoning
from baixing.hours.rules.reckoning import Days, Span
from baixing.kernel.refusals import NotNow, Overtaken
from baixing.kernel.rows import add
from baixing.people.models import Person
from baixing.teams.models import Volunteer

K = HoursEntry.Kind


def take_turn(volunteer: Volunteer) -> None:
    """From here to the end of the transaction nobody else adds a line for this volunteer."""
    if not Record.objects.filter(volunteer=volunteer).update(turn=F("turn") + 1):
        add(Record(volunteer=volunteer))
        Record.objects.filter(volunteer=volunteer).update(turn=F("turn") + 1)


def credit(claim: HoursClaim, *, by: tuple[Person, Person], above: bool, at: datetime) -> HoursEntry | None:
    """The line of a claim: each moment once, ten hours a day at most unless signed above. None: nothing is left."""
    take_turn(claim.volunteer)
    days = _days_of(claim, above=above)
    minutes = sum(days.values())
    if not minutes:
        return None
    line = HoursEntry(kind=K.CREDIT, claim=claim, session=claim.session, late=claim.late, above=above)
    line.days = [[day.isoformat(), count] for day, count in sorted(days.items())]
    return _append(line, claim.volunteer, minutes, by=by, at=at)


def put_right(entry: HoursEntry, claim: HoursClaim, *, by: tuple[Person, Person], at: datetime) -> HoursEntry:
    """In place of a line that was taken back: so many of the minutes that it counted, the first of them."""
    had = {date.fromisoformat(day): count for day, count in entry.days}
    line = HoursEntry(kind=K.CREDIT, claim=claim, session=claim.session, late=claim.late, above=entry.above)
    line.days = [[day.isoformat(), count] for day, count in sorted(reckoning.first_of(had, claim.minutes).items())]
    return _append(line, claim.volunteer, claim.minutes, by=by, at=at)


def end_of(claim: HoursClaim) -> datetime:
    """When its minutes are over, if each moment counts once; its own end where that cannot be told any more."""
    return reckoning.reached(_pieces(claim), claim.minutes) or claim.end


def take_back(entry: HoursEntry, *, by: tuple[Person, Person], at: datetime) -> HoursEntry:
    """The opposite of a line. The line itself stays."""
    take_turn(entry.volunteer)
    if HoursEntry.objects.filter(reverses=entry).exists():
        raise NotNow(_("This line was taken back already."))
    line = HoursEntry(kind=K.REVERSAL, reverses=entry, session=entry.session, late=entry.late, above=entry.above)
    line.days = [[day, -count] for day, count in entry.days]
    return _append(line, entry.volunteer, -entry.minutes, by=by, at=at)


def move(transfer: Transfer, *, by: tuple[Person, Person], at: datetime) -> HoursEntry:
    """The line of a transfer. Nobody takes out more than there is."""
    take_turn(transfer.volunteer)
    goes = transfer.way == Transfer.Way.OUT
    if goes and sum(HoursEntry.objects.of(transfer.volunteer).values_list("minutes", flat=True)) < transfer.minutes:
        raise NotNow(_("The record does not hold as many hours."))
    line = HoursEntry(kind=K.MOVED_OUT if goes else K.MOVED_IN, transfer=transfer)
    return _append(line, transfer.volunteer, -transfer.minutes if goes else transfer.minutes, by=by, at=at)


def _days_of(claim: HoursClaim, *, above: bool) -> Days:
    days = reckoning.by_day(_pieces(claim))
    return days if above else reckoning.within_the_day(days, _had(claim.volunteer))


def _pieces(claim: HoursClaim) -> list[Span]:
    """What no other standing claim of the volunteer covers."""
    standing = HoursClaim.objects.standing().filter(volunteer=claim.volunteer)
    others = standing.filter(start__lt=claim.end, end__gt=claim.start).values_list("start", "end")
    return reckoning.without((claim.start, claim.end), others)


def _had(volunteer: Volunteer) -> Counter[date]:
    had: Counter[date] = Counter()
    for days in HoursEntry.objects.of(volunteer).values_list("days", flat=True):
        had.update({date.fromisoformat(day): count for day, count in days})
    return had


def _append(
    line: HoursEntry, volunteer: Volunteer, minutes: int, *, by: tuple[Person, Person], at: datetime
) -> HoursEntry:
    last = HoursEntry.objects.of(volunteer).values_list("seq", "digest", "at").last()
    if last and at < last[2]:
        raise NotNow(_("The clock of this machine is behind: the line before was written later than now."))
    if LedgerRoot.objects.filter(until__gt=at).exists():
        raise NotNow(_("The clock of this machine is behind: the root of this month is published already."))
    line.volunteer, line.person, line.minutes, line.at = volunteer, volunteer.person, minutes, at
    line.first_by, line.second_by = by
    line.seq, line.before = (last[0] + 1, last[1]) if last else (1, "")
    line.digest = line.digest_of_all()
    if not add(line):
        raise Overtaken
    return line
