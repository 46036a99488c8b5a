"""A unit, or the leader of a team, writes into the record of a volunteer; and takes out what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.hours.actions import telling
from baixing.hours.models import Note
from baixing.hours.queries import notes
from baixing.hours.rules.lives import NOTE
from baixing.hours.rules.standing import Standing
from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.people.models import Person
from baixing.teams.models import Volunteer


@dataclass(frozen=True)
class Told:
    kind: str
    title: str
    on: date
    giver: str = ""
    minutes: int | None = None
    words: str = ""


@transaction.atomic
def write_note(volunteer: Volunteer, told: Told, *, by: Person, at: datetime) -> Note:
    """The volunteer is told, and reads it on their own page."""
    one = Standing(by, at)
    unit = notes.unit_for(one, volunteer)
    if unit is None or one.is_volunteer(volunteer):
        raise NotAllowed(_("Only the leaders of their teams and the units above write into a record, never one's own."))
    if told.on > at.astimezone(LOCAL).date():
        raise Unfit(_("This day is still to come."), field="on")
    if told.minutes is not None and told.kind != Note.Kind.TRAINING:
        raise Unfit(
            _("Only a training has minutes. Hours of service come from the sessions themselves."), field="minutes"
        )
    note = Note(volunteer=volunteer, unit=unit, kind=told.kind, title=told.title, on=told.on, by=by, at=at)
    note.giver, note.minutes, note.words = told.giver or unit.name, told.minutes, told.words
    note.save(force_insert=True)
    journal.write("write_note", note, by=by, at=at, kind=told.kind, words=told.words)
    telling.noted(note, at)
    return note


@transaction.atomic
def withdraw_note(note: Note, *, by: Person, at: datetime) -> None:
    NOTE.move("withdraw_note", Standing(by, at), note, ended_at=at)
    journal.write("withdraw_note", note, by=by, at=at)
