"""A life table: every move a thing can make, from where, to where, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Refused


class Living(models.Model):
    """A row with a life. Its state and version are written by `step` and by nothing else."""

    state = models.CharField(max_length=20, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def as_seen(self, version: int | None) -> Self:
        """This row as a page showed it: a step is refused when it has moved on since."""
        if version is None:
            raise NotNow(_("This page is incomplete. Please reload it and try again."))
        self.version = version
        return self

    def step(self, end: str, /, **changes: object) -> None:
        """Move to `end`, unless somebody has moved this row since it was read."""
        rows = type(self)._base_manager.filter(pk=self.pk)
        unmoved = rows.filter(state=self.state, version=self.version)
        if not unmoved.update(state=end, version=F("version") + 1, **changes):
            raise Overtaken
        self.state, self.version = str(end), self.version + 1
        self._take_on(changes)

    def _take_on(self, changes: dict[str, object]) -> None:
        reckoned = {name for name, value in changes.items() if hasattr(value, "resolve_expression")}
        for name in changes.keys() - reckoned:
            setattr(self, name, changes[name])
        if reckoned:
            self.refresh_from_db(fields=reckoned)


Actor = TypeVar("Actor")
Thing = TypeVar("Thing", bound=Living)


@dataclass(frozen=True)
class Move(Generic[Actor, Thing]):
    """One row: the verb takes a thing from any state of `start` to `end` (None: it stays).

    `who` says who may; `guard` says in words why the thing cannot now, or "" when it can.
    `by_clock` lets it also happen by itself.
    """

    verb: str
    start: AbstractSet[str]
    end: str | None
    who: Callable[[Actor, Thing], bool]
    by_clock: bool = False
    guard: Callable[[Thing], str] | None = None


class Life(Generic[Actor, Thing]):
    """All the moves of one kind of thing. Draws the buttons and guards the deeds alike."""

    def __init__(self, *moves: Move[Actor, Thing]) -> None:
        self._moves = moves

    def __iter__(self) -> Iterator[Move[Actor, Thing]]:
        return iter(self._moves)

    @property
    def verbs(self) -> frozenset[str]:
        return frozenset(move.verb for move in self)

    def powers(self, actor: Actor, thing: Thing) -> frozenset[str]:
        """The verbs this actor may use on this thing now. Asks each question at most once."""
        asked = _Asked(actor, thing)
        return frozenset(row.verb for row in self if asked.hindrance(row) is None and asked.may(row))

    def refusal(self, verb: str, actor: Actor | None, thing: Thing) -> Refused | None:
        """Why this actor (None: the clock) cannot use this verb on this thing now; None when they can."""
        return _Asked(actor, thing).refusal(self._rows(verb))

    def check(self, verb: str, actor: Actor | None, thing: Thing, end: str | None = None) -> Move[Actor, Thing]:
        """The row that would be taken, or a refusal that says why not."""
        return self._find(verb, actor, thing, end)

    def move(self, verb: str, actor: Actor | None, thing: Thing, *, end: str | None = None, **changes: object) -> None:
        """Make the move, or say why not. A verb with several ends needs to be told which."""
        found = self._find(verb, actor, thing, end)
        thing.step(found.end or thing.state, **changes)

    def _find(self, verb: str, actor: Actor | None, thing: Thing, end: str | None) -> Move[Actor, Thing]:
        rows = [row for row in self._rows(verb) if end is None or end == (row.end or thing.state)]
        if not rows:
            raise LookupError(f"no row of {verb} ends in {end}")
        asked = _Asked(actor, thing)
        if refusal := asked.refusal(rows):
            raise refusal
        fitting = [row for row in rows if asked.may(row) and asked.hindrance(row) is None]
        if len({row.end for row in fitting}) > 1:
            raise LookupError(f"{verb} has several ends from {thing.state}: name one")
        return fitting[0]

    def _rows(self, verb: str) -> list[Move[Actor, Thing]]:
        if rows := [move for move in self if move.verb == verb]:
            return rows
        raise LookupError(verb)


class _Asked(Generic[Actor, Thing]):
    """What one actor and one thing have answered to the rows of a table, each question asked once."""

    def __init__(self, actor: Actor | None, thing: Thing) -> None:
        self.actor, self.thing = actor, thing
        self._may: dict[Callable[[Actor, Thing], bool], bool] = {}
        self._words: dict[Callable[[Thing], str], str] = {}

    def may(self, row: Move[Actor, Thing]) -> bool:
        if self.actor is None:
            return row.by_clock
        if row.who not in self._may:
            self._may[row.who] = row.who(self.actor, self.thing)
        return self._may[row.who]

    def hindrance(self, row: Move[Actor, Thing]) -> Refused | None:
        """Why nobody can make this move while the thing is as it is."""
        if self.thing.state not in row.start:
            return NotNow()
        if row.guard is None:
            return None
        if row.guard not in self._words:
            self._words[row.guard] = row.guard(self.thing)
        return NotNow(self._words[row.guard]) if self._words[row.guard] else None

    def refusal(self, rows: Iterable[Move[Actor, Thing]]) -> Refused | None:
        """May not comes before not now. Of several rows, the one nearest to fitting gives the words."""
        allowed = [row for row in rows if self.may(row)]
        if not allowed:
            return NotAllowed()
        nearest_first = sorted(allowed, key=lambda row: self.thing.state not in row.start)
        hindrances = [self.hindrance(row) for row in nearest_first]
        return None if None in hindrances else hindrances[0]
