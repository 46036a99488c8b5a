"""When a move may not be made yet, in words. Each answers "" when nothing is in the way."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from baixing.orders.models import Order

CONTACT_AFTER = timedelta(days=1)
SERVED = frozenset({Order.State.SERVED, Order.State.DISPUTED, Order.State.CLOSED})
MOST_ASKS = 2
MOST_TRANSFERS = 2
MOST_SUGGESTIONS = 3
MOST_ABSENCES = 2
COUNTY = 3


def may_ask(order: Order) -> str:
    return _("The resident has been asked twice already.") if order.asks >= MOST_ASKS else ""


def is_wish(order: Order) -> str:
    return "" if order.is_wish else _("This order has its item already.")


def has_item(order: Order) -> str:
    return _("Name the item of this wish first.") if order.is_wish else free_of_proposal(order)


def on_menu(order: Order) -> str:
    return _("A wish needs no co-sign.") if order.is_wish else free_of_proposal(order)


def free_of_proposal(order: Order) -> str:
    return _("This order waits for a co-sign.") if order.proposal else ""


def proposes(order: Order) -> str:
    return "" if order.proposal else _("Nothing waits for a co-sign here.")


def proposes_reject(order: Order) -> str:
    return _proposes(order, Order.Proposal.REJECT)


def proposes_pause(order: Order) -> str:
    return _proposes(order, Order.Proposal.PAUSE)


def proposes_transfer(order: Order) -> str:
    return _proposes(order, Order.Proposal.TRANSFER)


def _proposes(order: Order, kind: Order.Proposal) -> str:
    return "" if order.proposal == kind else _("Nothing waits for a co-sign here.")


def may_transfer(order: Order) -> str:
    if order.transfers > MOST_TRANSFERS:
        return _("This order has been passed on often enough.")
    return free_of_proposal(order)


def may_pause(order: Order) -> str:
    return _("An order can be paused once only.") if order.pauses else free_of_proposal(order)


def paused_from_pending(order: Order) -> str:
    return _was(order, Order.State.PENDING)


def paused_from_accepted(order: Order) -> str:
    return _was(order, Order.State.ACCEPTED)


def paused_from_appointed(order: Order) -> str:
    return _was(order, Order.State.APPOINTED)


def _was(order: Order, state: str) -> str:
    return "" if order.paused_from == state else _("It was not paused from there.")


def two_tiers_tried(order: Order) -> str:
    if order.owner.tier < COUNTY:
        return _("Only a county or city centre may say that an order cannot be met.")
    if order.owner.tier <= order.first_receiver.tier:
        return _("Two tiers have to try before an order is given up.")
    return ""


def opened(order: Order) -> str:
    return "" if order.opened else _("This order is not open for claiming.")


def shared(order: Order) -> str:
    open_to_neighbours = order.item.shared if order.item else order.shared
    return "" if open_to_neighbours else _("One visit serves one household here. Please order your own.")


def not_opened(order: Order) -> str:
    return _("This order is open for claiming already.") if order.opened else ""


def may_suggest(order: Order) -> str:
    if order.suggestions >= MOST_SUGGESTIONS:
        return _("You have asked for another time three times. Please call the station.")
    return ""


def may_be_absent(order: Order) -> str:
    if order.absences >= MOST_ABSENCES:
        return _("The resident was out twice. Please call the station before you go again.")
    return ""


def is_long_served(order: Order, at: datetime) -> bool:
    """From a day after the service on nobody needs the contact. In a new round it is served anew."""
    ended = order.served_at if order.state in SERVED else None
    return ended is not None and at > ended + CONTACT_AFTER
