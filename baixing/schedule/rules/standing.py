"""How somebody stands to a session, and to a sign-up for it."""

from __future__ import annotations

from functools import cached_property

from django.db.models import QuerySet

from baixing.kernel.prepared import prepared
from baixing.people.models import Guardianship
from baixing.people.rules import shares_phone
from baixing.schedule.models import Session, Signup
from baixing.teams import rules as teams


class Standing(teams.Standing):
    """A person at a moment: their posts, their teams, and the children they answer for."""

    @cached_property
    def wards(self) -> frozenset[int]:
        return frozenset(ward for (ward,) in _wards(self.person.pk))

    def runs(self, session: Session) -> bool:
        """The leader of its team, and the head and staff of the unit that holds it, or above."""
        led = session.team is not None and self.leads(session.team)
        return led or self.is_in_charge(session.unit)

    def is_behind(self, signup: Signup) -> bool:
        """Whose sign-up it is, who made it for them, their guardian, or the household behind their phone."""
        if self.person.pk in {signup.person_id, signup.by_id} or signup.person_id in self.wards:
            return True
        return signup.person is not None and shares_phone(self.person, signup.person)


@prepared
def _wards(guardian: int) -> QuerySet[Guardianship, tuple[int]]:
    confirmed = Guardianship.objects.filter(guardian=guardian, confirmed_at__isnull=False, ended_at=None)
    return confirmed.values_list("ward_id")


def runs(one: Standing, session: Session) -> bool:
    return one.runs(session)
