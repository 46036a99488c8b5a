"""People who sign up, wait, come and go, allowed or not; after each deed everything promised is looked at again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Sum

from baixing.journal.models import Entry, name_of
from baixing.kernel.refusals import Refused
from baixing.people.models import Guardianship, Person
from baixing.schedule import actions
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import LIVE, Attendance, Role, Session, Signup, SignupQuerySet
from baixing.schedule.rules import Standing
from baixing.schedule.rules import signup as rules
from tests.schedule.stage import EVENING, RESIDENTS, VOLUNTEERS, evening
from tests.town import NINE, Town

S = Signup.State
MOVES = frozenset((start, row.verb, str(row.end)) for row in rules.LIFE for start in row.start)
FIRST = frozenset({S.CONFIRMED, S.WAITING, S.APPLIED, S.AWAITING_GUARDIAN})


@dataclass
class Crowd:
    """One evening with few seats, and twelve people."""

    town: Town
    session: Session
    people: list[Person]
    at: datetime = NINE
    seen: Counter[str] = field(default_factory=Counter)
    ended: dict[int, str] = field(default_factory=dict)

    @classmethod
    def gathered(cls, town: Town, *, approval: bool) -> Crowd:
        session = evening(town, Need(RESIDENTS, 4), Need(VOLUNTEERS, 2, least=1), approval=approval)
        people = [town.jin, town.luo, town.min, town.wei, town.zhou]
        people += Person.objects.bulk_create(Person(name=f"众{n}", made_at=NINE) for n in range(5))
        for n in range(2):
            child = Person.objects.create(name=f"童{n}", born=NINE.date() - timedelta(days=3650), made_at=NINE)
            bond = {"ward": child, "guardian": town.luo, "asked_at": NINE, "confirmed_at": NINE}
            Guardianship.objects.create(**bond, phone="", phone_index="")
            people.append(child)
        return cls(town, session, people)

    def sign_up(self, who: int, side: str, heads: int) -> None:
        role = self.session.roles.select_related("session__unit").get(side=side)
        role.session = Session.objects.get(pk=self.session.pk)
        person = self.people[who % len(self.people)]
        seat = Seat(role, person) if heads == 1 else Seat(role, party=f"团{who}", headcount=heads)
        by = person if heads == 1 else self.town.zhou
        self._try("sign_up", lambda: actions.sign_up(seat, by=by, at=self.at))

    def do(self, verb: str, which: int, who: int, *, stale: bool) -> None:
        """One verb on one sign-up, by the one whose it is, by the clerk, or by anybody."""
        if (found := self._one(which, "" if which % 5 == 4 else verb)) is None:
            return
        if stale:
            found.version += 1
        by = {0: found.person or self.town.zhou, 1: self.town.zhou}.get(who % 4, self.people[who % len(self.people)])
        by = self.town.luo if verb == "allow" and who % 3 == 0 else by
        deed = DEEDS[verb]
        done = self._try(verb, lambda: deed(found, by, self.at))
        assert not (done and stale), f"{verb} was done from a stale page"

    def do_fitting(self, which: int) -> None:
        """One of all the moves that somebody may make now."""
        pairs = [(one, verb, by) for one in self._rows() for by in self._near(one) for verb in self._verbs(one, by)]
        if pairs:
            rarest = min({verb for _one, verb, _by in pairs}, key=lambda verb: (self.seen[verb], verb))
            chosen = [pair for pair in pairs if which % 2 or pair[1] == rarest]
            one, verb, by = chosen[which % len(chosen)]
            self._try(verb, lambda: DEEDS[verb](one, by, self.at))

    def _near(self, one: Signup) -> list[Person]:
        return [self.town.zhou, self.town.luo] if one.state == S.AWAITING_GUARDIAN else [self.town.zhou]

    def _verbs(self, one: Signup, by: Person) -> list[str]:
        return sorted(rules.LIFE.powers(Standing(by, self.at), one) & DEEDS.keys())

    def resize(self, seats: int) -> None:
        session = Session.objects.get(pk=self.session.pk)
        needs = [Need(RESIDENTS, seats), Need(VOLUNTEERS, 2, least=1)]
        self._try("change", lambda: actions.change(session, {}, needs, by=self.town.zhou, at=self.at))

    def end(self, verb: str) -> None:
        session = Session.objects.get(pk=self.session.pk)
        if verb == "report":
            self._try(verb, lambda: actions.report(session, by=self.town.zhou, at=self.at))
        else:
            self._try(verb, lambda: actions.cancel_session(session, words="下雪", by=self.town.zhou, at=self.at))

    def wait(self, hours: float) -> None:
        self.at += timedelta(hours=hours)
        self._try("tick", lambda: actions.tick(at=self.at))

    def to_the_door(self) -> None:
        self.at = max(self.at, EVENING)
        self.wait(0)

    def go_home(self) -> None:
        if self.at >= EVENING:
            self.at = max(self.at, self.session.end)
            self.wait(0)

    def _one(self, which: int, verb: str) -> Signup | None:
        """Of those in whose state the verb is known, or of all."""
        rows = self._rows()
        starts = {state for row in rules.LIFE if row.verb == verb for state in row.start}
        found = list(rows.filter(state__in=starts) if verb else rows)
        return found[which % len(found)] if found else None

    def _rows(self) -> SignupQuerySet:
        nouns = ("session__unit", "session__team", "role", "person", "by")
        return Signup.objects.select_related(*nouns).order_by("pk")

    def _try(self, verb: str, deed: Callable[[], object]) -> bool:
        lines, before = _line(), self._taken()
        try:
            result = deed()
        except Refused:
            assert self._taken() == before, f"a refused {verb} moved seats"
            return False
        assert not (isinstance(result, dict) and result["faults"]), "the clock broke off"
        self.seen[verb] += 1
        self.look(lines)
        return True

    def look(self, line_before: dict[int, list[tuple[int, datetime, int]]]) -> None:
        """I1, I2, I3, I12, I13, I14, I15."""
        told = defaultdict(list)
        for line in Entry.objects.filter(thing__startswith="schedule.signup:").order_by("thing", "seq"):
            told[line.thing].append(line)
        for signup in Signup.objects.all():
            _journal(signup, told[name_of(signup)])
            if signup.pk in self.ended:
                assert self.ended[signup.pk] == signup.state, "an end has changed"
            elif signup.state not in LIVE:
                self.ended[signup.pk] = signup.state
        for role in Role.objects.filter(session=self.session):
            _seats(role, over=self.at >= self.session.end)
            _line_kept(line_before[role.pk], role)
        arrivals = Counter(line.thing for lines in told.values() for line in lines if line.verb == "check_in")
        assert max([*arrivals.values(), 0]) <= 1, "somebody came twice"
        here = Attendance.objects.filter(arrived_at__isnull=False).count()
        assert here == len(arrivals), "an arrival is counted more often than it is told"

    def _taken(self) -> dict[int, int]:
        return dict(Role.objects.filter(session=self.session).values_list("pk", "taken"))


DEEDS: dict[str, Callable[[Signup, Person, datetime], object]] = {
    "confirm": lambda one, by, at: actions.confirm(one, by=by, at=at) or True,
    "cancel": lambda one, by, at: actions.cancel(one, by=by, at=at) or True,
    "approve": lambda one, by, at: actions.approve(one, by=by, at=at) or True,
    "allow": lambda one, by, at: actions.allow(one, by=by, at=at) or True,
    "reject": lambda one, by, at: actions.reject(one, words="不合适", by=by, at=at) or True,
    "check_in": lambda one, by, at: actions.check_in(one, way="roster", by=by, at=at),
    "check_out": lambda one, by, at: actions.check_out(one, way="roster", by=by, at=at),
}
NOTES = frozenset({"agree_left"})


def _journal(signup: Signup, lines: list[Entry]) -> None:
    """The last of them is the state, each step is a row of the table, and each holds the digest of the one before."""
    assert (lines[0].verb, lines[0].state in FIRST, lines[0].before) == ("sign_up", True, "")
    for number, (before, after) in enumerate(pairwise(lines), start=2):
        assert (after.seq, after.before, after.digest) == (number, before.digest, after.digest_of_all())
        assert after.verb in NOTES or (before.state, after.verb, after.state) in MOVES, f"{before} {after}"
    assert lines[-1].state == signup.state, "the journal and the row differ"


def _line() -> dict[int, list[tuple[int, datetime, int]]]:
    found = defaultdict(list)
    for signup in Signup.objects.in_line():
        found[signup.role_id].append((signup.pk, signup.queued_at, signup.headcount))
    return found


def _seats(role: Role, *, over: bool) -> None:
    heads = Signup.objects.seated().filter(role=role).aggregate(all=Sum("headcount"))["all"] or 0
    assert role.taken == heads <= role.seats, f"{heads} heads, {role.taken} taken, {role.seats} seats"
    fitting = Signup.objects.in_line().filter(role=role, headcount__lte=role.free)
    assert over or not fitting.exists(), "a seat is empty beside a line"


def _line_kept(before: list[tuple[int, datetime, int]], role: Role) -> None:
    """Nobody who waits still was passed by somebody of as many heads or more who stood behind them."""
    states = dict(Signup.objects.filter(role=role).values_list("pk", "state"))
    waiting = [row for row in before if states[row[0]] == S.WAITING]
    went_on = [row for row in before if states[row[0]] == S.HELD]
    for pk, since, heads in waiting:
        passed = [one for one, later, more in went_on if (later, one) > (since, pk) and more >= heads]
        assert not passed, f"{passed} passed {pk} in the line"
