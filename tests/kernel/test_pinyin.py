from __future__ import annotations

from random import Random

import pytest
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from baixing.kernel import pinyin
from baixing.kernel.pinyin import spell


def test_it_spells_as_pypinyin_does() -> None:
    dice, words = Random(1858), sorted(PHRASES_DICT)  # noqa: S311 - the same texts each time, nothing secret
    texts = dice.sample(words, 3000)
    texts += ["".join(dice.sample(words, 2))[: dice.randint(2, 9)] for _ in range(3000)]
    texts += ["重庆小面", "长辈理发abc 12", "行不行，银行", "女儿的绿裙子", "〇一二", "ABC", "", "a重b庆"]

    assert [text for text in texts if spell(text) != lazy_pinyin(text)] == []


def test_without_its_packed_table_it_spells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = spell("银行的长辈")
    monkeypatch.setattr(pinyin, "FILE", pinyin.FILE.with_name("nothing"))
    pinyin._table.cache_clear()

    made = spell("银行的长辈")

    pinyin._table.cache_clear()
    assert packed == made == ["yin", "hang", "de", "zhang", "bei"]
