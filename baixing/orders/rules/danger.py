"""Words that mean danger: the number to call comes first, and the order is still saved."""

from __future__ import annotations

import re

PATTERNS: tuple[tuple[str, str], ...] = (
    # kind, words that mean it (not parts of harmless words: 火锅 is no fire)
    ("fire", r"着火|起火|失火|火灾|冒烟|爆炸|on fire|smoke everywhere"),
    ("gas", r"(煤气|天然气|燃气|液化气)[^不没]{0,6}(泄漏|漏气|漏了|味)|gas leak|smell of gas"),
    ("collapse", r"(房子|房屋|墙|屋顶|楼)[^不没]{0,4}(塌|倒了|要倒)|坍塌|collaps"),
    ("harm", r"自杀|轻生|不想活|割腕|跳楼|suicid|kill myself|end my life"),
    ("medical", r"昏迷|晕倒|没有呼吸|大出血|中风了|心脏病发|unconscious|not breathing"),
    ("violence", r"家暴|打我|持刀|砍人|being beaten|knife"),
)
NUMBERS: dict[str, tuple[str, ...]] = {
    "fire": ("119",),
    "gas": ("119",),
    "collapse": ("119", "120"),
    "harm": ("120", "12356"),
    "medical": ("120",),
    "violence": ("110",),
}
_FOUND = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in PATTERNS)


def found(words: str) -> str:
    """The kind of danger that the words speak of, the gravest first; "" when there is none."""
    return next((kind for kind, pattern in _FOUND if pattern.search(words)), "")


def numbers(kind: str) -> tuple[str, ...]:
    return NUMBERS.get(kind, ())
