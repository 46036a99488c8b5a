"""Whether a unit that is named takes part in putting an activity on."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.programme.models import Activity, Organiser
from baixing.programme.rules.standing import Standing

N = Organiser.State
LIVE: Final = frozenset({Activity.State.DRAFT, Activity.State.PUBLISHED})


def _answers(one: Standing, organiser: Organiser) -> bool:
    return one.is_in_charge(organiser.unit)


def _is_live(organiser: Organiser) -> str:
    return "" if organiser.activity.state in LIVE else _("This activity is over or withdrawn.")


PART_LIFE: Final[Life[Standing, Organiser]] = Life(
    Move("take_part", {N.ASKED, N.DECLINED}, N.ACCEPTED, _answers, guard=_is_live),
    Move("decline_part", {N.ASKED, N.ACCEPTED}, N.DECLINED, _answers, guard=_is_live),
)
