"""The other orders of a household as they stand in the plan now: with this one, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.dispatching.models import Proposal
from baixing.dispatching.queries.doors import Apart
from baixing.orders.models import Order

WHY: Final = {
    Apart.DAYS: gettext_lazy("their days do not meet"),
    Apart.TEAM: gettext_lazy("no team can do both on one day"),
    Apart.FULL: gettext_lazy("no team that can has room for both on one day"),
    Apart.PIN: gettext_lazy("somebody has pinned one of them"),
}


@dataclass(frozen=True)
class Kin:
    """One other order of the same household."""

    order: Order
    together: bool
    apart: str  # why not, in words

    @property
    def line(self) -> str:
        named = {"number": self.order.number, "item": self.order.item.called if self.order.item else ""}
        if self.together:
            return _("together with order %(number)s %(item)s of the same household: one way for both") % named
        words = _("not together with order %(number)s %(item)s of the same household: %(why)s")
        return words % {**named, "why": self.apart}

    @property
    def left(self) -> str:
        """What another team than the plan's own would mean for it."""
        return _("order %(number)s of the same household would be a way of its own") % {"number": self.order.number}


def kin_of(proposal: Proposal) -> list[Kin]:
    if not proposal.beside:
        return []
    said = {one["order"]: one["apart"] for one in proposal.beside}
    others = Proposal.objects.filter(plan=proposal.plan_id, order__in=said).select_related("order__item")
    return [_kin(proposal, other, said[other.order_id]) for other in others.order_by("pk")]


def _kin(proposal: Proposal, other: Proposal, apart: str) -> Kin:
    if apart:
        return Kin(other.order, together=False, apart=str(WHY[Apart(apart)]))
    together = (proposal.team_id, proposal.day) == (other.team_id, other.day) and proposal.team_id is not None
    return Kin(other.order, together, "" if together else _("somebody has changed one of them"))
