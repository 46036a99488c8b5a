"""The lives of a page of remembrance and of what people leave there."""

from __future__ import annotations

from typing import Final

from baixing.kernel.life import Life, Move
from baixing.programme.models import Remembrance, Tribute
from baixing.programme.rules.standing import Standing

R, T = Remembrance.State, Tribute.State


def _keeps(one: Standing, found: Remembrance) -> bool:
    return one.is_in_charge(found.unit)


def _reads(one: Standing, tribute: Tribute) -> bool:
    """Whoever keeps the page; of their own words somebody else decides."""
    return tribute.by_id != one.person.pk and one.is_in_charge(tribute.page.unit)


def _left(one: Standing, tribute: Tribute) -> bool:
    return tribute.by_id == one.person.pk


REMEMBRANCE_LIFE: Final[Life[Standing, Remembrance]] = Life(
    Move("change_remembrance", {R.DRAFT, R.PUBLISHED}, None, _keeps),
    Move("publish_remembrance", {R.DRAFT}, R.PUBLISHED, _keeps),
    Move("close_remembrance", {R.PUBLISHED}, R.CLOSED, _keeps),
)

TRIBUTE_LIFE: Final[Life[Standing, Tribute]] = Life(
    Move("show_words", {T.WAITING, T.KEPT_BACK}, T.SHOWN, _reads),
    Move("keep_back", {T.WAITING, T.SHOWN}, T.KEPT_BACK, _reads),
    Move("withdraw_tribute", {T.WAITING, T.SHOWN, T.KEPT_BACK}, T.WITHDRAWN, _left),
)
