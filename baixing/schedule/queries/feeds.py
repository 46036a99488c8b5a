"""What stands in a calendar that is read elsewhere: of a unit, of a team, of a person, or of one session."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from baixing.journal import queries as journal
from baixing.journal.models import name_of
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule.models import LIVE, Feed, FeedQuerySet, Session, SessionQuerySet, Signup, digest_of
from baixing.schedule.rules import Standing
from baixing.teams.models import Team
from baixing.teams.queries import teams_of

BEHIND, AHEAD = timedelta(days=92), timedelta(days=366)  # of the day on which it is read
MOST = 2_000  # of one calendar, the earliest of them
LONGEST_SECRET = 64
S = Signup.State
SEEN = ("id", "version", "state", "kind", "title", "words", "place", "meeting_point", "link")
ALSO = ("start", "end", "made_at", "unit__name", "unit__short", "team__name")
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Event:
    """A session as its reader has it, with their own sign-up for it if the calendar is theirs."""

    session: Session
    changed: datetime
    signup: Signup | None = None

    @property
    def called_off(self) -> bool:
        return self.session.state == Session.State.CALLED_OFF

    @property
    def unsure(self) -> bool:
        return self.signup is not None and self.signup.state in UNSURE

    @property
    def note(self) -> str:
        return self.signup.get_state_display() if self.signup is not None and self.unsure else ""


UNSURE = frozenset({S.AWAITING_GUARDIAN, S.APPLIED, S.WAITING, S.HELD})


@dataclass(frozen=True)
class Calendar:
    name: str
    events: Sequence[Event] = field(default_factory=list)

    @property
    def changed(self) -> datetime:
        return max((event.changed for event in self.events), default=EPOCH)

    @property
    def mark(self) -> str:
        """Other whenever anything in it is other."""
        rows = [_row(event) for event in self.events]
        return hashlib.sha256(repr((self.name, rows)).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class OwnCalendar:
    """A calendar that somebody may have at an address, and the address if they have made one."""

    name: str
    team: Team | None
    feed: Feed | None


def own_calendars(person: Person) -> list[OwnCalendar]:
    """One's own, then those of the teams in which one serves."""
    feeds = {feed.team_id: feed for feed in Feed.objects.live().filter(person=person)}
    own = OwnCalendar(_("My own calendar"), None, feeds.get(None))
    return [
        own,
        *(OwnCalendar(team.name, team, feeds.get(team.pk)) for team in teams_of(person).order_by("name", "pk")),
    ]


def own_feeds(person: Person) -> FeedQuerySet:
    return Feed.objects.filter(person=person)


def behind(secret: str, at: datetime) -> Feed | None:
    """The calendar at this secret address, while it holds and its owner may still read it."""
    if not secret.isascii() or len(secret) > LONGEST_SECRET:
        return None
    feed = Feed.objects.live().select_related("person", "team").filter(digest=digest_of(secret)).first()
    if feed is None or not feed.person.is_active:
        return None
    return feed if feed.team is None or Standing(feed.person, at).serves_in(feed.team) else None


def calendar_behind(feed: Feed, at: datetime) -> Calendar:
    return of_team(feed.team, at, inside=True) if feed.team else of_person(feed.person, at)


def of_unit(unit: Unit, at: datetime) -> Calendar:
    """What the unit holds for everybody."""
    return Calendar(unit.name, _events(_near(Session.objects.on_show().filter(unit=unit), at)))


def of_team(team: Team, at: datetime, *, inside: bool = False) -> Calendar:
    """What the team does for everybody; for those who serve in it, all that it does."""
    rows = Session.objects.filter(team=team)
    shown = rows.exclude(state=Session.State.DRAFT) if inside else rows.on_show()
    return Calendar(team.name, _events(_near(shown, at)))


def of_person(person: Person, at: datetime) -> Calendar:
    """What they have signed up for, and the visits that they make. Nobody else's."""
    mine = Signup.objects.filter(person=person, state__in=[*LIVE, S.ATTENDED, S.CALLED_OFF])
    in_turn = mine.only("session_id", "state", "version").order_by("pk")  # of two for one session the later counts
    seats = {signup.session_id: signup for signup in in_turn}
    named = Q(attendances__person=person, attendances__signup=None)
    rows = _near(Session.objects.filter(named | Q(pk__in=mine.values("session"))).distinct(), at)
    return Calendar(_("My own calendar"), _events(rows, seats))


def of_session(session: Session) -> Calendar:
    return Calendar(session.title, _events([session]))


def _near(rows: SessionQuerySet, at: datetime) -> SessionQuerySet:
    near = rows.between(at - BEHIND, at + AHEAD).select_related("unit", "team")
    return near.only(*SEEN, *ALSO).order_by("start", "pk")[:MOST]


def _events(rows: Iterable[Session], seats: Mapping[int, Signup] | None = None) -> list[Event]:
    sessions, known = list(rows), seats or {}
    touched = journal.last_lines(map(name_of, [*sessions, *known.values()]))

    def changed(session: Session) -> datetime:
        things = (session, known.get(session.pk))
        return max(touched.get(name_of(thing), session.made_at or EPOCH) for thing in things if thing)

    return [Event(session, changed(session), known.get(session.pk)) for session in sessions]


def _row(event: Event) -> tuple[object, ...]:
    """All that a reader might see of it, and not its version alone: units and teams are renamed too."""
    session, signup = event.session, event.signup
    seat = (signup.pk, signup.version, signup.state) if signup else None
    where = (session.unit.name, session.unit.short, session.team and session.team.name)
    when = [moment.timestamp() for moment in (session.start, session.end, event.changed)]
    return (when, seat, where, *(getattr(session, name) for name in SEEN))
