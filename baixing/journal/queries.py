"""Reading the journal, and proving that nobody has changed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from baixing.journal.models import Entry, EntryQuerySet, name_of

AT_ONCE = 10_000  # things in one question


@dataclass(frozen=True)
class Verdict:
    """Whether the lines of a thing are all there, in order, and as they were written."""

    thing: str
    ok: bool
    lines: int
    first_bad: int | None = None
    why: str = ""


def lines(thing: Model | str) -> EntryQuerySet:
    """All that happened to a thing, the oldest first, each with its words and its doer."""
    return Entry.objects.of(thing).select_related("words", "by")


def words_by(person: AbstractBaseUser, things: Iterable[Model]) -> defaultdict[str, list[str]]:
    """What a person said of each of these things, the oldest first, by the names of the things."""
    names, said = [name_of(thing) for thing in things], defaultdict[str, list[str]](list)
    for start in range(0, len(names), AT_ONCE):
        own = Entry.objects.filter(thing__in=names[start : start + AT_ONCE], by_id=person.pk)
        for line in own.select_related("words").order_by("thing", "seq"):
            said[line.thing] += [line.text] if line.text else []
    return said


def last_lines(names: Iterable[str]) -> dict[str, datetime]:
    """When each of these things, by its name, was last touched; what nothing happened to is left out."""
    asked, found = list(names), dict[str, datetime]()
    for start in range(0, len(asked), AT_ONCE):
        lines = Entry.objects.filter(thing__in=asked[start : start + AT_ONCE])
        found |= dict(lines.values("thing").annotate(last=Max("at")).values_list("thing", "last"))
    return found


def recent(verb: str, thing: Model | str, by: AbstractBaseUser, since: datetime) -> bool:
    """Whether this person has done this to this thing since then."""
    return Entry.objects.of(thing).filter(verb=verb, by_id=by.pk, at__gte=since).exists()


def verify(thing: Model | str) -> Verdict:
    return _verdict(name_of(thing), Entry.objects.of(thing).select_related("words"))


def verify_all() -> Iterator[Verdict]:
    """A verdict for each thing that has a journal, read in one pass."""
    every = Entry.objects.order_by("thing", "seq").select_related("words")
    for thing, chain in groupby(every.iterator(chunk_size=2000), key=lambda entry: entry.thing):
        yield _verdict(thing, chain)


def _verdict(thing: str, chain: Iterable[Entry]) -> Verdict:
    seq, before = 0, ""
    for seq, entry in enumerate(chain, start=1):
        if why := _fault(entry, seq, before):
            return Verdict(thing, ok=False, lines=seq, first_bad=seq, why=why)
        before = entry.digest
    return Verdict(thing, ok=True, lines=seq)


def _fault(entry: Entry, seq: int, before: str) -> str:
    if entry.seq != seq:
        return _("a line is missing")
    if entry.before != before:
        return _("the line before was changed or exchanged")
    if entry.digest != entry.digest_of_all():
        return _("the line was changed")
    return _fault_of_words(entry)


def _fault_of_words(entry: Entry) -> str:
    if not entry.words_digest:
        return ""
    words = getattr(entry, "words", None)
    if words is None:
        return _("the words of the line are missing")
    if words.erased_at is None and words.digest_of_all() != entry.words_digest:
        return _("the words of the line were changed")
    return ""
