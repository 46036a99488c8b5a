"""What orders do when the network changes."""

from __future__ import annotations

from baixing.network.news import PostEnded, post_ended
from baixing.network.queries import staffed
from baixing.orders.actions.clock import hand_over
from baixing.orders.queries.boards import live_of


@post_ended.hear
def a_unit_without_staff_hands_its_orders_up(ended: PostEnded) -> None:
    if not staffed(ended.post.unit, ended.at):
        for order in live_of(ended.post.unit):
            hand_over(order, by=None, at=ended.at)
