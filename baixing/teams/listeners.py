"""What teams do when somebody deletes their account; it is loaded then."""

from __future__ import annotations

from baixing.people.news import Erased, erased
from baixing.teams.models import Duty, Membership


@erased.hear
def whoever_goes_leaves_their_teams(gone: Erased) -> None:
    from baixing.teams.actions import leave, withdraw

    for place in Membership.objects.live().filter(person=gone.person).select_related("team", "person").order_by("pk"):
        end = leave if place.state == Membership.State.MEMBER else withdraw
        end(place, by=gone.by, at=gone.at)
    Duty.objects.filter(person=gone.person).delete()
