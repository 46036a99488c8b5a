"""The lives of campaigns, of what is promised in them, and of what is counted."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.network.models import Unit
from baixing.people.rules import shares_phone
from baixing.programme.models import Campaign, Pledge, Tally
from baixing.programme.rules.standing import Standing

C, P, T = Campaign.State, Pledge.State, Tally.State


def _keeps(one: Standing, campaign: Campaign) -> bool:
    return one.is_in_charge(campaign.unit)


def _promised(one: Standing, pledge: Pledge) -> bool:
    """Who gave it; a household's also whoever shares its phone; a unit's also whoever is in charge of it."""
    if pledge.kind == Pledge.Kind.HOUSEHOLD and pledge.by is not None and shares_phone(one.person, pledge.by):
        return True
    return pledge.by_id == one.person.pk or (pledge.unit is not None and one.is_in_charge(pledge.unit))


def _counts(one: Standing, tally: Tally) -> bool:
    return one.is_in_charge(tally.unit)


def is_second(one: Standing, tally: Tally) -> bool:
    """In charge above the unit that counted; at the top, where nobody is above, a colleague. Never who told it."""
    return tally.told_by_id != one.person.pk and any(_is_above(office, tally.unit) for office in one.offices)


def _is_above(office: Unit, unit: Unit) -> bool:
    return office.covers(unit) and (office.pk != unit.pk or office.parent_id is None)


def _runs(tally: Tally) -> str:
    return "" if tally.campaign.state == C.PUBLISHED else _("This campaign is over: nothing more is counted.")


CAMPAIGN_LIFE: Final[Life[Standing, Campaign]] = Life(
    Move("change_campaign", {C.DRAFT, C.PUBLISHED}, None, _keeps),
    Move("publish_campaign", {C.DRAFT}, C.PUBLISHED, _keeps),
    Move("close_campaign", {C.PUBLISHED}, C.CLOSED, _keeps),
    Move("call_off_campaign", {C.PUBLISHED}, C.CALLED_OFF, _keeps),
)

PLEDGE_LIFE: Final[Life[Standing, Pledge]] = Life(
    Move("withdraw_pledge", {P.MADE}, P.WITHDRAWN, _promised),
)

TALLY_LIFE: Final[Life[Standing, Tally]] = Life(
    Move("tell_tally", {T.TOLD, T.RETURNED}, T.TOLD, _counts, guard=_runs),
    Move("confirm_tally", {T.TOLD}, T.CONFIRMED, is_second),
    Move("return_tally", {T.TOLD, T.CONFIRMED}, T.RETURNED, is_second),
)
