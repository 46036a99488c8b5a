from __future__ import annotations

from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotAllowed
from baixing.network.rules import OFFICERS
from baixing.orders.models import Order
from baixing.orders.rules.life import LIFE
from baixing.orders.rules.standing import Standing

__all__ = ["LIFE", "Standing", "check_desk", "check_may"]


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
