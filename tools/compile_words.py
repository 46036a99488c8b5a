"""Compile what changed since it was last compiled: the translations, the table of pinyin."""

from __future__ import annotations

from pathlib import Path

import polib
import pypinyin

from baixing.kernel import pinyin

LOCALE = Path(__file__).resolve().parent.parent / "baixing" / "locale"


def compile_words() -> None:
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns:
            polib.pofile(str(source)).save_as_mofile(str(made))


def compile_pinyin() -> None:
    words = Path(pypinyin.__file__).parent / "phrases_dict.json"
    if not pinyin.FILE.exists() or pinyin.FILE.stat().st_mtime_ns < max(words.stat().st_mtime_ns, _written()):
        pinyin.write()


def _written() -> int:
    return Path(pinyin.__file__).stat().st_mtime_ns


if __name__ == "__main__":
    compile_words()
    compile_pinyin()
