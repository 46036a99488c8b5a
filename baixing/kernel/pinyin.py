"""How Chinese is spelt in pinyin without tones, as pypinyin spells it, from a table of a tenth of its size.

The words of pypinyin fill 50 MB of memory, of which a web worker needs little. `write` packs what is needed, at
set-up; where nobody has done so the table is made from pypinyin itself, which takes as long and as much as it does.
"""

from __future__ import annotations

import marshal
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "pinyin.table"
BLOCKS = ((0x3007, 0x3008), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x30000))  # where characters are spelt


@dataclass(frozen=True)
class Table:
    """The spellings there are, which of them each character of a block has, words in order, and how some are said."""

    spellings: list[str]
    blocks: list[array[int]]
    words: list[str]
    said: dict[str, str]

    def character(self, one: str) -> str:
        """Itself when it is none."""
        point = ord(one)
        for (first, end), block in zip(BLOCKS, self.blocks, strict=True):
            if first <= point < end:
                return self.spellings[block[point - first]] or one
        return one

    def begins(self, text: str) -> bool:
        """Whether any word begins so."""
        at = bisect_left(self.words, text)
        return at < len(self.words) and self.words[at].startswith(text)

    def has(self, word: str) -> bool:
        at = bisect_left(self.words, word)
        return at < len(self.words) and self.words[at] == word

    def word(self, text: str) -> list[str]:
        if text in self.said:
            return self.said[text].split()
        return [self.character(one) for one in text]


def spell(text: str) -> list[str]:
    """One spelling a character; what is no character stays as it is, in one piece."""
    return [part for run in _runs(text) for part in run]


def write() -> None:
    """Pack the table beside this file. A part of setting an installation up."""
    table = _made()
    blocks = [block.tobytes() for block in table.blocks]
    FILE.write_bytes(marshal.dumps((table.spellings, blocks, table.words, table.said)))


def _runs(text: str) -> Iterator[list[str]]:
    table = _table()
    for match in _character().finditer(text):
        run = match[0]
        if match["han"]:
            yield from (table.word(word) for word in _words(run, table))
        else:
            yield [run]


def _words(text: str, table: Table) -> Iterator[str]:
    """The longest words from the left, as pypinyin cuts them; one character where there is no word."""
    while text:
        longest, end = 0, 1
        while end <= len(text) and table.begins(text[:end]):
            longest = end if table.has(text[:end]) else longest
            end += 1
        if not longest and end > len(text):  # the beginning of a word that does not come
            yield from text
            return
        longest = max(longest, 1)
        yield text[:longest]
        text = text[longest:]


@lru_cache(maxsize=1)
def _character() -> re.Pattern[str]:
    inside = "".join(f"{chr(first)}-{chr(end - 1)}" for first, end in BLOCKS)
    return re.compile(f"(?P<han>[{inside}]+)|[^{inside}]+")


@lru_cache(maxsize=1)
def _table() -> Table:
    if not FILE.exists():
        return _made()
    spellings, blocks, words, said = marshal.loads(FILE.read_bytes())  # noqa: S302 - written by ourselves at set-up
    return Table(spellings, [array("H", block) for block in blocks], words, said)


def _made() -> Table:
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    single = {chr(point): lazy_pinyin(chr(point))[0] for point in PINYIN_DICT}
    spellings = ["", *sorted(set(single.values()))]
    number = {spelling: at for at, spelling in enumerate(spellings)}
    blocks = [array("H", [number.get(single.get(chr(n), ""), 0) for n in range(*ends)]) for ends in BLOCKS]
    words = sorted(PHRASES_DICT)
    read = {word: lazy_pinyin(word) for word in words}
    said = {word: " ".join(how) for word, how in read.items() if how != [single.get(one, one) for one in word]}
    return Table(spellings, blocks, words, said)
