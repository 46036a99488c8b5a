"""An order's journal as an auditor reads it: every line, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy

from baixing.journal import queries as journal
from baixing.journal.models import Entry
from baixing.journal.queries import Verdict
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Post
from baixing.orders.models import Order
from baixing.orders.queries.timeline import verb_words
from baixing.orders.rules import Standing

READ_FOR = timedelta(minutes=15)
HEADER = (
    gettext_lazy("Line"),
    gettext_lazy("Time"),
    gettext_lazy("Who"),
    gettext_lazy("What"),
    gettext_lazy("State"),
    gettext_lazy("Facts"),
    gettext_lazy("Digest"),
)


@dataclass(frozen=True)
class Line:
    """One line: who did what when, the facts, and the beginning of its digest. Free words stay sealed."""

    entry: Entry

    @property
    def label(self) -> str:
        return verb_words(self.entry.verb)

    @property
    def who(self) -> str:
        return str(self.entry.by.masked_name) if self.entry.by else ""

    @property
    def facts(self) -> str:
        return " ".join(f"{name}={value}" for name, value in self.entry.facts.items() if value not in (None, ""))

    @property
    def short(self) -> str:
        return self.entry.digest[:12]


@dataclass(frozen=True)
class Book:
    """The lines and the verdict on their chain."""

    lines: list[Line]
    verdict: Verdict

    def rows(self) -> Iterator[tuple[object, ...]]:
        for line in self.lines:
            entry = line.entry
            when = f"{entry.at.astimezone(LOCAL):%Y-%m-%d %H:%M:%S}"
            yield (entry.seq, when, line.who, line.label, entry.state, line.facts, entry.digest)


def audits(order: Order, one: Standing) -> bool:
    return one.holds_over({Post.Kind.AUDITOR}, order.owner)


def audited(order: Order, one: Standing) -> Order:
    """The order, for an auditor over its owner."""
    if not audits(order, one):
        raise NotAllowed
    return order


def book(order: Order, one: Standing) -> Book | None:
    """The journal, for an auditor whose look at it was written down a moment ago."""
    if not journal.recent("read", order, one.person, one.at - READ_FOR):
        return None
    return Book([Line(entry) for entry in journal.lines(order)], journal.verify(order))
