"""Bring baixing/locale up to date with the sources: `./run words more.json …` adds translations, {"msgid": "words"}.

A message with a context is named "context\\u0004msgid"; one with a plural by its singular.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "baixing"
WORDS = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
HEAD = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "zh_Hans",
    "Plural-Forms": "nplurals=1; plural=0;",
}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, order=True)
class Message:
    context: str
    text: str
    plural: str = ""

    @property
    def name(self) -> str:
        return f"{self.context}\4{self.text}" if self.context else self.text


def in_sources() -> dict[Message, list[str]]:
    """Every message that the sources can say, and the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "data" not in path.parts:
            for message in in_file(path):
                files = found.setdefault(message, [])
                files += [] if (name := str(path.relative_to(PACKAGE.parent))) in files else [name]
    return found


def in_file(path: Path) -> Iterator[Message]:
    text = path.read_text()
    if path.suffix != ".py":  # templatize pads its lines, which would be an indentation error
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    for _line, said, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
        first, plural = said[:2] if isinstance(said, tuple) else (said, "")
        yield Message(context or "", first, plural or "")


def translated() -> dict[str, str]:
    """What the file in the package has: the message's name and its words."""
    entries = polib.pofile(str(WORDS)) if WORDS.exists() else []
    named = {Message(e.msgctxt or "", e.msgid).name: e for e in entries if not e.fuzzy and not e.obsolete}
    return {name: entry.msgstr_plural.get(0, "") or entry.msgstr for name, entry in named.items()}


def write(words: dict[str, str]) -> list[Message]:
    """A new file with exactly what the sources say; returns what still has no words."""
    file = polib.POFile(wrapwidth=118)
    file.metadata = HEAD
    sources = in_sources()
    for message in sorted(sources, key=lambda one: (sources[one], one)):
        file.append(_entry(message, words.get(message.name, ""), sources[message]))
    WORDS.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(WORDS))
    return [message for message in sources if not words.get(message.name)]


def _entry(message: Message, words: str, files: list[str]) -> polib.POEntry:
    said = {"msgid_plural": message.plural, "msgstr_plural": {0: words}} if message.plural else {"msgstr": words}
    occurrences = [(name, "") for name in files]
    flags = ["python-format"] if "%(" in message.text else []
    return polib.POEntry(
        msgctxt=message.context or None, msgid=message.text, occurrences=occurrences, flags=flags, **said
    )


def main(files: list[str]) -> int:
    words = translated()
    for file in files:
        words |= json.loads(Path(file).read_text())
    missing = write(words)
    for message in missing:
        print(f"no words for {message.name!r}")
    unused = set(words) - {message.name for message in in_sources()}
    print(f"{len(missing)} missing, {len(unused)} no longer said")
    return 1 if missing else 0


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    sys.exit(main(sys.argv[1:]))
