"""Why a proposal cannot be offered any more: codes, which are kept, and their words, which are not."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.dispatching.models import Plan, Proposal
from baixing.kernel.refusals import NotNow, Overtaken, Refused
from baixing.orders.models import Order

WORDS: Final = {
    "changed": _("This order has been changed since the plan was made."),
    "dealt_with": _("This order has been dealt with since the plan was made."),
    "elsewhere": _("This order is open to all teams, waits for a co-sign, or is with another unit now."),
    "by_person": _("This resident asks that a person chooses the team. Please do it on the page of the order."),
    "over": _("The time for which this was planned is over. Please make the plan anew."),
    "newer": _("There is a newer plan. Please go on there."),
    "accepted": _("Its team has accepted this order. Ask it first whether it gives it back."),
    "just_now": Overtaken.words,
    "not_now": NotNow.words,
}


class Gone(Overtaken):
    """It cannot be offered any more."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(WORDS[code])


def code_of(no: Refused, proposal: Proposal) -> str:
    """Of a refusal that was no `Gone`."""
    if proposal.plan.state != Plan.State.MADE:
        return "newer"
    if proposal.held and proposal.order.state in (Order.State.ACCEPTED, Order.State.APPOINTED):
        return "accepted"
    return "just_now" if isinstance(no, Overtaken) else "not_now"
