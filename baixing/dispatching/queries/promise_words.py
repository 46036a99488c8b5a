"""A promise that a proposal would change: whose it is, what it spares, and what is to be done, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.dispatching.models import Proposal
from baixing.dispatching.models.proposal import as_day
from baixing.look.said import said_day, said_km
from baixing.orders.models import Order
from baixing.teams.models import Team

SAID: Final = {
    "offered": gettext_lazy("This order is offered to %(team)s for %(day)s; it has not answered yet."),
    "accepted": gettext_lazy("%(team)s has accepted this order for %(day)s."),
    "appointed": gettext_lazy("%(team)s has set the visit for %(day)s."),
}
SAID_OF_NO_DAY: Final = {
    "offered": gettext_lazy("This order is offered to %(team)s; it has not answered yet."),
    "accepted": gettext_lazy("%(team)s has accepted this order, and has set no time yet."),
}


def promise_words(proposal: Proposal, teams: Mapping[int, Team], today: date) -> list[str]:
    """Whose it is; what it spares to change it; how."""
    told = proposal.promise
    if not told or told["team"] not in teams:
        return []
    named = {"team": teams[told["team"]].name, "day": said_day(as_day(told["day"]), today) if told["day"] else ""}
    said = (SAID if told["day"] else SAID_OF_NO_DAY)[told["state"]]
    return [str(said) % named, _why(proposal), *_how(proposal)]


def _why(proposal: Proposal) -> str:
    told = proposal.promise
    if told["lost"]:
        return _("It cannot come any more: it is off duty, or has that day off.")
    if told["spares"] is None:
        return _("In this plan that team goes to another order then.")
    words = _("To change it spares as much as %(km)s km of road; what a changed promise weighs is counted already.")
    return words % {"km": said_km(max(told["spares"], 0) / proposal.plan.policy["km"])}


def _how(proposal: Proposal) -> list[str]:
    asked = proposal.state == Proposal.State.ASKED
    if asked and proposal.order.state == Order.State.PENDING:
        return [_("It has given the order back, and the resident was told. Now it can be offered.")]
    if asked:
        return [_("It was asked whether it gives the order back, and is free to keep it.")]
    if proposal.state == Proposal.State.SHORT:
        return []
    if proposal.promise["state"] == Order.State.OFFERED:
        return [_("Confirmed, that offer is taken back, its leader is told, and the other team is asked.")]
    return [
        _("What a team has accepted it gives back itself: it is asked first, and the resident is told when it does.")
    ]
