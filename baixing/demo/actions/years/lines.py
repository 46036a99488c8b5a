"""Lines of the journal as its own verbs would have written them, chained, with their words apart and sealed."""

from __future__ import annotations

import hashlib
from random import Random

from baixing.demo.actions.years import clock
from baixing.demo.actions.years.tables import Shelf
from baixing.journal.models import Entry, Words
from baixing.kernel.seal import seal


class Journal:
    """One for all that is written; a `Chain` is one thing's own lines."""

    def __init__(self, shelf: Shelf, dice: Random) -> None:
        self.shelf = shelf
        self.entries = shelf.table(Entry, "id thing seq verb state at by_id facts words_digest before digest")
        self.words = shelf.table(Words, "id entry_id text salt", erased_at=None)
        self._dice = dice

    def chain(self, thing: str) -> Chain:
        return Chain(self, thing)

    def salted(self, words: str) -> tuple[str, str]:
        """The salt, and the digest that the line keeps."""
        salt = f"{self._dice.getrandbits(128):032x}"
        return salt, hashlib.sha256(f"{salt}{words}".encode()).hexdigest()


class Chain:
    """The lines of one thing. `facts` are JSON with their names in order, as the digest covers them."""

    __slots__ = ("before", "journal", "seq", "thing")

    def __init__(self, journal: Journal, thing: str) -> None:
        self.journal, self.thing, self.seq, self.before = journal, thing, 0, ""

    def line(self, verb: str, state: str, at: int, by: int | None, facts: str = "{}", words: str = "") -> None:
        self.seq += 1
        salt, kept = self.journal.salted(words) if words else ("", "")
        who = "null" if by is None else by
        said = (
            f'["{self.thing}", {self.seq}, "{verb}", "{state}", "{clock.iso(at)}",'
            f' {who}, {facts}, "{kept}", "{self.before}"]'
        )
        digest, entries = hashlib.sha256(said.encode()).hexdigest(), self.journal.entries
        key = next(entries.keys)
        entries.add(key, self.thing, self.seq, verb, state, clock.column(at), by, facts, kept, self.before, digest)
        self.before = digest
        if words:
            self.journal.words.add(next(self.journal.words.keys), key, seal(words), salt)
