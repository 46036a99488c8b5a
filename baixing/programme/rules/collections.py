"""Who keeps series and activity lists, and the life of a list."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.kernel.refusals import NotAllowed
from baixing.network.models import Unit
from baixing.programme.models import ActivityList
from baixing.programme.rules.standing import Standing

L = ActivityList.State


def check_keeper(one: Standing, unit: Unit) -> None:
    if not one.is_in_charge(unit):
        raise NotAllowed(_("Only the head and the staff of this unit, or of one above it, keep its series and lists."))


def _keeps(one: Standing, found: ActivityList) -> bool:
    return one.is_in_charge(found.unit)


def _has_activities(found: ActivityList) -> str:
    return "" if found.listed.exists() else _("Put the first activity on it before everybody reads it.")


LIST_LIFE: Final[Life[Standing, ActivityList]] = Life(
    Move("change_list", {L.DRAFT, L.PUBLISHED}, None, _keeps),
    Move("enter", {L.DRAFT, L.PUBLISHED}, None, _keeps),
    Move("strike", {L.DRAFT, L.PUBLISHED}, None, _keeps),
    Move("publish_list", {L.DRAFT}, L.PUBLISHED, _keeps, guard=_has_activities),
    Move("close_list", {L.PUBLISHED}, L.CLOSED, _keeps),
)
