"""Every word a person reads is there in Chinese, and no others."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from tools import words

PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def entries() -> polib.POFile:
    return polib.pofile(str(words.WORDS))


@pytest.fixture(scope="module")
def said() -> dict[words.Message, list[str]]:
    """Reading all sources takes seconds."""
    return words.in_sources()


def named(entry: polib.POEntry) -> str:
    return words.Message(entry.msgctxt or "", entry.msgid).name


def test_every_message_of_the_sources_is_translated(said: dict[words.Message, list[str]]) -> None:
    have = words.translated()

    assert [(message.name, said[message]) for message in said if not have.get(message.name)] == []


def test_no_translation_is_stale(entries: polib.POFile, said: dict[words.Message, list[str]]) -> None:
    names = {message.name for message in said}

    assert [named(entry) for entry in entries if entry.obsolete or named(entry) not in names] == []


def test_no_translation_is_fuzzy(entries: polib.POFile) -> None:
    assert [named(entry) for entry in entries if entry.fuzzy] == []


def test_translations_fill_in_the_same_places(said: dict[words.Message, list[str]]) -> None:
    have = words.translated()
    unlike = [
        message.name
        for message in said
        if not places(have.get(message.name, "")) <= places(message.text) | places(message.plural)
    ]

    assert unlike == []


def test_translations_are_chinese_in_their_punctuation() -> None:
    half_width = re.compile(r"[\u4e00-\u9fff][,;:?!]|\.\.\.")

    assert [name for name, said in words.translated().items() if half_width.search(said)] == []


def test_a_message_in_a_template_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("{% load i18n %}\n  {% blocktranslate trimmed %}\n  Come\n  in\n{% endblocktranslate %}")

    assert list(words.in_file(page)) == [words.Message("", "Come in")]


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))
