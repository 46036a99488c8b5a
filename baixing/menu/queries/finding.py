"""From what somebody types to the items they mean, best first.

The ladder of scores: the name itself, its beginning, a word, the pinyin or its initials,
a synonym, the same sound, one wrong letter, and last how much of a whole question is there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from math import log

from baixing.menu.models import ItemQuerySet, ServiceItem
from baixing.menu.queries.index import Entry, Index, Term, current
from baixing.menu.queries.items import on_offer
from baixing.menu.queries.narrowing import Narrowed
from baixing.menu.queries.spelling import NAME, WORD, fold, heard, is_han, pairs, syllables
from baixing.network.models import Unit

LONGEST = 60  # letters of a question that are looked at
MOST = 20  # items that an answer holds
PROPER = 600  # from here on a match is of whole words
TAIL = 0.35  # what scores under this share of the best is left out
FILLERS = re.compile(
    "请问|你好|您好|我想要|我想|想要|我要|我家的|我家|我们|家里的|家里|家中|有没有|有人|能不能|可不可以|可以|能否|"
    "怎么办|怎么|谁能|谁会|帮我|帮忙|帮|需要|一下|一个|什么|哪里|哪儿|在哪|免费|上门|服务|[我你他的了吗呢吧啊呀给]"
)
POLITE = (
    "a an the i my me we our is are am to for of in on and at it do does please need want would like can could "
    "help with some somebody someone how what who has have"
)
ENGLISH_FILLERS = frozenset(POLITE.split())
Scores = dict[int, float]


def browse(asked: str, narrowed: Narrowed, station: Unit | None, on: date) -> ItemQuerySet | list[ServiceItem]:
    """What answers the question, the best first; without a question the whole menu in its order."""
    if asked:
        return [item for item in find(asked, station, on) if narrowed.admits(item)]
    return narrowed.of(on_offer(station, on)).with_nouns().in_order()


def find(words: str, station: Unit | None, on: date) -> list[ServiceItem]:
    """The items offered in the village (anywhere, when none is named) that the words mean."""
    asked = fold(words)[:LONGEST]
    if not asked:
        return []
    best = _best(current(), asked, frozenset(station.line()) if station else None, on.month)
    rows = ServiceItem.objects.active().with_nouns().in_bulk(best)
    return [rows[pk] for pk in best if pk in rows]


def _best(index: Index, asked: str, line: frozenset[str] | None, month: int) -> list[int]:
    scores = _scores(index, asked)
    for variant in _variants(index, asked, line):
        for number, score in _scores(index, variant).items():
            lowered = PROPER + (score - PROPER) * 0.2 if score >= PROPER else score * 0.97
            scores[number] = max(scores.get(number, 0), lowered)
    open_now = {n: s for n, s in scores.items() if index.entries[n].offered(line, month)}
    least = max(open_now.values(), default=0) * TAIL
    ranked = sorted(open_now, key=lambda n: (-round(open_now[n], 3), index.entries[n].rank))
    return [index.entries[n].pk for n in ranked if open_now[n] >= least][:MOST]


def _variants(index: Index, asked: str, line: frozenset[str] | None) -> Iterable[str]:
    """The question with each synonym put in its place."""
    said = {
        asked.replace(fold(word), fold(means))
        for path, word, means in index.synonyms
        if fold(word) in asked and (line is None or path in line)
    }
    return sorted(said - {asked, ""})[:8]


def _scores(index: Index, asked: str) -> Scores:
    """How well each entry answers; only those that do at all."""
    scores: Scores = defaultdict(float)
    core = FILLERS.sub("", asked).strip() if is_han(asked) else asked
    for text, share in ((asked, 1.0), (core, 0.99)):
        for number, entry in enumerate(index.entries) if text else ():
            _raise(scores, number, _whole(text, entry) * share)
    _contained(scores, index, asked)
    if max(scores.values(), default=0) < PROPER:
        _misspelt(scores, index, core or asked)
    _shared(scores, index, core or asked)
    return scores


def _raise(scores: Scores, number: int, score: float) -> None:
    if score > scores.get(number, 0):
        scores[number] = score


def _whole(asked: str, entry: Entry) -> float:
    """The words stand in the entry as they were typed."""
    close = asked.replace(" ", "")
    if asked not in entry.text and close not in entry.text and close[0] not in entry.text:
        return 0
    if asked in entry.text or close in entry.text:
        return max(_term_score(asked, close, term) for term in entry.terms)
    parts = asked.split()
    return 780 if len(parts) > 1 and all(_names(part, entry) for part in parts) else 0


def _names(part: str, entry: Entry) -> bool:
    """Does the entry say this: characters anywhere, a Latin word from its beginning?"""
    return part in entry.text if is_han(part) else any(f" {part}" in f" {term.text}" for term in entry.terms)


def _term_score(asked: str, close: str, term: Term) -> float:
    text = term.text
    if not term.spelt:
        return _english_score(asked, term)
    first = {NAME: 50, WORD: 0}.get(term.kind, -180)
    if text in (asked, close):
        return 950 + first
    if text.startswith(close):
        return (900 if term.kind == NAME else 820) + min(first, 0)
    if close in text:
        return 800 + first
    return _pinyin_score(close, term) + min(first, 0) if not is_han(close) else 0


def _english_score(asked: str, term: Term) -> float:
    if term.text == asked:
        return 1000
    if term.text.startswith(asked):
        return 890
    return 800 if f" {asked}" in term.text else 0


def _pinyin_score(close: str, term: Term) -> float:
    name = 20 if term.kind == NAME else 0
    if term.joined == close:
        return 760 + name
    if term.joined.startswith(close):
        return 740 + name
    if term.initials == close:
        return 730 + name
    if len(close) > 1 and term.initials.startswith(close):
        return 720 + name
    if len(close) > 1 and any(tail.startswith(close) for tail in term.tails()):
        return 700 + name
    return 670 + name if len(close) > 1 and close in term.initials else 0


def _contained(scores: Scores, index: Index, asked: str) -> None:
    """A whole question that holds a name or a word of the menu: the rarer and longer, the better."""
    close = asked.replace(" ", "")
    found: Scores = defaultdict(float)
    for start in range(len(close)):
        for end in range(start + 2, len(close) + 1):
            held = index.terms.get(close[start:end], set()) if is_han(close[start:end]) else set()
            for number, kind in held:
                found[number] += (end - start) * _rarity(index, len(held)) * (1.2 if kind == NAME else 1)
    most = max(found.values(), default=1)
    for number, weight in found.items():
        _raise(scores, number, PROPER + 20 + 60 * weight / most)


def _rarity(index: Index, count: int) -> float:
    return log(1 + len(index.entries) / count)


def _misspelt(scores: Scores, index: Index, asked: str) -> None:
    """The same sounds in other characters, or one letter wrong of three characters or of four letters at least."""
    close = asked.replace(" ", "")
    han = is_han(close)
    sounds = syllables(close) if han else ()
    run = f" {' '.join(sounds)} " if len(sounds) > 1 else ""
    for number, entry in enumerate(index.entries):
        for term in entry.terms:
            if term.kind not in (NAME, WORD):
                continue
            if run and run in term.spaced:
                _raise(scores, number, 590 if term.kind == NAME else 580)
            elif len(close) > 3 - han and _near(close, term.text if han else term.joined):
                _raise(scores, number, 560 if term.kind == NAME else 550)


def _near(one: str, other: str) -> bool:
    """Differ by at most one letter put in, left out, replaced or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, other_rest = one[start:], other[start:]
    swapped = rest[1::-1] + rest[2:] == other_rest
    return swapped or other_rest in (rest[1:], other_rest[:1] + rest[1:]) or rest == other_rest[1:]


def _shared(scores: Scores, index: Index, asked: str) -> None:
    """How much of the question the entry has, rare pairs counting more than common ones."""
    sounds = tuple(heard(s) for s in syllables(asked)) if is_han(asked) else ()
    words = frozenset(asked.split()) - ENGLISH_FILLERS if not sounds else frozenset()
    for share, held, parts in (
        (500, index.pairs, pairs(asked) if sounds else frozenset()),
        (330, index.sounds, pairs(sounds)),
        (500, index.english, words | {word.removesuffix("s") for word in words}),
    ):
        found = _weigh(index, held, parts)
        most = sum(_rarity(index, len(held[part])) for part in parts if held.get(part))
        for number, weight in found.items():
            _raise(scores, number, share * weight / most)


def _weigh(index: Index, held: dict[str, set[int]], parts: Iterable[str]) -> Scores:
    found: Scores = defaultdict(float)
    for part in sorted(parts):
        for number in held.get(part, ()):
            found[number] += _rarity(index, len(held[part]))
    return found
