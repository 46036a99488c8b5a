"""Compile what changed since it was last compiled: the translations, the table of pinyin, the days off."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import polib
import pypinyin

from baixing.kernel import daysoff, pinyin

LOCALE = Path(__file__).resolve().parent.parent / "baixing" / "locale"


def compile_words() -> None:
    for source in LOCALE.glob("*/LC_MESSAGES/*.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns:
            polib.pofile(str(source)).save_as_mofile(str(made))


def compile_pinyin() -> None:
    if _older(pinyin.FILE, Path(pypinyin.__file__).parent / "phrases_dict.json", Path(pinyin.__file__)):
        pinyin.write()


def compile_days_off() -> None:
    spec = find_spec("holidays")
    assert spec  # noqa: S101 - a library of ours
    if _older(daysoff.FILE, Path(str(spec.origin)), Path(daysoff.__file__)):
        daysoff.write()


def _older(made: Path, *sources: Path) -> bool:
    return not made.exists() or made.stat().st_mtime_ns < max(source.stat().st_mtime_ns for source in sources)


if __name__ == "__main__":
    compile_words()
    compile_pinyin()
    compile_days_off()
