"""What becomes of those who signed up: given back, promoted, here, gone, absent; and how the session ends."""

from __future__ import annotations

from dataclasses import dataclass

from baixing.demo.actions.years import clock
from baixing.demo.actions.years.living import (
    ABSENT,
    CANCELS,
    HOUR,
    LATELY,
    MINUTE,
    SAID,
    UNTOLD,
    Life,
    Occurrence,
    S,
    Seat,
)
from baixing.schedule.models import Attendance

FORGETS = 0.02  # of volunteers, to say when they leave
WAYS = ("code", "roster", "desk")


@dataclass(frozen=True, slots=True)
class Service:
    """A volunteer's presence from which hours are reckoned."""

    seat: Seat
    session: Occurrence
    attendance: int
    arrived: int
    left: int


class Doors:
    """Goes on where `Life` has filled a session."""

    def __init__(self, life: Life) -> None:
        self.life, self.dice, self.now = life, life.dice, life.now
        self.services: list[Service] = []
        self._rows: list[tuple[object, ...]] = []
        self.attendances = life.journal.shelf.table(
            Attendance, "id session_id person_id signup_id heads arrived_at arrived_way arrived_by_id left_at left_way"
            " left_by_id told_at", came=True, left_agreed_by_id=None, late=False, sheet_id=None,
        )  # fmt: skip

    def go_on(self, one: Occurrence) -> None:
        """From the last sign-up to now."""
        held = one.held
        if held.called_off:
            self._call_off(one)
            return
        self._give_back(one)
        if held.start > self.now:
            return
        one.chain.line("hold", S.HELD, held.start, None)
        one.state, one.version = S.HELD, 3
        told = held.end + self.dice.randrange(10 * MINUTE, 150 * MINUTE)
        untold = told > self.now or (held.end > self.now - LATELY and self.dice.random() < UNTOLD)
        one.reported = 0 if untold else told
        heads = self._hold(one)
        if one.reported:
            words = self.dice.choice(self.life.words["words"]) if self.dice.random() < SAID else ""
            one.chain.line("report", S.REPORTED, told, held.maker, f'{{"came": {heads}}}', words)
            one.state, one.version = S.REPORTED, 4

    def write(self) -> None:
        """The rows of who came to the last session; it stands by now."""
        for row in self._rows:
            self.attendances.add(*row)
        self._rows = []

    def _call_off(self, one: Occurrence) -> None:
        words, by = self.dice.choice(self.life.words["called_off"]), one.held.maker
        one.chain.line("call_off", S.CALLED_OFF, one.off, by, words=words)
        one.state, one.version = S.CALLED_OFF, 3
        for seat in one.everybody:
            seat.step("call_off", "called_off", one.off, by)

    def _give_back(self, one: Occurrence) -> None:
        """Where nobody stands in line, some seats are given back; else the first of the line takes each."""
        last = min(one.held.start - 4 * HOUR, self.now - MINUTE)
        if not one.waits:
            for seat in self._some(one.everybody):
                if seat.at < last:
                    seat.step("cancel", "cancelled", self.dice.randint(seat.at, last), seat.by)
            return
        since = max(seat.at for seat in one.everybody)
        line = [seat for seat in one.signups["resident"] if seat.state == "waiting"]
        goes = self._some(one.signups["resident"])
        if since + HOUR > last:
            return
        moments = sorted(self.dice.randint(since, last) for _each in range(min(len(line), len(goes))))
        for first, seat, at in zip(line, goes, moments, strict=False):
            seat.step("cancel", "cancelled", at, seat.by)
            first.step("promote", "held", at, None)
            first.step("confirm", "confirmed", min(at + self.dice.randrange(MINUTE, 3 * HOUR), self.now), first.by)

    def _some(self, seats: list[Seat]) -> list[Seat]:
        """Of those who have a seat, who will not come after all."""
        return [one for one in seats if one.state == "confirmed" and not one.party and self.dice.random() < CANCELS]

    def _hold(self, one: Occurrence) -> int:
        """Who came, and how many heads they are."""
        way, heads, over = self.dice.choice(WAYS), 0, one.held.end < self.now - MINUTE
        for side, seats in one.signups.items():
            for seat in seats:
                if seat.state == "waiting" and over:
                    seat.step("lapse", "lapsed", one.held.end, None)
                elif seat.state == "confirmed":
                    heads += self._come(one, seat, way, helps=side == "volunteer")
        return heads

    def _come(self, one: Occurrence, seat: Seat, way: str, *, helps: bool) -> int:
        held, dice = one.held, self.dice
        arrived = (
            held.start + (dice.randint(-25, -2) if helps else dice.randint(-20, 10)) * MINUTE + dice.randrange(MINUTE)
        )
        if dice.random() < ABSENT or arrived > self.now:
            if one.reported:
                seat.step("miss", "absent", one.reported, held.maker)
            return 0
        own = way == "code" and seat.one is not None
        by, told_way = (seat.by if own else held.maker), way if own else "roster" if way == "code" else way
        said = f'{{"came": "{clock.iso_short(arrived)}", "heads": {seat.heads}, "way": "{told_way}"}}'
        seat.step("check_in", "checked_in", arrived, by, said)
        key = next(self.attendances.keys)
        left = self._leave(one, seat, told_way, by) if helps else None
        if not helps and one.reported:
            seat.step("check_out", "attended", one.reported, held.maker)
        person, asked = (seat.one.key if seat.one else None), None if own else by
        ends = (clock.column(left), told_way, asked) if left else (None, "", None)
        told = clock.column(left or arrived)
        row = (key, one.key, person, seat.key, seat.heads, clock.column(arrived), told_way, asked, *ends, told)
        self._rows.append(row)
        if left and one.reported:
            self.services.append(Service(seat, one, key, arrived, left))
        return seat.heads

    def _leave(self, one: Occurrence, seat: Seat, way: str, by: int | None) -> int | None:
        """When a volunteer said that they go; nobody knows of some."""
        left = one.held.end + self.dice.randint(-10, 9) * MINUTE + self.dice.randrange(MINUTE)
        if left > self.now or self.dice.random() < FORGETS:
            return None
        said = f'{{"left": "{clock.iso_short(left)}", "way": "{way}"}}'
        seat.step("check_out", "attended", left, by, said)
        return left
