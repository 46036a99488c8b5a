"""Evenings that are over, and whoever has to do with their hours, allowed or not; after each deed all is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import DatabaseError, connection, transaction

from baixing.hours import actions
from baixing.hours.models import Certificate, Correction, Flag, HoursClaim, HoursEntry, Transfer
from baixing.hours.queries.sums import total_of_all
from baixing.hours.rules import lives
from baixing.hours.rules.standing import Standing
from baixing.kernel.life import Life, Living
from baixing.kernel.refusals import Refused
from baixing.network.models import Post, Unit
from baixing.people.actions import erase
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned
from baixing.schedule.models import Attendance, Session, Signup
from baixing.teams.actions import enrol_volunteer
from baixing.teams.models import Volunteer
from tests.hours.books import Books, journals_kept
from tests.hours.stage import fresh, join
from tests.hours.test_transfers import SYSTEM, document, signed
from tests.laid import laid
from tests.schedule.stage import EVENING, VOLUNTEERS
from tests.town import DAY, HOUR, NINE, Town, build

MORNING = EVENING + 3 * DAY  # when all of it is over and told
TAMPER = (
    "UPDATE hours_hoursentry SET minutes = minutes + 60",
    "UPDATE hours_hoursentry SET before = ''",
    "DELETE FROM hours_hoursentry WHERE kind = 'reversal'",
    "UPDATE hours_ledgerroot SET minutes = minutes + 60",
)
KINDS: dict[str, tuple[type[Living], tuple[str, ...], Life[Any, Any]]] = {
    "claim": (HoursClaim, ("volunteer__person", "session__unit", "session__team", "attendance"), lives.CLAIM),
    "certificate": (Certificate, ("volunteer__person", "unit", "publicised_by"), lives.CERTIFICATE),
    "correction": (
        Correction,
        ("entry__session__unit", "entry__volunteer__person", "entry__claim", "asked_by"),
        lives.CORRECTION,
    ),
    "transfer": (Transfer, ("volunteer__person", "system", "asked_by"), lives.TRANSFER),
}
DEEDS: dict[tuple[str, str], Callable[[Any, Person, datetime], object]] = {
    ("claim", "review"): lambda one, by, at: actions.review(one, by=by, at=at),
    ("claim", "credit"): lambda one, by, at: actions.credit(one, by=by, at=at),
    ("claim", "refuse"): lambda one, by, at: actions.refuse(one, words="没有来", by=by, at=at),
    ("certificate", "publicise"): lambda one, by, at: actions.publicise(one, by=by, at=at),
    ("certificate", "issue"): lambda one, by, at: actions.issue(one, by=by, at=at),
    ("certificate", "refuse"): lambda one, by, at: actions.refuse_certificate(one, words="记错了", by=by, at=at),
    ("certificate", "revoke"): lambda one, by, at: actions.revoke(one, words="记错了", by=by, at=at),
    ("correction", "agree"): lambda one, by, at: actions.agree_correction(one, by=by, at=at),
    ("correction", "drop"): lambda one, by, at: actions.drop_correction(one, by=by, at=at),
    ("transfer", "agree"): lambda one, by, at: actions.agree_transfer(one, by=by, at=at),
    ("transfer", "drop"): lambda one, by, at: actions.drop_transfer(one, by=by, at=at),
}


@dataclass
class Office:
    """Seven sessions of three days that people helped at, and eight who would like to have a say."""

    town: Town
    cast: tuple[Person, ...]
    volunteers: tuple[Volunteer, ...]
    at: datetime = MORNING
    seen: Counter[str] = field(default_factory=Counter)
    books: Books = field(default_factory=Books)
    standings: dict[int, tuple[datetime, Standing]] = field(default_factory=dict)

    @classmethod
    def opened(cls, seen: Counter[str]) -> Office:
        office = laid("office", _open)
        return office.anew(seen)

    def anew(self, seen: Counter[str]) -> Office:
        return replace(self, seen=seen, books=Books(), standings={}, at=MORNING)

    def do(self, kind: str, verb: str, which: int, who: int, *, stale: bool) -> None:
        """One verb on one thing by anybody at all."""
        if found := self._things(kind):
            one = found[which % len(found)]
            one.version += stale
            by = self.cast[who % len(self.cast)]
            done = self._try(_said(kind, verb), lambda: DEEDS[kind, verb](one, by, self.at))
            assert not (done and stale), f"{verb} was done from a stale page"

    def do_fitting(self, which: int) -> None:
        """The verb that was done least of those that somebody may do now."""
        for kind, verb in sorted(DEEDS, key=lambda each: (self.seen[_said(*each)], each)):
            if found := self._able(kind, verb):
                one, by = found[which % len(found)]
                if self._try(_said(kind, verb), partial(DEEDS[kind, verb], one, by, self.at)):
                    return

    def _able(self, kind: str, verb: str) -> list[tuple[Any, Person]]:
        life, things = KINDS[kind][2], self._things(kind)
        starts = {state for row in life if row.verb == verb for state in row.start}
        pairs = [(one, by) for one in things if one.state in starts for by in self.cast]
        return [(one, by) for one, by in pairs if not life.refusal(verb, self._standing(by), one)]

    def fill(self, which: int) -> None:
        """All that is odd is looked at, and every claim goes through two people: near first and far second, or so."""
        for flag in Flag.objects.open().select_related("unit").order_by("pk"):
            actions.settle(flag, words="看过", by=self.cast[4], at=self.at)
        for number in range(len(self._things("claim"))):
            for verb, last in (("review", (which + number) % 2 == 0), ("credit", False)):
                one = self._things("claim")[number]
                able = [by for by in self.cast if not lives.CLAIM.refusal(verb, self._standing(by), one)]
                if able:
                    self._try(verb, partial(DEEDS["claim", verb], one, able[-1 if last else 0], self.at), look=False)
        self.look()

    def show(self, which: int, *, objected: bool) -> None:
        """A certificate that everybody reads, and to which somebody may object."""
        self.draft(which)
        self.attempt("certificate", "publicise")
        for one in Certificate.objects.on_show().select_related("unit")[: int(objected)]:
            self._try("object", partial(actions.object_to, one, words="不对", by=self.cast[3], at=self.at))

    def attempt(self, kind: str, verb: str) -> None:
        for one, by in self._able(kind, verb)[:1]:
            self._try(_said(kind, verb), partial(DEEDS[kind, verb], one, by, self.at))

    def put_right(self, which: int) -> None:
        """One line is said to be too long, and a second person agrees."""
        self.ask_correction(which, 0, 30)
        self.attempt("correction", "agree")

    def draft(self, which: int) -> None:
        volunteer = self._volunteer(which)
        self._try("draft", lambda: actions.draft(volunteer, by=volunteer.person, at=self.at))

    def object_to(self, which: int, who: int) -> None:
        shown = list(Certificate.objects.on_show().select_related("unit", "volunteer__person"))
        things = [*shown, *HoursEntry.objects.select_related("session__unit", "person").order_by("pk")]
        if things:
            thing = things[which % len(things)]
            by = thing.person if isinstance(thing, HoursEntry) else self.cast[who % len(self.cast)]
            self._try("object", lambda: actions.object_to(thing, words="不对", by=by, at=self.at))

    def settle(self, which: int, who: int) -> None:
        if found := list(Flag.objects.open().select_related("unit").order_by("pk")):
            by = self.cast[who % len(self.cast)]
            self._try("settle", lambda: actions.settle(found[which % len(found)], words="看过", by=by, at=self.at))

    def ask_correction(self, which: int, who: int, minutes: int) -> None:
        rows = HoursEntry.objects.select_related("session__unit", "volunteer__person", "claim").order_by("pk")
        if found := list(rows):
            line, by = found[which % len(found)], self.cast[who % len(self.cast) if who % 3 else who % 2]
            ask = partial(actions.ask_correction, line, minutes=minutes, words="多记了", by=by, at=self.at)
            self._try("ask_correction", ask)

    def ask_transfer(self, which: int, who: int, minutes: int) -> None:
        """From elsewhere, in a document that says the same number each time for the same one."""
        by = self.cast[who % len(self.cast) if who % 3 else 4 + who % 2]
        told = document(self._volunteer(which).number, reference=f"2026/{which % 3}", minutes=minutes)
        self._try("take_in", lambda: actions.take_in(told, signed(told), by=by, at=self.at))

    def erase(self, which: int = -1) -> None:
        """Somebody goes for good: their minutes, lines, claims and heads stay where they are."""
        person = Person.objects.get(pk=self.cast[which].pk)
        counts = _counts()
        self._try("erase", lambda: erase(person, by=person, at=self.at))
        assert _counts() == counts, "whoever goes takes counts along"
        self.close()

    def close(self) -> None:
        """I16 and I19, where each sum is asked for."""
        self.books.add_up(self.at, self.town)

    def tamper(self, which: int) -> None:
        """Somebody writes into the database behind everybody's back."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(TAMPER[which % len(TAMPER)])
                assert cursor.rowcount <= 0, "the database let a line be changed"
        except DatabaseError:
            self.seen["tamper"] += 1

    def wait(self, hours: float) -> None:
        self.at += timedelta(hours=hours)
        self._try("publish_roots" if hours > 24 else "wait", lambda: actions.publish_roots(at=self.at))

    def look(self) -> None:
        """I1 and I3 of all that lives here, I16."""
        self.books.look(self.at)
        for kind, (model, _nouns, life) in KINDS.items():
            journals_kept(kind, list(model._default_manager.order_by("pk")), life)

    def _things(self, kind: str) -> list[Any]:
        model, nouns, _life = KINDS[kind]
        return list(model._default_manager.select_related(*nouns).order_by("pk"))

    def _standing(self, by: Person) -> Standing:
        if self.standings.get(by.pk, (None, None))[0] != self.at:
            self.standings[by.pk] = (self.at, Standing(by, self.at))
        return self.standings[by.pk][1]

    def _volunteer(self, which: int) -> Volunteer:
        pk = self.volunteers[which % len(self.volunteers)].pk
        return Volunteer.objects.select_related("person").get(pk=pk)

    def _try(self, said: str, deed: Callable[[], object], *, look: bool = True) -> bool:
        before = HoursEntry.objects.count()
        try:
            with transaction.atomic():
                deed()
        except Refused:
            assert HoursEntry.objects.count() == before, f"a refused {said} left a line"
            return False
        self.seen[said] += 1
        if look:
            self.look()
        return True


def _said(kind: str, verb: str) -> str:
    return verb if kind == "claim" else f"{verb} {kind}"


def _counts() -> dict[str, int]:
    rows = (HoursEntry, HoursClaim, Certificate, Attendance, Signup, Session)
    return {"minutes": total_of_all(), **{model.__name__: model._default_manager.count() for model in rows}}


# --- what they begin with ---


def _open() -> Office:
    town = build()
    shared = town.he  # the county's staff has two accounts behind one telephone
    Person.objects.filter(pk=town.wei.pk).update(phone_index=shared.phone_index)
    for unit, person in ((town.station, town.min), (town.county, Person.objects.get(pk=town.wei.pk))):
        Post.objects.create(person=person, unit=unit, kind=Post.Kind.STAFF, since=NINE - DAY)
    luo, min_, jin = town.luo, town.min, town.jin
    _held(town, town.station, EVENING, 2, [luo, min_, jin])
    _held(town, town.station, EVENING + HOUR, 2, [luo, jin])
    _held(town, town.station, EVENING + 4 * HOUR, 9, [min_])
    _held(town, town.station, EVENING + 14 * HOUR, 6, [min_, luo])
    _held(town, town.institute, EVENING + 15 * HOUR, 3, [jin], by=town.wu)
    _held(town, town.station, EVENING + DAY, 2, [luo, jin], late=True)
    _held(town, town.county, EVENING + 2 * DAY, 1, [jin, luo], by=town.he)
    actions.add_system("elsewhere", "别处", SYSTEM, by=town.gao, at=NINE)
    ning = Person.objects.create(name="ning", made_at=NINE)
    Post.objects.create(person=ning, unit=town.city, kind=Post.Kind.STAFF, since=NINE - DAY)
    names = (town.zhou, town.wu, town.he, town.wei, town.gao, ning, town.luo, town.min, town.jin)
    cast = tuple(Person.objects.get(pk=one.pk) for one in names)
    volunteers = tuple(enrol_volunteer(one, by=None, at=MORNING) for one in (luo, min_, jin))
    return Office(town, cast, volunteers)


def _held(
    town: Town,
    unit: Unit,
    start: datetime,
    hours: int,
    people: Sequence[Person],
    *,
    by: Person | None = None,
    late: bool = False,
) -> None:
    """A session with everybody there from its begin to its end; told in time, or only the day after."""
    by, end = by or town.zhou, start + hours * HOUR
    planned = Planned("activity", "庙会", unit, start, end, needs=(Need(VOLUNTEERS, 9),), facts={"public": True})
    session = schedule.plan(planned, by=by, at=NINE)
    schedule.open(session, by=by, at=NINE)
    for person in people:
        signup = join(session, person)
        schedule.check_in(signup, way="roster", by=by, at=start)
        if not late:
            schedule.check_out(signup, way="roster", by=by, at=end)
    schedule.report(fresh(session), by=by, at=end)
    for signup in Signup.objects.filter(session=session, state="checked_in").select_related("session", "role"):
        row = schedule.check_out(signup, way="said", by=by, at=end + DAY, moment=end)
        assert signup.person is not None
        schedule.agree_left(row, by=signup.person, at=end + DAY)
