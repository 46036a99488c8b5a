"""Training, recognition and evaluation in a volunteer's record: what the system knows, and what is written."""

from __future__ import annotations

from dataclasses import dataclass

from baixing.hours.models import Certificate, Note
from baixing.hours.queries.notes import notes_of
from baixing.hours.rules.above import ratings
from baixing.schedule.models import Attendance, Role, Session
from baixing.teams.models import Volunteer

LEARNING = (Session.Kind.LESSON, Session.Kind.BROADCAST)
SHOWN = 20
FEWEST = 3  # ratings: of fewer, a volunteer would know whose it is


@dataclass(frozen=True)
class Lessons:
    """At which they sat as anybody does, and did not help."""

    times: int
    latest: list[Session]


@dataclass(frozen=True)
class Faces:
    """How residents found the visits at which they served: sums, and nobody's name or day."""

    good: int
    fair: int
    bad: int

    @property
    def all(self) -> int:
        return self.good + self.fair + self.bad

    @property
    def told(self) -> bool:
        return self.all >= FEWEST


@dataclass(frozen=True)
class Groups:
    lessons: Lessons
    faces: Faces
    certificates: int
    trainings: list[Note]
    honours: list[Note]
    opinions: list[Note]


def groups_of(volunteer: Volunteer) -> Groups:
    notes = list(notes_of(volunteer))
    return Groups(
        lessons=_lessons(volunteer),
        faces=_faces(volunteer),
        certificates=Certificate.objects.filter(volunteer=volunteer, state=Certificate.State.ISSUED).count(),
        trainings=_of(notes, Note.Kind.TRAINING),
        honours=_of(notes, Note.Kind.RECOGNITION),
        opinions=_of(notes, Note.Kind.EVALUATION),
    )


def _of(notes: list[Note], kind: str) -> list[Note]:
    return [note for note in notes if note.kind == kind]


def _lessons(volunteer: Volunteer) -> Lessons:
    came = Attendance.objects.filter(person=volunteer.person, came=True, signup__role__side=Role.Side.RESIDENT)
    rows = Session.objects.filter(attendances__in=came, kind__in=LEARNING, state=Session.State.REPORTED)
    found = list(rows.order_by("-start", "-pk"))
    return Lessons(len(found), found[:SHOWN])


def _faces(volunteer: Volunteer) -> Faces:
    found = ratings(volunteer.person)
    return Faces(found["good"], found["fair"], found["bad"])
