"""How somebody stands to hours: whose they are, who runs the session, who is in charge of it or above it."""

from __future__ import annotations

from baixing.hours.models import HoursClaim
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.people.rules import shares_phone
from baixing.schedule import rules as schedule
from baixing.teams.models import Volunteer


class Standing(schedule.Standing):
    """A person at a moment. Two accounts behind one telephone count as one person here."""

    def is_one_with(self, other: Person | None) -> bool:
        return other is not None and (other.pk == self.person.pk or shares_phone(self.person, other))

    def is_volunteer(self, volunteer: Volunteer) -> bool:
        return self.is_one_with(volunteer.person)

    def is_above(self, unit: Unit) -> bool:
        """In charge of a unit above this one. Nothing is above the top: there it is whoever is in charge."""
        return any(office.covers(unit) and (office.pk != unit.pk or not unit.parent_id) for office in self.offices)

    def checks(self, claim: HoursClaim) -> bool:
        """Whoever runs the session, the leader of its team included; never the volunteer."""
        return self.runs(claim.session) and not self.is_volunteer(claim.volunteer)

    def credits(self, claim: HoursClaim) -> bool:
        """Staff and heads over the session who neither told nor checked it; over a late one, of the tier above."""
        in_charge = self.is_above if claim.late else self.is_in_charge
        return (
            in_charge(claim.session.unit)
            and not self.is_volunteer(claim.volunteer)
            and not self.is_one_with(claim.reviewed_by)
            and not self.has_read(claim)
        )

    def has_read(self, claim: HoursClaim) -> bool:
        """Who has entered the paper sheet that tells of it is no second person: it is their own word."""
        sheet = claim.attendance.sheet
        readers = sheet.readings.select_related("by") if sheet is not None else ()
        return any(self.is_one_with(reading.by) for reading in readers)

    def oversees_hours(self, unit: Unit, volunteer: Volunteer) -> bool:
        return self.is_in_charge(unit) and not self.is_volunteer(volunteer)
