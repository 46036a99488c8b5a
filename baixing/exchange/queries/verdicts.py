"""What was found of each row, as it is kept until the list is brought in or laid aside."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from baixing.exchange.queries.cells import BAD, CHANGED, NEW, SAME, Checked


@dataclass(frozen=True)
class Verdict:
    """A row's number, what becomes of it, and why not: pairs of a column's name and words."""

    number: int
    state: str
    faults: list[list[str]]
    notes: list[str]

    def said(self) -> list[str]:
        return [words for _column, words in self.faults] + self.notes


def verdict_of(checked: Checked) -> Verdict:
    faults = [[fault.column, fault.words] for fault in checked.faults]
    return Verdict(checked.row.number, checked.verdict, faults, checked.notes)


def dumped(verdicts: Sequence[Verdict]) -> str:
    rows = [[one.number, one.state, one.faults, one.notes] for one in verdicts]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> list[Verdict]:
    return [Verdict(*row) for row in json.loads(text)] if text else []


def counts(checked: Sequence[Checked]) -> dict[str, int]:
    """How many rows of each state, by the name of the import's field."""
    found = Counter(one.verdict for one in checked)
    return {state: found[state] for state in (NEW, CHANGED, SAME, BAD)}
