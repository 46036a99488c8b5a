"""The proof that no plan is cheaper: prices, checked against every edge of the full network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from baixing.matching.arrays import Ints
from baixing.matching.capacity import Capacity, weeks_begun
from baixing.matching.edges import arcs, every_edge
from baixing.matching.fees import Fees
from baixing.matching.prices import Prices
from baixing.matching.world import DAYS_A_WEEK


@dataclass(frozen=True, eq=False)
class Certificate:
    """Prices in points. Where no order's is above what any team would ask for it, no plan costs less than the bound."""

    order: Ints  # (N,) what it must cost; a household's stands with the first of its orders
    day: Ints  # (M, D) what a visit more by this team on this day costs others, beyond its week's
    week: Ints  # (M, W) what a visit more by this team in this week costs, fairness included


def certificate_of(fees: Fees, room: Capacity, prices: Prices) -> Certificate:
    own, world = fees.visits, fees.world
    order = np.zeros(world.orders, np.int64)
    order[own.members[own.starts]] = np.where(own.pinned_team < 0, prices.visit, 0)
    week = prices.week.reshape(room.week.shape)
    day = prices.slot.reshape(room.day.shape) - week[:, np.arange(world.days) // DAYS_A_WEEK]
    return Certificate(order, np.where(room.day > 0, np.maximum(day, 0), 0), week)


def bound_of(fees: Fees, room: Capacity, prices: Certificate) -> int:
    """What the orders must cost, less what days and weeks earn at most, and what is pinned."""
    own = fees.visits
    pins = np.flatnonzero(own.pinned_team >= 0)
    pinned = fees.served(pins, own.pinned_team[pins], own.pinned_day[pins]).sum()
    booked = weeks_begun(fees.world)
    pinned += fees.fair(booked, room.begun - booked)
    return int(prices.order.sum() - (prices.day * room.day).sum() - _earned(fees, room, prices.week) + pinned)


def _earned(fees: Fees, room: Capacity, week: Ints) -> int:
    """At most, with so many visits as pay best; the fairness of what has begun is paid already."""
    fair = fees.weights.fair
    paying = (week - fair * room.begun + fair - 1) // fair if fair else np.where(week > 0, room.week, 0)
    visits = np.clip(paying, 0, room.week)
    return int((week * visits).sum()) - fees.fair(room.begun, visits)


def broken(fees: Fees, room: Capacity, prices: Certificate) -> str:
    """Why these prices prove nothing; empty if they are sound."""
    own, world = fees.visits, fees.world
    lead = own.members[own.starts]
    price = prices.order[lead]
    if prices.order.sum() != price.sum() or (price[own.pinned_team >= 0] != 0).any():
        return "an order that has no price of its own has one"
    if (prices.day < 0).any():
        return "the price of a day is below nothing"
    if (dear := np.flatnonzero((price > fees.unserved()) & (own.pinned_team < 0))).size:
        return f"order {lead[dear[0]]} is dearer than to leave it unserved"
    slot = (prices.day + prices.week[:, np.arange(world.days) // DAYS_A_WEEK]).ravel()
    for some in every_edge(fees, np.arange(len(own))):
        every = arcs(fees, room, some)
        for at in np.flatnonzero(price[every.visit] > every.fee + slot[every.slot]):
            team, day = divmod(int(every.slot[at]), world.days)
            return f"order {lead[every.visit[at]]} is dearer than team {team} would be on day {day}"
    return ""
