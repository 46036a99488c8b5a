"""What a proposal makes of the day of its team: all its visits together, as they are driven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from baixing.dispatching.models import Proposal
from baixing.kernel.calendar import LOCAL
from baixing.look.said import said_km, said_time
from baixing.orders.models import Order
from baixing.orders.queries.routes import Route, Stop
from baixing.orders.queries.team_days import day_of


@dataclass(frozen=True)
class Together:
    words: str
    faults: tuple[str, ...]  # why the day cannot be driven


def together(proposal: Proposal, at: datetime) -> Together | None:
    """None where the visit is the only one of its day, or that day is over."""
    team, day = proposal.team, proposal.day
    if team is None or day is None or day < at.astimezone(LOCAL).date():
        return None
    beside = Proposal.objects.open().filter(plan=proposal.plan_id, team=team, day=day).values("order")
    orders = Order.objects.filter(pk__in=beside).select_related("item", "station").prefetch_related("windows")
    found = day_of(team, day, orders.order_by("pk"), at)
    if found is None or len(found.stops) == 1:
        return None
    return Together(_words(found), tuple(_fault(stop) for stop in found.late))


def _words(found: Route) -> str:
    count = {"n": len(found.stops)}
    if found.unmeasured:
        words = _("%(n)d visits on that day; nobody has measured the way between them: %(places)s.")
        return words % {**count, "places": found.places}
    words = _("%(n)d visits on that day: about %(km)s km of road in all, away from %(leave)s to %(back)s.")
    clocks = {"leave": f"{found.leave:%H:%M}", "back": f"{found.back:%H:%M}"}
    return words % {**count, "km": said_km(found.km), **clocks}


def _fault(stop: Stop) -> str:
    words = _("The day does not fit: %(what)s in %(place)s would be %(late)s too late.")
    return words % {"what": stop.call.title, "place": stop.call.unit.short, "late": said_time(stop.late)}
