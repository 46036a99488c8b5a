"""What the head of the demo city has asked: what if our own team were away? The worker reckons it."""

from __future__ import annotations

from datetime import datetime

from baixing.demo.actions.people import Company
from baixing.dispatching.actions import ask_what_if
from baixing.dispatching.queries.demand import months
from baixing.dispatching.rules.changes import Changes
from baixing.kernel.calendar import LOCAL
from baixing.network.models import Unit
from baixing.teams.models import Team


def ask(company: Company, at: datetime) -> None:
    """Over the month in which most of the orders came."""
    city = Unit.objects.get(parent=None, tier=4)
    busiest = max(months(city, at.astimezone(LOCAL).date()), key=lambda month: month.orders)
    ours = Team.objects.get(leader=company["leader"])
    ask_what_if(city, busiest.first, Changes(away=(ours.pk,)), by=company["city"], at=at)
