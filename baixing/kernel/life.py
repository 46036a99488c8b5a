"""A life table: every move a thing can make, from where, to where, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
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
        rows = type(self)._base_manager.filter(pk=self.pk)  # noqa: SLF001 - Django's documented name
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

    def allows(self, actor: Actor | None, thing: Thing) -> bool:
        return self.by_clock if actor is None else self.who(actor, thing)

    def hindrance(self, thing: Thing) -> Refused | None:
        """Why nobody can make this move while the thing is as it is."""
        if thing.state not in self.start:
            return NotNow()
        words = self.guard(thing) if self.guard else ""
        return NotNow(words) if words else None


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
        """The verbs this actor may use on this thing now. Asks each question once a call."""
        said: dict[Hashable, bool] = {}
        open_now = [move for move in self if thing.state in move.start]
        return frozenset(
            move.verb
            for move in open_now
            if _once(said, move.who, lambda m=move: m.who(actor, thing))
            and _once(said, move.guard, lambda m=move: m.hindrance(thing) is None)
        )

    def refusal(self, verb: str, actor: Actor | None, thing: Thing) -> Refused | None:
        """Why this actor cannot use this verb on this thing now; None when they can."""
        return _refusal(self._rows(verb), actor, thing)

    def check(self, verb: str, actor: Actor | None, thing: Thing, end: str | None = None) -> Move[Actor, Thing]:
        """The row that would be taken, or a refusal that says why not."""
        return self._find(verb, actor, thing, end)

    def move(
        self,
        verb: str,
        actor: Actor | None,
        thing: Thing,
        *,
        end: str | None = None,
        **changes: object,
    ) -> None:
        """Make the move, or say why not. A verb with several ends needs to be told which."""
        found = self._find(verb, actor, thing, end)
        thing.step(found.end or thing.state, **changes)

    def _find(self, verb: str, actor: Actor | None, thing: Thing, end: str | None) -> Move[Actor, Thing]:
        rows = [row for row in self._rows(verb) if end is None or end == (row.end or thing.state)]
        if not rows:
            message = f"no row of {verb} ends in {end}"
            raise LookupError(message)
        if refusal := _refusal(rows, actor, thing):
            raise refusal
        fitting = [row for row in rows if _refusal([row], actor, thing) is None]
        if len({row.end for row in fitting}) > 1:
            message = f"{verb} has several ends from {thing.state}: name one"
            raise LookupError(message)
        return fitting[0]

    def _rows(self, verb: str) -> list[Move[Actor, Thing]]:
        rows = [move for move in self if move.verb == verb]
        if not rows:
            raise LookupError(verb)
        return rows


def _refusal(rows: Iterable[Move[Actor, Thing]], actor: Actor | None, thing: Thing) -> Refused | None:
    """May not comes before not now. Of several rows, the one nearest to fitting gives the words."""
    said: dict[Hashable, bool] = {}
    allowed = (
        [row for row in rows if _once(said, row.who, lambda m=row: m.allows(actor, thing))]
        if actor is not None
        else [row for row in rows if row.by_clock]
    )
    if not allowed:
        return NotAllowed()
    in_state = [row for row in allowed if thing.state in row.start]
    hindrances = [row.hindrance(thing) for row in in_state or allowed]
    return None if None in hindrances else hindrances[0]


def _once(said: dict[Hashable, bool], question: Hashable, ask: Callable[[], bool]) -> bool:
    if question not in said:
        said[question] = ask()
    return said[question]
