"""Writing the journal. A line that is written stays."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from baixing.journal.models import Entry, Words, name_of
from baixing.kernel.rows import add, insert

Fact = str | int | bool | None | list[str] | list[int]
AT_ONCE = 500  # things named in one question
ATTEMPTS = 20  # at one seq; each lost attempt means that somebody else's line was written


@dataclass(frozen=True)
class Line:
    """What one line of many says: the verb, the thing, ids, codes and numbers."""

    verb: str
    thing: Model
    facts: Mapping[str, Fact]


def write(
    verb: str,
    thing: Model,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    words: str = "",
    **facts: Fact,
) -> Entry:
    """Add a line, as the last step of the deed that it records and in its transaction."""
    return _write(_line(verb, thing, by, at, facts), words, first=False)


def begin(
    verb: str, thing: Model, *, by: AbstractBaseUser | None, at: datetime, words: str = "", **facts: Fact
) -> Entry:
    """The same of a thing that the deed has just made, so that there is hardly a line before."""
    return _write(_line(verb, thing, by, at, facts), words, first=True)


def _line(verb: str, thing: Model, by: AbstractBaseUser | None, at: datetime, facts: dict[str, Fact]) -> Entry:
    state = str(getattr(thing, "state", ""))
    return Entry(thing=name_of(thing), verb=verb, state=state, at=at, by_id=by.pk if by else None, facts=facts)


@transaction.atomic(savepoint=False)
def _write(entry: Entry, words: str, *, first: bool) -> Entry:
    kept = Words(text=words, salt=secrets.token_hex(16)) if words else None
    entry.words_digest = kept.digest_of_all() if kept else ""
    _append(entry, first=first)
    if kept:
        kept.entry = entry
        insert([kept])
    return entry


@transaction.atomic
def write_all(lines: Iterable[Line], *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Many lines of one deed, each as `write` would have written it. They hold no free words."""
    entries = [_line(line.verb, line.thing, by, at, dict(line.facts)) for line in lines]
    for _ in range(ATTEMPTS):
        _chain(entries)
        try:
            with transaction.atomic():
                Entry.objects.bulk_create(entries, batch_size=AT_ONCE)
        except IntegrityError:
            continue
        else:
            return
    message = f"no place for {len(entries)} lines"
    raise RuntimeError(message)


@transaction.atomic
def erase_words(thing: Model, *, at: datetime) -> int:
    """Empty the free words of all the lines of a thing; how many. The lines and their chain stay."""
    return erase_words_of([thing], at=at)


@transaction.atomic
def erase_words_of(things: Iterable[Model], *, at: datetime) -> int:
    """The same for many things at once."""
    return _empty(Words.objects.filter(entry__thing__in=[name_of(thing) for thing in things]), at)


@transaction.atomic
def erase_words_before(moment: datetime, *, kind: str, at: datetime) -> int:
    """Empty the free words of all lines of one kind of thing, such as "teams.team", written before this moment."""
    return _empty(Words.objects.filter(entry__thing__startswith=f"{kind}:", entry__at__lt=moment), at)


def _empty(words: QuerySet[Words], at: datetime) -> int:
    return words.filter(erased_at=None).update(text="", salt="", erased_at=at)


def _append(entry: Entry, *, first: bool) -> None:
    """Put the line behind the last one. Two at once get one place each."""
    for attempt in range(ATTEMPTS):
        last = None if first and attempt == 0 else Entry.objects.of(entry.thing).values_list("seq", "digest").last()
        entry.seq, entry.before = (last[0] + 1, last[1]) if last else (1, "")
        entry.digest = entry.digest_of_all()
        if add(entry):
            return
    message = f"no place for a line of {entry.thing}"
    raise RuntimeError(message)


def _chain(entries: Sequence[Entry]) -> None:
    """Give each line its place behind the last one of its thing."""
    lasts: dict[str, tuple[int, str]] = {}
    for names in _parts([entry.thing for entry in entries]):
        rows = Entry.objects.filter(thing__in=names).order_by("seq").values_list("thing", "seq", "digest")
        lasts |= {thing: (seq, digest) for thing, seq, digest in rows}
    for entry in entries:
        seq, entry.before = lasts.get(entry.thing, (0, ""))
        entry.pk, entry.seq = None, seq + 1
        entry.digest = entry.digest_of_all()
        lasts[entry.thing] = (entry.seq, entry.digest)


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE))
