"""Sessions as a list shows them: what, when, where, and whether there is room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.kernel.calendar import LOCAL
from baixing.schedule.models import Role, Session

S = Session.State


@dataclass(frozen=True)
class Row:
    """One session; `state` is its colour, `words` say it."""

    session: Session
    state: str
    words: str
    ages: str
    place: str

    @property
    def url(self) -> str:
        return address_of(self.session)

    @property
    def day(self) -> date:
        return self.session.start.astimezone(LOCAL).date()


def address_of(session: Session) -> str:
    return f"/sessions/{session.pk}/"


def rows(sessions: Iterable[Session], at: datetime) -> list[Row]:
    """Each with its unit and roles, which the caller has fetched."""
    return [_row(session, at) for session in sessions]


def _row(session: Session, at: datetime) -> Row:
    seats = [role for role in session.roles.all() if not role.for_volunteers]
    state, words = _room(session, seats, at)
    place = session.unit.short if not session.place else f"{session.unit.short} {session.place}"
    return Row(session, state, words, "、".join(filter(None, map(_ages, seats))), place)


def _room(session: Session, seats: list[Role], at: datetime) -> tuple[str, str]:
    if session.state in {S.CALLED_OFF, S.DRAFT}:
        return session.state, session.get_state_display()
    if session.end <= at or session.state in {S.HELD, S.REPORTED}:
        return (S.HELD, _("Over")) if session.end <= at else (S.HELD, _("Going on"))
    if not seats:
        return "open_to_all", _("Just come")
    free = sum(role.free for role in seats)
    if free <= 0:
        return "full", _("Full, there is a line")
    return "free", ngettext("%(free)d seat free", "%(free)d seats free", free) % {"free": free}


def _ages(role: Role) -> str:
    if role.age_from is not None and role.age_to is not None:
        return _("%(low)d to %(high)d years") % {"low": role.age_from, "high": role.age_to}
    if role.age_from is not None:
        return _("from %(low)d years") % {"low": role.age_from}
    return _("up to %(high)d years") % {"high": role.age_to} if role.age_to is not None else ""
