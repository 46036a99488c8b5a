"""How words are written down so that they can be found: folded, spelt in pinyin, cut in pairs."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from baixing.kernel.pinyin import spell
from baixing.menu.models import ServiceItem

HAN = re.compile(r"[㐀-䶿一-鿿]")
NOT_SAID = re.compile(r"[^0-9a-z㐀-䶿一-鿿]+")
GISTS = re.compile(r"[,，。、;；:：!！?？()（）\s]+")
# What is heard alike in the north-west: flat and curled tongue, n and l, with and without the g.
HEARD_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("l", "n"))
NAME, WORD, ENGLISH, GIST = "name", "word", "english", "gist"


def fold(text: str) -> str:
    """Lower case, half width, single spaces, nothing but letters, digits and characters."""
    return NOT_SAID.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def is_han(text: str) -> bool:
    return HAN.search(text) is not None


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[str, ...]:
    """The pinyin of each character, without tones; Latin words stay as they are."""
    return tuple(word for part in spell(text) for word in fold(part).split())


def heard(syllable: str) -> str:
    """A syllable as it is heard, so that lao and nao, shan and sang meet."""
    for written, spoken in HEARD_ALIKE:
        syllable = syllable.replace(written, spoken)
    return syllable


def pairs(parts: str | tuple[str, ...]) -> frozenset[str]:
    """Each two that stand side by side."""
    return frozenset("".join(parts[n : n + 2]) for n in range(len(parts) - 1))


def search_text(item: ServiceItem) -> str:
    """One line a term: its kind, its text, its pinyin apart, its pinyin together, its initials."""
    terms = [(NAME, item.name)]
    terms += [(WORD, word) for word in item.plain_words()]
    terms += [(ENGLISH, item.name_en), (ENGLISH, item.gist_en)]
    terms += [(GIST, part) for part in GISTS.split(item.gist)]
    lines = [_line(kind, fold(text)) for kind, text in terms if fold(text)]
    return "\n".join(dict.fromkeys(lines))


def _line(kind: str, text: str) -> str:
    if not is_han(text):
        return f"{kind}\t{text}\t\t\t"
    spelt = syllables(text)
    return "\t".join((kind, text, " ".join(spelt), "".join(spelt), "".join(s[0] for s in spelt)))
