"""People do things to orders, allowed or not; after each deed everything promised is looked at again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from baixing.kernel.refusals import NotAllowed, Refused
from baixing.network import actions as network
from baixing.network.models import Post, Unit
from baixing.orders import actions
from baixing.orders.models import Order
from baixing.people.models import Person
from tests.orders.machine import deeds, table
from tests.orders.machine.promises import check
from tests.orders.machine.record import Record, records, whole
from tests.orders.machine.stage import Stage, everything
from tests.town import NINE

OWN_REASONS = frozenset({"rate", "claim", "join"})  # look further than at who somebody is to the order
MISSED = ("pending", "accepted")  # where it goes when the team, when the resident was not there


class Play:
    """One run of it. `seen` counts the verbs that happened and the states that were reached."""

    def __init__(self, stage: Stage, seen: Counter[str]) -> None:
        self.stage, self.seen = stage, seen
        self.at: datetime = NINE
        self.before = everything()
        self.known: dict[int, Order] = {}
        self.register = table.Register.at(NINE)

    # what people do

    def place(self, who: Person, n: int) -> Order | None:
        said = deeds.wanted(self.stage, who, self.at, n)
        try:
            order = actions.place(said, by=who, at=self.at)
        except Refused as refusal:
            self._nothing_happened("place", refusal)
            return None
        posts = Post.objects.filter(person=who, until=None, kind__in=table.OFFICERS)
        over = any(said.station.path.startswith(post.unit.path) for post in posts.select_related("unit"))
        assert who == said.resident or (said.proof and over), "somebody ordered for another without a right to"
        self._look("place", order)
        return order

    def do(self, verb: str, order: Order, who: Person, n: int = 0, *, stale: bool = False) -> Refused | None:
        """Why it did not happen. A page that is no longer true is always refused."""
        (mine,), before = whole(order.pk), self.known[order.pk]
        was = table.roles(who, before, self.register)
        if stale:
            mine.as_seen(before.version - 1)
        try:
            deeds.Scene(self.stage, mine, who, self.at, n).do(verb)
        except Refused as refusal:
            self._nothing_happened(verb, refusal)
            self._not_too_strict(verb, before, was, refusal)
            return refusal
        assert not stale or verb in deeds.NOTES_ONLY, f"{verb} was done from a stale page"
        self._was_allowed(verb, before, was)
        self._look(verb, before)
        return None

    def leave(self, unit: Unit | None) -> None:
        """All who work at a unit leave it, one after another."""
        for post in Post.objects.filter(unit=unit, until=None, kind__in=table.OFFICERS):
            try:
                network.leave(post, by=post.person, at=self.at)
            except Refused as refusal:
                self._nothing_happened("leave", refusal)
            else:
                self._look("leave", None)

    def come(self, unit: Unit, who: Person) -> None:
        """Somebody new takes a post in a unit, named from above."""
        try:
            network.appoint_post(who, unit, Post.Kind.STAFF, by=self.stage.named("gao"), at=self.at)
        except Refused as refusal:
            self._nothing_happened("come", refusal)
        else:
            self._look("come", None)

    # what happens by itself

    def wait(self, span: timedelta) -> None:
        self.at += span

    def wait_for(self, order: Order) -> None:
        """Until the visit is over, or else until the order is due."""
        now = Order.objects.select_related("visit").get(pk=order.pk)
        ends = now.visit.end if now.visit and now.state == "appointed" else None
        self.at = max(self.at, (ends if ends and ends > self.at else now.due_at) or self.at)

    def tick(self) -> None:
        """Twice: the second time finds nothing to do."""
        assert not actions.tick(at=self.at)["faults"], "a deed of the clock broke off"
        self._look("tick", None, ticked=True)
        assert not any(actions.tick(at=self.at).values()), "the clock did something twice"
        self._nothing_happened("tick", None)

    # who would

    def fit(self, verb: str, order: Order, n: int = 0, *, pick: int = 0) -> Person | None:
        """One of those who may say this, by the table of the agreement."""
        now = self.known[order.pk]
        first, end = min(table.starts(verb), default=""), MISSED[n % 2] if verb == "miss" else None
        who = table.doers(verb, now.state, end) or table.doers(verb, first) or {"owner"}
        able = [one for one in self.stage.people if who & table.roles(one, now, self.register)]
        return able[pick % len(able)] if able else None

    # what must be true of it

    def _nothing_happened(self, verb: str, refusal: Refused | None) -> None:
        assert everything() == self.before, f"{verb} was refused and left something behind"
        assert refusal is None or str(refusal), f"{verb} was refused without a word"

    def _was_allowed(self, verb: str, before: Order, was: frozenset[str]) -> None:
        now = Order.objects.get(pk=before.pk)
        name = "miss" if verb in deeds.NOTES_ONLY and now.version > before.version else verb
        may = table.doers(name, before.state, now.state) or {"owner"}
        assert may & was, f"somebody did {verb} and may not"

    def _not_too_strict(self, verb: str, before: Order, was: frozenset[str], refusal: Refused) -> None:
        if isinstance(refusal, NotAllowed) and verb not in OWN_REASONS | deeds.NOTES_ONLY:
            ends = [end for start, name, end in table.MOVES if (start, name) == (before.state, verb)]
            may = [bool(table.doers(verb, before.state, end) & was) for end in ends]
            assert not may or not all(may), f"somebody may {verb}, and was not let"

    def _look(self, verb: str, order: Order | None, *, ticked: bool = False) -> None:
        self.register = table.Register.at(self.at)
        found = records(self.register, self.at, self.known, ticked=ticked)
        for one in found:
            self._count(one, verb if order and one.order.pk == order.pk else None)
            check(one)
        self.known = {one.order.pk: one.order for one in found}
        self.before = everything()

    def _count(self, one: Record, verb: str | None) -> None:
        """What is new in the journal of an order; the deed itself is the first of it."""
        lines = one.lines[one.earlier.version :] if one.earlier else one.lines
        if verb is not None and verb not in deeds.NOTES_ONLY:
            assert [(line.verb, line.at) for line in lines[:1]] == [(verb, self.at)], f"{verb} is not in the journal"
        self.seen.update([*(line.verb for line in lines), f"in {one.order.state}"])
