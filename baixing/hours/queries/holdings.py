"""What the hours hold on a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from baixing.hours.models import Certificate, Flag, HoursClaim, HoursEntry, Note, Record
from baixing.kernel.calendar import LOCAL
from baixing.look.said import said_time
from baixing.people.models import Person
from baixing.people.rules.above import Fact, Held


def held(person: Person, _at: datetime) -> list[Held]:
    return [
        Held(_("My hours"), list(_entries(person))),
        Held(_("Hours that are looked at"), list(_claims(person))),
        Held(_("My certificates of hours"), list(_certificates(person))),
        Held(_("What I objected to"), list(_objections(person))),
        Held(_("What is written into my record"), list(_notes(person))),
        Held(_("My star"), list(_stars(person))),
    ]


def _entries(person: Person) -> Iterator[Mapping[str, Fact]]:
    lines = HoursEntry.objects.filter(person=person).select_related("session", "volunteer", "first_by", "second_by")
    for line in lines.order_by("seq"):
        yield {
            _("Volunteer number"): line.volunteer.number,
            _("Line"): line.seq,
            _("Kind"): line.get_kind_display(),
            _("Session"): line.session.title if line.session else "",
            _("Time"): said_time(line.minutes),
            _("Entered after the fact"): line.late,
            _("Written on"): _moment(line.at),
            _("First person"): line.first_by.masked_name,
            _("Second person"): line.second_by.masked_name,
            _("Digest"): line.digest,
        }


def _claims(person: Person) -> Iterator[Mapping[str, Fact]]:
    rows = HoursClaim.objects.filter(volunteer__person=person).select_related("session", "told_by")
    for claim in rows.order_by("pk"):
        yield {
            _("Session"): claim.session.title,
            _("From"): _moment(claim.start),
            _("Until"): _moment(claim.end),
            _("Time"): said_time(claim.minutes),
            _("State"): claim.get_state_display(),
            _("Why"): claim.get_why_display(),
            _("Told by"): claim.told_by.masked_name if claim.told_by else "",
        }


def _certificates(person: Person) -> Iterator[Mapping[str, Fact]]:
    for one in Certificate.objects.filter(volunteer__person=person).select_related("unit").order_by("pk"):
        yield {
            _("Number"): one.number,
            _("State"): one.get_state_display(),
            _("Name"): one.name,
            _("Issuer"): one.unit.name,
            _("Time"): said_time(one.minutes),
            _("Issued on"): _moment(one.issued_at),
        }


def _objections(person: Person) -> Iterator[Mapping[str, Fact]]:
    for flag in Flag.objects.filter(raised_by=person).order_by("pk"):
        yield {
            _("Date"): _moment(flag.at),
            _("What I said"): flag.words,
            _("Answer"): flag.answer,
        }


def _notes(person: Person) -> Iterator[Mapping[str, Fact]]:
    for note in Note.objects.filter(volunteer__person=person).select_related("unit", "by").order_by("pk"):
        yield {
            _("Kind"): note.get_kind_display(),
            _("State"): note.get_state_display(),
            _("Title"): note.title,
            _("Date"): f"{note.on}",
            _("Given by"): note.giver,
            _("Minutes"): note.minutes or "",
            _("Words"): note.words,
            _("Written by"): f"{note.unit.name} · {note.by.masked_name}",
            _("Written on"): _moment(note.at),
            _("Taken out on"): _moment(note.ended_at),
        }


def _stars(person: Person) -> Iterator[Mapping[str, Fact]]:
    for record in Record.objects.filter(volunteer__person=person):
        yield {_("Shown on my page"): record.stars}


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(LOCAL):%Y-%m-%d %H:%M}" if at else ""
