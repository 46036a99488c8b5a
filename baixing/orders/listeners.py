"""What orders do when somebody leaves: a post, a team, the city. It is loaded then."""

from __future__ import annotations

from django.utils.translation import gettext as _

from baixing.kernel.refusals import NotNow
from baixing.network.news import PostEnded, post_ended
from baixing.network.queries import staffed
from baixing.orders.models import Order
from baixing.people.news import Erased, erased
from baixing.teams.news import TeamClosing, team_closing


@post_ended.hear
def a_unit_without_staff_hands_its_orders_up(ended: PostEnded) -> None:
    from baixing.orders.actions.clock import hand_over
    from baixing.orders.queries.boards import live_of

    if not staffed(ended.post.unit, ended.at):
        for order in live_of(ended.post.unit):
            hand_over(order, by=None, at=ended.at)


@team_closing.hear
def a_team_with_open_orders_stays_open(closing: TeamClosing) -> None:
    if count := Order.objects.live().filter(team=closing.team).count():
        raise NotNow(
            _("This team still has %(count)s open orders. Settle them or hand them back first.") % {"count": count}
        )


@erased.hear
def what_somebody_wrote_goes_with_them(gone: Erased) -> None:
    from baixing.orders.actions.forgetting import forget_resident

    forget_resident(gone.person, at=gone.at)
