"""The columns of each kind of list: their headings, what may stand in them, and which heading means which."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

DATA: Final = files("baixing.exchange") / "data" / "columns.toml"
_ASIDE = re.compile(r"[\s:*·_\-]|\((?:必填|选填|可不填|可以不填|required)\)")


@dataclass(frozen=True)
class Choice:
    """A word that may stand in a cell, what it means, and other words for the same."""

    word: str
    value: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column. Its words are Chinese in every language: they are what stands in the file."""

    name: str
    heading: str
    others: tuple[str, ...]
    hint: str
    example: str
    needed: bool = False
    longest: int = 0
    choices: tuple[Choice, ...] = ()

    def meanings(self) -> dict[str, str]:
        """What each word means that may stand in the cell."""
        return {plain(word): one.value for one in self.choices for word in (one.word, *one.others)}


@dataclass(frozen=True)
class Form:
    """All columns of one kind of list."""

    kind: str
    title: str
    about: tuple[str, ...]
    columns: tuple[Column, ...]

    def meant(self, heading: str) -> tuple[str, int] | None:
        """The column that a heading means, and how sure that is: 0 for its own name."""
        wanted = plain(heading)
        for column in self.columns:
            names = (column.heading, *column.others)
            places = [place for place, name in enumerate(names) if plain(name) == wanted]
            if places:
                return column.name, places[0]
        return None

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def word(self, name: str, value: str) -> str:
        """The word that we write for a value."""
        return next((one.word for one in self.column(name).choices if one.value == value), value)


def plain(text: str) -> str:
    """As headings and choices are compared: width, case, spaces, stars and colons make no difference."""
    return _ASIDE.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=8)
def form_of(kind: str) -> Form:
    said = tomllib.loads(DATA.read_text("utf-8"))[kind]
    columns = tuple(_column(row) for row in said["column"])
    return Form(kind, said["title"], tuple(said["about"]), columns)


def _column(row: Mapping[str, object]) -> Column:
    return Column(
        name=str(row["name"]),
        heading=str(row["heading"]),
        others=_words(row.get("others")),
        hint=str(row["hint"]),
        example=str(row["example"]),
        needed=bool(row.get("needed")),
        longest=int(str(row.get("longest", 0))),
        choices=tuple(Choice(word, value, tuple(others)) for word, value, *others in _lists(row.get("choices"))),
    )


def _words(said: object) -> tuple[str, ...]:
    return tuple(str(word) for word in said) if isinstance(said, list) else ()


def _lists(said: object) -> list[tuple[str, ...]]:
    return [_words(one) for one in said] if isinstance(said, list) else []
