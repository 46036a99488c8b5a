"""Who may do what in a team, when, and what is said of it."""

from __future__ import annotations

from baixing.teams.rules.life import ANSWER_WITHIN, LIFE, check_place
from baixing.teams.rules.numbers import check_digit, is_volunteer_number, number_of
from baixing.teams.rules.powers import (
    LONGEST_BREAK,
    MOST_A_WEEK,
    POWERS,
    check,
    check_founder,
    leader_words,
    powers,
    sees_members,
)
from baixing.teams.rules.standing import Standing, keeps_team, leads, oversees, serves_in
from baixing.teams.rules.texts import TEXTS

__all__ = [
    "ANSWER_WITHIN",
    "LIFE",
    "LONGEST_BREAK",
    "MOST_A_WEEK",
    "POWERS",
    "TEXTS",
    "Standing",
    "check",
    "check_digit",
    "check_founder",
    "check_place",
    "is_volunteer_number",
    "keeps_team",
    "leader_words",
    "leads",
    "number_of",
    "oversees",
    "powers",
    "sees_members",
    "serves_in",
]
