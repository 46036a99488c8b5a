"""Hours of those who served: claims that went through two people, chained entries, and a root for each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from django.db.models import Max

from baixing.demo.actions.years import clock
from baixing.demo.actions.years.doors import Service
from baixing.demo.actions.years.lines import Chain, Journal
from baixing.demo.actions.years.plan import staff_by_unit
from baixing.hours.actions import publish_roots
from baixing.hours.models import HoursClaim, HoursEntry, LedgerRoot, Record
from baixing.hours.rules.reckoning import OVER
from baixing.kernel.calendar import LOCAL
from baixing.kernel.canonical import digest
from baixing.network.models import Post, Unit

MINUTE, HOUR, DAY = clock.MINUTE, clock.HOUR, clock.DAY
REFUSED, LATELY = 0.015, 12 * DAY  # of claims; since when some still wait
WAIT = (0.45, 0.65)  # of those: to be checked; checked, to be credited
WORDS = "问过带队的人，他那天提前走了。"
SETTLED = timedelta(hours=2)  # after the end of a month
C = HoursClaim.State


@dataclass(slots=True)
class Claim:
    """One volunteer at one session, on its way into the ledger."""

    service: Service
    key: int
    chain: Chain
    start: int
    end: int
    first: int
    second: int
    reviewed: int
    credited: int
    state: str

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // MINUTE


class Ledger:
    """Credits in the order in which they happened, so that each volunteer's chain runs on in time."""

    def __init__(self, now: int, journal: Journal, dice: Random) -> None:
        self.now, self.journal, self.dice = now, journal, dice
        self.claims = journal.shelf.table(
            HoursClaim, "id version state volunteer_id session_id attendance_id start end minutes told_by_id made_at"
            " reviewed_by_id credited_by_id ended_at why", nth=1, late=False,
        )  # fmt: skip
        self.entries = journal.shelf.table(
            HoursEntry, "id volunteer_id person_id seq minutes days session_id claim_id above first_by_id second_by_id"
            " at before digest", kind="credit", reverses_id=None, transfer_id=None, late=False,
        )  # fmt: skip
        self.heads: dict[int, tuple[int, str]] = {}
        self.seconds = _seconds()

    def enter(self, services: Sequence[Service]) -> Iterator[int]:
        """How many have been entered, as it goes on."""
        for number, claim in enumerate(sorted(map(self._claim, services), key=lambda one: (one.credited, one.key))):
            if claim.state == C.CREDITED:
                self._credit(claim)
            self._write(claim)
            yield number
        records = self.journal.shelf.table(Record, "id volunteer_id turn", stars=False)
        for volunteer, (turn, _digest) in self.heads.items():
            records.add(next(records.keys), volunteer, turn)

    def _claim(self, service: Service) -> Claim:
        session, key, dice = service.session, next(self.claims.keys), self.dice
        chain, told = self.journal.chain(f"hours.hoursclaim:{key}"), session.reported
        planned = session.held.end - session.held.start + int(OVER.total_seconds())
        end = max(service.arrived, min(service.left, service.arrived + planned))
        first, second = self.seconds[session.held.unit.pk]
        reviewed = told + dice.randrange(HOUR, 2 * DAY)
        credited = reviewed + dice.randrange(HOUR, 5 * DAY)
        state = self._state(told, reviewed, credited)
        claim = Claim(service, key, chain, service.arrived, end, first, second, reviewed, credited, state)
        chain.line("compute", C.COMPUTED, told, session.held.maker, f'{{"late": false, "minutes": {claim.minutes}}}')
        if claim.state in {C.REVIEWED, C.CREDITED}:
            chain.line("review", C.REVIEWED, reviewed, first)
        elif claim.state == C.REFUSED:
            chain.line("refuse", C.REFUSED, reviewed, first, words=WORDS)
        return claim

    def _state(self, told: int, reviewed: int, credited: int) -> str:
        dice = self.dice.random()
        waits = WAIT if told > self.now - LATELY else (0.0, 0.0)
        if reviewed > self.now or dice < waits[0]:
            return C.COMPUTED
        if credited > self.now or dice < waits[1]:
            return C.REVIEWED
        return C.REFUSED if self.dice.random() < REFUSED else C.CREDITED

    def _credit(self, claim: Claim) -> None:
        service, session, who = claim.service, claim.service.session, claim.service.seat.one
        assert who is not None  # noqa: S101 - guests do not serve
        seq, before = self.heads.get(who.volunteer, (0, ""))
        day = clock.local_day(claim.start).isoformat()
        facts = {
            "number": who.number, "of": who.key, "seq": seq + 1, "kind": "credit", "minutes": claim.minutes,
            "days": [[day, claim.minutes]], "session": session.key, "reverses": None, "transfer": None, "late": False,
            "above": True, "by": [claim.first, claim.second], "at": clock.iso(claim.credited), "before": before,
        }  # fmt: skip
        last = digest(facts)
        self.heads[who.volunteer] = (seq + 1, last)
        self.entries.add(
            next(self.entries.keys), who.volunteer, who.key, seq + 1, claim.minutes, f'[["{day}", {claim.minutes}]]',
            session.key, claim.key, True, claim.first, claim.second, clock.column(claim.credited), before, last,
        )  # fmt: skip
        said = f'{{"digest": "{last}", "minutes": {claim.minutes}, "seq": {seq + 1}}}'
        claim.chain.line("credit", C.CREDITED, claim.credited, claim.second, said)
        assert service.left > service.arrived  # noqa: S101 - nobody leaves before they came

    def _write(self, claim: Claim) -> None:
        service, who, state = claim.service, claim.service.seat.one, claim.state
        first = claim.first if state in {C.REVIEWED, C.CREDITED} else None
        second = claim.second if state == C.CREDITED else None
        ended = claim.credited if second else claim.reviewed if state == C.REFUSED else None
        self.claims.add(
            claim.key, claim.chain.seq, str(state), who.volunteer if who else None, service.session.key,
            service.attendance, clock.column(claim.start), clock.column(claim.end), claim.minutes,
            service.session.held.maker, clock.column(service.session.reported), first, second, clock.column(ended),
            "words" if state == C.REFUSED else "",
        )  # fmt: skip


def publish(at: datetime) -> None:
    """The root of each month that is over, at its own end, as the clock would have published it."""
    last = LedgerRoot.objects.aggregate(last=Max("until"))["last"]
    first = last or HoursEntry.objects.earliest("at").at
    month = first.astimezone(LOCAL).date().replace(day=1)
    for number in count(1):
        ends = datetime(
            month.year + (month.month + number - 1) // 12, (month.month + number - 1) % 12 + 1, 1, tzinfo=LOCAL
        )
        if ends + SETTLED > at:
            return
        publish_roots(at=ends + SETTLED)


def _seconds() -> dict[int, tuple[int, int]]:
    """By unit, who checks claims and who, in the unit above, credits them."""
    staff = staff_by_unit()
    heads = dict(Post.objects.filter(kind=Post.Kind.HEAD, until=None).order_by("-pk").values_list("unit", "person"))
    found = {}
    for pk, parent in Unit.objects.filter(pk__in=staff).values_list("pk", "parent"):
        above = staff.get(parent or 0) or heads.get(pk)
        if above is not None:
            found[pk] = (staff[pk], above)
    return found
