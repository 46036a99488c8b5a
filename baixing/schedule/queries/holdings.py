"""What the schedule holds on a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.people.models import Person
from baixing.people.rules.above import Fact, Held
from baixing.schedule.models import Alert, Attendance, Booking, Signup, Standby
from baixing.schedule.queries.feeds import own_feeds


def held(person: Person, _at: datetime) -> list[Held]:
    return [
        Held(_("What I signed up for"), list(_signups(person))),
        Held(_("Spaces I booked"), list(_bookings(person))),
        Held(_("What I stand by for"), [*_standbys(person), *_alerts(person)]),
        Held(_("Calendar addresses"), list(_feeds(person))),
    ]


def _feeds(person: Person) -> Iterator[Mapping[str, Fact]]:
    for feed in own_feeds(person).select_related("team").order_by("pk"):
        yield {
            _("Calendar"): feed.team.name if feed.team else _("My own calendar"),
            _("Made"): _moment(feed.made_at),
            _("Revoked"): _moment(feed.revoked_at),
        }


def _signups(person: Person) -> Iterator[Mapping[str, Fact]]:
    rows = Signup.objects.filter(person=person).select_related("session", "role", "by", "guardian").order_by("pk")
    came = {row.signup_id: row for row in Attendance.objects.filter(signup__in=rows)}
    for signup in rows:
        attendance = came.get(signup.pk)
        yield {
            _("Session"): signup.session.title,
            _("Begins"): _moment(signup.session.start),
            _("As"): str(signup.role),
            _("State"): signup.get_state_display(),
            _("Signed up on"): _moment(signup.at),
            _("Signed up by"): signup.by.name if signup.by else "",
            _("Guardian who agreed"): signup.guardian.name if signup.guardian else "",
            _("Offered to others on"): _moment(signup.offered_at),
            _("Agreed to the terms on"): _moment(signup.agreed_at),
            _("Came at"): _moment(attendance.arrived_at if attendance else None),
            _("Left at"): _moment(attendance.left_at if attendance else None),
        }


def _bookings(person: Person) -> Iterator[Mapping[str, Fact]]:
    for booking in Booking.objects.filter(by=person).with_nouns().order_by("pk"):
        yield {
            _("Venue"): booking.space.venue.name,
            _("Space"): booking.space.name,
            _("Begins"): _moment(booking.start),
            _("Ends"): _moment(booking.end),
            _("What for"): booking.session.title if booking.session else booking.purpose,
            _("Booked for"): booking.unit.name if booking.unit else booking.team.name if booking.team else "",
            _("State"): booking.get_state_display(),
            _("Why not"): booking.answer or booking.get_cause_display(),
            _("Booked on"): _moment(booking.at),
        }


def _standbys(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Standby.objects.filter(person=person).select_related("role__session").order_by("pk"):
        yield {
            _("Session"): row.role.session.title,
            _("As"): str(row.role),
            _("Said on"): _moment(row.at),
            _("Asked on"): _moment(row.asked_at),
        }


def _alerts(person: Person) -> Iterator[Mapping[str, Fact]]:
    for row in Alert.objects.filter(person=person).select_related("session").order_by("pk"):
        yield {
            _("Session"): row.session.title,
            _("Hours before"): row.hours,
            _("To be told at"): _moment(row.due),
            _("Said on"): _moment(row.at),
            _("Told at"): _moment(row.told_at),
        }


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if at else ""
