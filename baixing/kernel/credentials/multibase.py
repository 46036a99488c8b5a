"""Bytes as letters: multibase with base58btc, which is how keys and signatures are written."""

from __future__ import annotations

from typing import Final

LETTERS: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
MARK: Final = "z"  # base58btc follows
LONGEST: Final = 200  # letters; the longest we know are a signature's 89


def encode(data: bytes) -> str:
    zeros = len(data) - len(data.lstrip(b"\0"))
    number, letters = int.from_bytes(data), ""
    while number:
        number, rest = divmod(number, len(LETTERS))
        letters = LETTERS[rest] + letters
    return MARK + LETTERS[0] * zeros + letters


def decode(text: str) -> bytes:
    """Raises ValueError for what is none."""
    letters = text.removeprefix(MARK)
    if letters == text or len(text) > LONGEST:
        raise ValueError("not base58btc with its mark in front")
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    zeros = len(letters) - len(letters.lstrip(LETTERS[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
