"""Each session as it was lived: planned, opened, signed up for, held, told of; a row and a line for every step."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random

from baixing.demo import rules
from baixing.demo.actions.years import clock
from baixing.demo.actions.years.lines import Chain, Journal
from baixing.demo.actions.years.people import Neighbour, People, Pool
from baixing.demo.actions.years.plan import Held
from baixing.kernel.seal import blind, seal
from baixing.schedule.models import MOST_HEADS, Role, Session, Signup

MINUTE, HOUR, DAY = clock.MINUTE, clock.HOUR, clock.DAY
WAKES = 7 * HOUR  # local time at which people begin to sign up
EAST = 8 * HOUR  # of Greenwich
GUESTS, CANCELS, ABSENT, SAID, UNTOLD = 0.02, 0.05, 0.08, 0.6, 0.1
KEPT = 175 * DAY  # names of guests; older ones are forgotten as the clock forgets them
FORGOTTEN = "—"
LATELY = 5 * DAY  # in which some reports are still to be written
S = Session.State


@dataclass(slots=True)
class Seat:
    """One sign-up while it lives."""

    key: int
    chain: Chain
    at: int
    by: int | None
    one: Neighbour | None = None
    state: str = "confirmed"
    version: int = 1
    heads: int = 1
    party: str = ""
    guest: str = ""
    phone: str = ""

    def step(self, verb: str, state: str, at: int, by: int | None, facts: str = "{}") -> None:
        self.state, self.version = state, self.version + 1
        self.chain.line(verb, state, at, by, facts)


@dataclass(slots=True)
class Occurrence:
    """A session with its two kinds of seats and how far it has come."""

    held: Held
    key: int
    chain: Chain
    state: str
    end_of_signups: int
    reported: int = 0
    off: int = 0
    version: int = 2
    roles: dict[str, int] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    signups: dict[str, list[Seat]] = field(default_factory=lambda: {"resident": [], "volunteer": []})
    waits: bool = False  # some stood in line

    @property
    def everybody(self) -> list[Seat]:
        return [*self.signups["resident"], *self.signups["volunteer"]]


class Life:
    """Fills sessions with people, one session after the other as they begin."""

    def __init__(self, now: int, people: People, journal: Journal, dice: Random) -> None:
        self.now, self.dice, self.journal = now, dice, journal
        self.sessions = journal.shelf.table(
            Session, "id version state kind title words unit_id team_id platform_id made_by_id made_at start end place"
            " speech risk insurance", public=True, meeting_point="", link="", access="", agreement="", approval=False,
            signup_from=None, signup_until=None,
        )  # fmt: skip
        self.roles = journal.shelf.table(
            Role, "id session_id side seats least taken age_from age_to", name="", skill_id=None, licence_id=None
        )
        self.signups = journal.shelf.table(
            Signup, "id version state session_id role_id person_id by_id at queued_at headcount party guest phone"
            " phone_index code guardian_id", held_until=None, together="", offered_at=None, agreed_at=None,
            walk_in=False,
        )  # fmt: skip
        self.words = rules.data("years")
        self.pool = cache(people.pool)
        self.owed = 0  # people that an earlier session could not find
        self.guests = rules.FIRST_GUEST
        self._part: tuple[int, int] = (0, 0)
        self._here: set[int] = set()
        self._busy: set[int] = set()

    def begin(self, held: Held) -> Occurrence:
        """Planned and open, with everybody who signed up while they could."""
        chain = self.journal.chain(f"schedule.session:{held.key}")
        found = Occurrence(held, held.key, chain, S.OPEN, min(held.start - 20 * MINUTE, self.now - MINUTE))
        found.end_of_signups = max(found.end_of_signups, held.opened + MINUTE)
        chain.line("plan", S.DRAFT, held.planned, held.maker, f'{{"kind": "{self.kind_of(held)}"}}')
        chain.line("open", S.OPEN, held.opened, held.maker)
        if held.called_off:
            found.off = min(held.start - self.dice.randrange(3 * HOUR, 2 * DAY), held.start - HOUR)
            found.off = max(found.off, held.opened + DAY)
            held.called_off = found.off < self.now
        if held.called_off:
            found.end_of_signups = min(found.end_of_signups, found.off - MINUTE)
        self._fill(found)
        return found

    def kind_of(self, held: Held) -> str:
        return "activity" if held.activity else str(held.kind.row["kind"])

    def write(self, one: Occurrence) -> None:
        """The rows of the session as it is by now."""
        held, row = one.held, one.held.kind.row
        self.sessions.add(
            one.key, one.version, str(one.state), self.kind_of(held), held.title, row["words"], held.unit.pk, held.team,
            held.kind.platform, held.maker, clock.column(held.planned), clock.column(held.start),
            clock.column(held.end), held.place, row.get("speech", ""), row.get("risk", ""), row.get("insurance", ""),
        )  # fmt: skip
        for side, key in one.roles.items():
            taken = sum(seat.heads for seat in one.signups[side] if seat.state in _SEATED)
            least = max(min(row["volunteers"] - 1, one.seats[side]), 0) if side == "volunteer" else 0
            ages = (row.get("age_from"), row.get("age_to")) if side == "resident" else (None, None)
            self.roles.add(key, one.key, side, one.seats[side], least, taken, *ages)
        for side, seats in one.signups.items():
            for seat in seats:
                self._write(one, one.roles[side], seat)

    def _write(self, one: Occurrence, role: int, seat: Seat) -> None:
        at, who = clock.column(seat.at), seat.one
        index, sealed = (blind(seat.phone), seal(seat.phone)) if seat.phone else ("", "")
        self.signups.add(
            seat.key, seat.version, seat.state, one.key, role, who.key if who else None, seat.by, at, at, seat.heads,
            seat.party, seal(seat.guest) if seat.guest else "", sealed, index, f"{self.dice.getrandbits(64):016x}",
            (who.guardian or None) if who else None,
        )  # fmt: skip

    def _fill(self, one: Occurrence) -> None:
        held = one.held
        if held.part != self._part:
            if held.part[0] != self._part[0]:
                self._busy.clear()
            self._part = held.part
            self._here.clear()
        helpers = self._found(self.pool("helpers", held.unit.path), held.volunteers, held.opened, self._busy)
        self._here.update(helper.key for helper in helpers)
        wanted = held.residents + self.owed
        guests = sum(self.dice.random() < GUESTS for _each in range(wanted)) if held.kind.people == "grown" else 0
        pool = self.pool(held.kind.people, held.unit.path)
        people = self._found(pool, wanted - guests - bool(held.party), held.opened, self._here)
        came = len(people) + guests + bool(held.party) + len(helpers)
        self.owed = held.residents + held.volunteers + self.owed - came
        self._lay(one, people, guests, helpers)

    def _found(self, pool: Pool, wanted: int, at: int, used: set[int]) -> list[Neighbour]:
        return pool.some(max(wanted, 0), at, used, self.dice)

    def _lay(self, one: Occurrence, people: list[Neighbour], guests: int, helpers: list[Neighbour]) -> None:
        """The seats there are, and who got one."""
        held, dice = one.held, self.dice
        heads, usual = len(people) + guests + held.party, held.kind.row["draw"]
        fill = dice.triangular(0.45, 1.12, 0.85)
        seats = max(
            int(heads / fill) if fill > 1 else -(-heads // (5 * fill)) * 5, usual if held.start > self.now else 5
        )
        one.seats["resident"] = max(int(seats), held.party, 1)
        one.roles["resident"] = next(self.roles.keys)
        self._sign_up_all(one, people, guests)
        one.seats["volunteer"] = max(len(helpers) + dice.randint(0, 3), held.kind.row["volunteers"])
        one.roles["volunteer"] = next(self.roles.keys)
        for helper, at in zip(helpers, self._moments(one, len(helpers)), strict=True):
            one.signups["volunteer"].append(self._seat(one, at, helper.key, one=helper))

    def _sign_up_all(self, one: Occurrence, people: list[Neighbour], guests: int) -> None:
        held, rows, free = one.held, one.signups["resident"], one.seats["resident"]
        if held.party:
            party, at = self.dice.choice(self.words["parties"]), held.opened + MINUTE
            rows.append(self._seat(one, at, held.maker, heads=min(held.party, MOST_HEADS), party=party))
            free -= held.party
        whole: list[Neighbour | None] = [*people, *[None] * guests]
        self.dice.shuffle(whole)
        for who, at in zip(whole, self._moments(one, len(whole)), strict=True):
            state = "confirmed" if free > 0 else "waiting"
            if who is None:
                rows.append(self._guest(one, at, state))
            else:
                rows.append(self._seat(one, at, who.guardian or who.key, one=who, state=state))
            free -= 1
        one.waits = free < 0

    def _guest(self, one: Occurrence, at: int, state: str) -> Seat:
        """Somebody without an account, who showed the code that came to their telephone."""
        if one.held.end < self.now - KEPT:
            return self._seat(one, at, None, state=state, party=FORGOTTEN)
        self.guests += 1
        return self._seat(one, at, None, state=state, guest=rules.name(self.dice), phone=rules.phone(self.guests))

    def _seat(self, session: Occurrence, at: int, by: int | None, **facts: object) -> Seat:
        key = next(self.signups.keys)
        seat = Seat(key, self.journal.chain(f"schedule.signup:{key}"), at, by, **facts)  # type: ignore[arg-type]
        said = f'{{"headcount": {seat.heads}, "session": {session.key}}}'
        seat.chain.line("sign_up", seat.state, at, by, said)
        return seat

    def _moments(self, one: Occurrence, count: int) -> list[int]:
        """When people signed up, in turn; few do so at night."""
        begin, end = one.held.opened, one.end_of_signups
        return sorted(self._awake(begin + int((end - begin) * self.dice.random()), end) for _each in range(count))

    def _awake(self, at: int, end: int) -> int:
        early = (at + EAST) % DAY
        return at if early >= WAKES else min(at + WAKES - early, end)


_SEATED = frozenset(map(str, ("held", "confirmed", "checked_in", "attended", "absent")))
