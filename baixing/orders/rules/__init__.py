from __future__ import annotations

from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotAllowed
from baixing.network.rules import IN_CHARGE, OFFICERS
from baixing.orders.models import Order
from baixing.orders.rules.life import LIFE
from baixing.orders.rules.standing import Standing

__all__ = ["LIFE", "Standing", "check_desk", "check_may", "check_settings", "keeps_settings"]


def check_may(verb: str, one: Standing, order: Order) -> None:
    """Refuse whoever may not use this verb on this order at all, before they fill in anything.

    Whether it fits now is asked when it is done, so that what was typed is not lost on the way.
    """
    refusal = LIFE.refusal(verb, one, order)
    if isinstance(refusal, NotAllowed):
        raise refusal


def check_desk(one: Standing) -> None:
    """Refuse whoever is an officer nowhere: there is nobody they could order for."""
    if not any(post.kind in OFFICERS for post in one.posts):
        raise NotAllowed(_("Only the staff of a unit order for somebody else."))


def keeps_settings(one: Standing) -> bool:
    """The head and the staff of the unit at the top of the tree: reasons and clocks are one for the whole city."""
    return any(post.kind in IN_CHARGE and post.unit.parent_id is None for post in one.posts)


def check_settings(one: Standing) -> None:
    if not keeps_settings(one):
        raise NotAllowed(_("Only the head and the staff of the city centre change the settings."))
