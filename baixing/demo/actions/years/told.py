"""What those who will come were told, and what still goes out to them: the news of sign-ups that are to come."""

from __future__ import annotations

import json

from baixing.demo.actions.years import clock
from baixing.demo.actions.years.living import Occurrence, Seat
from baixing.demo.actions.years.tables import Shelf
from baixing.kernel.seal import seal
from baixing.notices import rules
from baixing.notices.models import Channel, Notice, Outgoing
from baixing.schedule.actions.telling import REMIND, REMINDERS, as_fact

KINDS = {"confirmed": "signup.confirmed", "waiting": "signup.waiting"}
READ = clock.DAY  # what is older has been read


class Told:
    """The notices of one seat: that it is kept, and one for each time that somebody is reminded of it."""

    def __init__(self, now: int, shelf: Shelf) -> None:
        self.now = now
        self.notices = shelf.table(Notice, "id person_id kind thing said link at read_at", once_key="")
        unset: dict[str, object] = dict.fromkeys(("subscription_id", "tried_at", "claimed_until", "sent_at"))
        empty: dict[str, object] = dict.fromkeys(("host", "to", "text", "claimed_by", "provider_ref", "fault"), "")
        self.outgoing = shelf.table(
            Outgoing, "id notice_id key due next_try expires", channel=str(Channel.SMS), urgent=False,
            state=str(Outgoing.State.WAITING), tries=0, **unset, **empty,
        )  # fmt: skip

    def tell(self, session: Occurrence) -> None:
        for seat in session.everybody:
            if seat.one is not None and seat.state in KINDS:
                self._tell(session, seat, KINDS[seat.state], seat.at, {})
                if seat.state == "confirmed":
                    self._remind(session, seat)

    def _remind(self, session: Occurrence, seat: Seat) -> None:
        for kind, ahead in zip(REMINDERS, REMIND, strict=True):
            due = session.held.start - int(ahead.total_seconds())
            if due > seat.at:
                place = session.held.place or session.held.unit.name
                key = self._tell(session, seat, kind, due, {"place": place})
                if due > self.now:
                    self._send(key, due)

    def _tell(self, session: Occurrence, seat: Seat, kind: str, at: int, more: dict[str, str]) -> int:
        key, person = next(self.notices.keys), seat.one
        assert person is not None  # noqa: S101 - asked for above
        when = as_fact(clock.moment(session.held.start))
        said = json.dumps({"title": session.held.title, **more, "when": when})
        read = clock.column(at + clock.HOUR) if at + READ < self.now else None
        thing, link = f"schedule.signup:{seat.key}", f"/signups/{seat.key}/"
        self.notices.add(key, person.guardian or person.key, kind, thing, seal(said), link, clock.column(at), read)
        return key

    def _send(self, notice: int, at: int) -> None:
        due = clock.second_of(rules.heard_at(clock.moment(at), rules.NIGHT))
        expires = due + int(rules.KEPT[Channel.SMS].total_seconds())
        moments = clock.column(due), clock.column(due), clock.column(expires)
        self.outgoing.add(next(self.outgoing.keys), notice, f"notice-{notice}-{Channel.SMS.value}", *moments)
