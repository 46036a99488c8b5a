"""Words that mean danger: whom to call comes first, and the order is still saved.

A pure rule over data/danger.toml, whose head says how that file is read. In doubt the numbers are shown.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "danger.toml"
ALWAYS: Final = ("119", "120", "110")  # shown below those of the kind: what was heard may be another kind
SERVICES: Final = {
    "119": _("Fire"),
    "120": _("Ambulance"),
    "110": _("Police"),
    "12356": _("Psychological help"),
    "12355": _("Help for young people"),
}
CLAUSE_ENDS: Final = ",.;:!?。、\n"
GAP: Final = f"[^{CLAUSE_ENDS}]{{0,8}}?"
Row = dict[str, str]


@dataclass(frozen=True)
class Call:
    """A number and who answers there."""

    number: str
    service: str


@dataclass(frozen=True)
class Help:
    """What somebody in one kind of danger is told: what to do, whom to call now, whom else."""

    name: str
    say: str
    now: tuple[Call, ...]
    others: tuple[Call, ...]


@dataclass(frozen=True)
class Reading:
    """What stands round a word when it is not meant; the same for all kinds of danger."""

    denied: re.Pattern[str]
    asking: re.Pattern[str]
    prevented: re.Pattern[str]
    lesson: re.Pattern[str]
    heard: dict[str, str]

    @classmethod
    def of(cls, rows: dict[str, list[str]], asks_before: str, heard: dict[str, str]) -> Reading:
        denied, over = _any(rows["denied"]), _any(rows["denied_over"])
        after, rooms = _any(rows["asks_after"]), _any(rows["rooms"])
        lesson, lesson_en = _any(rows["lessons"]), _any(rows["lessons_en"])
        how = f"[^{CLAUSE_ENDS}了是在正着]{{0,8}}?|了?[^{CLAUSE_ENDS}了是]{{0,3}}怎么[^{CLAUSE_ENDS}]{{0,6}}?"
        return cls(
            denied=re.compile(rf"(?<![a-z{asks_before}])(?:{denied})(?:{over}|\s)*$"),
            asking=re.compile(rf"[^{CLAUSE_ENDS}]{{0,3}}(?:{after})"),
            prevented=re.compile(
                rf"(?<![a-z消不])(?:{_any(rows['prevented'])})(?:{_any(rows['prevented_over'])}|\s)*$"
            ),
            lesson=re.compile(rf"(?:{how})(?:{lesson})(?!{rooms})|\s(?:{lesson_en})\b"),
            heard=heard,
        )

    def plain(self, words: str) -> str:
        """As it is compared: no blanks between characters, no signs of two widths, nothing misheard."""
        text = unicodedata.normalize("NFKC", words).lower().replace("\u2019", "'")
        text = re.sub(r"(?<![!-~])[ \t]+|[ \t]+(?![!-~])", "", text)
        for wrong, right in self.heard.items():
            text = text.replace(wrong, right)
        return text

    def is_meant(self, text: str, start: int, end: int, *, deniable: bool) -> bool:
        before, after = text[:start], text[end:]
        if self.prevented.search(before) or self.lesson.match(after):
            return False
        return not deniable or not self.denied.search(before) or bool(self.asking.match(after))


@dataclass(frozen=True)
class Danger:
    """One kind of danger: the words that tell of it, and the help."""

    kind: str
    texts: Row
    call: tuple[str, ...]
    words: tuple[re.Pattern[str], ...]
    not_words: tuple[str, ...]
    deniable: bool
    reading: Reading

    def hears(self, text: str) -> bool:
        return any(self._meant(text, match) for word in self.words for match in word.finditer(text))

    def without_harmless(self, text: str) -> str:
        for harmless in self.not_words:
            text = text.replace(harmless, " ")
        return text

    def _meant(self, text: str, match: re.Match[str]) -> bool:
        starts = {match.start(), match.start("last")}
        return all(self.reading.is_meant(text, start, match.end(), deniable=self.deniable) for start in starts)


def found(words: str) -> str:
    """The kind of danger that the words speak of, the gravest first; "" when there is none."""
    reading, dangers = table()
    text = reading.plain(words)
    return next((one.kind for one in dangers.values() if one.hears(one.without_harmless(text))), "")


def help_in(kind: str) -> Help | None:
    """What to do and whom to call, in the reader's language; None for a kind that is none."""
    if (one := table()[1].get(kind)) is None:
        return None
    english = (translation.get_language() or "").startswith("en")
    name, say = (one.texts[f"{part}_en" if english else part] for part in ("name", "say"))
    return Help(name, say, _calls(one.call), _calls(number for number in ALWAYS if number not in one.call))


def _calls(numbers: Iterable[str]) -> tuple[Call, ...]:
    return tuple(Call(number, str(SERVICES[number])) for number in numbers)


def _any(words: Iterable[str]) -> str:
    """One of these, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _pattern(word: str) -> re.Pattern[str]:
    *parts, last = (re.escape(part) for part in word.split("~"))
    begin = r"\b" if word.isascii() else ""
    return re.compile(begin + "".join(part + GAP for part in parts) + f"(?P<last>{last})")


@lru_cache(maxsize=1)
def table() -> tuple[Reading, dict[str, Danger]]:
    """How everything is read, and each kind of danger. Read when first asked: its patterns take a while."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))
    reading = Reading.of(rows, rows["asks_before"], rows["heard"])
    return reading, {row["kind"]: _danger(row, reading) for row in rows["danger"]}


def _danger(row: dict[str, str | bool | list[str]], reading: Reading) -> Danger:
    texts = {name: said for name, said in row.items() if isinstance(said, str)}
    lists = {name: said for name, said in row.items() if isinstance(said, list)}
    return Danger(
        kind=texts["kind"],
        texts=texts,
        call=tuple(lists["call"]),
        words=tuple(_pattern(word) for word in lists["words"]),
        not_words=tuple(sorted(lists["not_words"], key=len, reverse=True)),
        deniable=bool(row["deniable"]),
        reading=reading,
    )
