"""What two plans differ by in kilometres, in words: none is told for sure that rests on a place nobody has measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from baixing.dispatching.queries.words import guessed_words, guesses, said_road
from baixing.look.said import said_km

ALIKE: Final = 1  # km within which two plans weigh the same
Told = Mapping[str, Any]


def guesses_of_both(one: Told, other: Told) -> str:
    """As `guesses` of one: "all" where of one of the two no way is known, for then nor is the difference."""
    found = {guesses(one), guesses(other)}
    return next((some for some in ("all", "some") if some in found), "")


def on_guesses(one: Told, other: Told) -> list[str]:
    """How many ways of both rest on a guess, where any does."""
    here, there = one.get("guessed", 0), other.get("guessed", 0)
    if here == there:
        return [guessed_words(here)] if here else []
    words = _(
        "Of %(one)d ways on the first side and %(other)d on the second nobody has measured where they begin or end: it "
        "is guessed, near the place above."
    )
    return [words % {"one": here, "other": there}]


def rest_words(km: float, guessed: str) -> str:
    """What is won besides that more orders have a team; `guessed` as in `guesses`."""
    if abs(km) < ALIKE:
        return (
            _("Road, waiting and crowded weeks together weigh about the same.")
            if guessed
            else _("Road, waiting and crowded weeks together weigh the same.")
        )
    return (_less(guessed) if km > 0 else _more(guessed)) % {"km": said_km(abs(km))}


def _less(guessed: str) -> str:
    if guessed == "all":
        return _("Road, waiting and crowded weeks together are likely spared; by how much nobody has measured.")
    if guessed:
        return _("Road, waiting and crowded weeks together are spared by about as much as %(km)s km of road.")
    return _("Road, waiting and crowded weeks together are spared by as much as %(km)s km of road.")


def _more(guessed: str) -> str:
    if guessed == "all":
        return _("Road, waiting and crowded weeks together likely cost more; how much nobody has measured.")
    if guessed:
        return _("Road, waiting and crowded weeks together cost about as much as %(km)s km of road more.")
    return _("Road, waiting and crowded weeks together cost as much as %(km)s km of road more.")


def road_change(one: Told, other: Told) -> str:
    """How much more road or less: the same words as of the other figures, as far as it is known."""
    guessed, more = guesses_of_both(one, other), other["km"] - one["km"]
    if guessed == "all":
        return said_road(other if guesses(other) == "all" else one)
    if more == 0:
        return _("about the same") if guessed else _("the same")
    if guessed:
        words = _("about %(n)s more") if more > 0 else _("about %(n)s less")
    else:
        words = _("%(n)s more") if more > 0 else _("%(n)s less")
    return words % {"n": said_road({"km": abs(more)})}


def road_from_to(one: Told, other: Told) -> str:
    """Of a row, the road of both in short."""
    here, there = said_road(one), said_road(other)
    if here == there:
        return there
    return f"{here if guesses_of_both(one, other) else one['km']} → {there}"
