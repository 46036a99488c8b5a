"""The menu in memory, so that it is searched in the same order on every database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from baixing.menu.models import Edition, ServiceItem, Synonym
from baixing.menu.queries.spelling import GIST, heard, pairs

Stamps = frozenset[str]


@dataclass(frozen=True)
class Term:
    """One way to call an item."""

    kind: str
    text: str
    spelt: tuple[str, ...]

    @cached_property
    def joined(self) -> str:
        return "".join(self.spelt)

    @cached_property
    def spaced(self) -> str:
        return f" {' '.join(self.spelt)} "

    @cached_property
    def initials(self) -> str:
        return "".join(syllable[0] for syllable in self.spelt)

    def tails(self) -> list[str]:
        """The pinyin from each syllable on."""
        return ["".join(self.spelt[n:]) for n in range(len(self.spelt))]


@dataclass(frozen=True)
class Entry:
    """An item as the search knows it."""

    pk: int
    rank: int
    path: str
    months: frozenset[int]
    terms: tuple[Term, ...]
    text: str

    def offered(self, line: frozenset[str] | None, month: int) -> bool:
        return (not self.months or month in self.months) and (line is None or self.path in line)


@dataclass
class Index:
    """All entries, and where each term and each pair of characters or sounds is."""

    entries: list[Entry]
    synonyms: list[tuple[str, str, str]]
    terms: dict[str, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))
    pairs: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    sounds: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    english: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for number, entry in enumerate(self.entries):
            for term in entry.terms:
                self._add(number, term)

    def _add(self, number: int, term: Term) -> None:
        if term.kind != GIST:
            self.terms[term.text].add((number, term.kind))
        for pair in pairs(term.text) if term.spelt else ():
            self.pairs[pair].add(number)
        for pair in pairs(tuple(heard(syllable) for syllable in term.spelt)):
            self.sounds[pair].add(number)
        for word in () if term.spelt else term.text.split():
            self.english[word].add(number)


def current() -> Index:
    """The menu as it is now. Asks one row a unit whether what is kept in memory still holds."""
    stamps = frozenset(Edition.objects.values_list("stamp", flat=True))
    return _kept(stamps) if stamps else _load()


@lru_cache(maxsize=2)
def _kept(_stamps: Stamps) -> Index:
    return _load()


def _load() -> Index:
    rows = ServiceItem.objects.active().in_order()
    entries = [
        _entry(rank, *row) for rank, row in enumerate(rows.values_list("pk", "unit__path", "months", "search_text"))
    ]
    synonyms = Synonym.objects.values_list("unit__path", "word", "means")
    return Index(entries, list(synonyms))


def _entry(rank: int, pk: int, path: str, months: str, text: str) -> Entry:
    numbers = frozenset(int(month) for month in months.split(",") if month)
    terms = tuple(_term(line) for line in text.splitlines())
    return Entry(pk=pk, rank=rank, path=path, months=numbers, terms=terms, text=text)


def _term(line: str) -> Term:
    kind, text, spelt, *_rest = line.split("\t")
    return Term(kind=kind, text=text, spelt=tuple(spelt.split()))
