"""Volunteer numbers: BY, the year, seven digits, and a check digit.

The check digit is that of ISO 7064 MOD 11,10, the same as GB/T 17710: a single digit in place of the letter X,
and no one wrong digit goes unnoticed.
"""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"BY(20[0-9]{9})([0-9])")


def number_of(year: int, count: int) -> str:
    """The number of the count-th volunteer of a year."""
    digits = f"{year:04}{count:07}"
    return f"BY{digits}{check_digit(digits)}"


def is_volunteer_number(text: str) -> bool:
    found = _NUMBER.fullmatch(text)
    return found is not None and check_digit(found[1]) == int(found[2])


def check_digit(digits: str) -> int:
    product = 10
    for digit in digits:
        product = ((product + int(digit)) % 10 or 10) * 2 % 11
    return (11 - product) % 10
