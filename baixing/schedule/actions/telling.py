"""Who is told what of a session and of a sign-up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from baixing.journal.models import name_of
from baixing.look.said import said_moment
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.people.queries import guardians_of
from baixing.schedule.models import Session, Signup

REMIND = (timedelta(days=1), timedelta(hours=2))
REMINDERS = ("signup.reminder_1", "signup.reminder_2")


def signed_up(signup: Signup, at: datetime) -> None:
    """What has become of it, and the reminders of a seat."""
    kind = {"confirmed": "signup.confirmed", "waiting": "signup.waiting", "applied": "signup.applied"}
    words = [_word(signup, kind[signup.state], at)] if signup.state in kind else []
    if signup.state == Signup.State.CONFIRMED:
        words += _reminders(signup, at)
    if signup.state == Signup.State.AWAITING_GUARDIAN and signup.person is not None:
        words.append(_word(signup, "signup.guardian", at, people=guardians_of(signup.person), who=signup.person.name))
    notices.tell_all(words, at=at)


def kept(signup: Signup, at: datetime) -> None:
    until = said_moment(signup.held_until, at) if signup.held_until else ""
    notices.tell_all([_word(signup, "signup.kept", at, urgent=True, until=until)], at=at)


def confirmed(signup: Signup, at: datetime) -> None:
    notices.tell_all(_reminders(signup, at), at=at)


def rejected(signup: Signup, words: str, at: datetime) -> None:
    notices.tell_all([_word(signup, "signup.rejected", at, words=words)], at=at)


def lapsed(signup: Signup, at: datetime) -> None:
    notices.tell_all([_word(signup, "signup.lapsed", at)], at=at)


def gone(signup: Signup, at: datetime) -> None:
    """Nothing more of what was to come."""
    notices.forget(name_of(signup), REMINDERS, at=at)


def called_off(signups: Iterable[Signup], words: str, at: datetime) -> None:
    told = [_word(one, "signup.called_off", at, urgent=True, words=words) for one in signups]
    for word in told:
        notices.forget(word.thing, REMINDERS, at=at)
    notices.tell_all(told, at=at)


def moved(signups: Iterable[Signup], at: datetime) -> None:
    """Another time or place: everybody is told once, and reminded of the new time."""
    told = list(signups)
    for one in told:
        notices.forget(name_of(one), REMINDERS, at=at)
    words = [_word(one, "signup.moved", at, urgent=True) for one in told]
    seated = [one for one in told if one.state == Signup.State.CONFIRMED]
    notices.tell_all([*words, *(word for one in seated for word in _reminders(one, at))], at=at)


def renamed(session: Session, at: datetime) -> None:
    """Nobody is told of another title alone; what reminds them says the new one."""
    seated = session.signups.filter(state=Signup.State.CONFIRMED).select_related("person", "by")
    told = [one for one in seated if session.start > at]
    for one in told:
        one.session = session
        notices.forget(name_of(one), REMINDERS, at=at)
    notices.tell_all([word for one in told for word in _reminders(one, at)], at=at)


def free(session: Session, people: Iterable[Person], at: datetime) -> None:
    notices.tell_all([_of_session(session, "signup.free", people, at)], at=at)


def needed(session: Session, people: Iterable[Person], at: datetime) -> None:
    notices.tell_all([_of_session(session, "signup.needed", people, at)], at=at)


def handed_on(signup: Signup, taker: Person, at: datetime) -> None:
    notices.tell_all([_word(signup, "signup.handed_on", at, who=taker.masked_name)], at=at)


def _of_session(session: Session, kind: str, people: Iterable[Person], at: datetime) -> Word:
    said = {"title": session.title, "when": said_moment(session.start, at)}
    return Word(list(people), kind, said, f"/sessions/{session.pk}/", thing=name_of(session))


def _word(
    signup: Signup,
    kind: str,
    at: datetime,
    *,
    people: Iterable[Person] | None = None,
    urgent: bool = False,
    **facts: str,
) -> Word:
    said = {"title": signup.session.title, "when": said_moment(signup.session.start, at), **facts}
    whom = list(people) if people is not None else _whom(signup)
    return Word(whom, kind, said, f"/signups/{signup.pk}/", urgent=urgent, thing=name_of(signup))


def _reminders(signup: Signup, at: datetime) -> list[Word]:
    due = [(kind, signup.session.start - ahead) for kind, ahead in zip(REMINDERS, REMIND, strict=True)]
    said = {"title": signup.session.title, "place": signup.session.place or signup.session.unit.name}
    link, thing = f"/signups/{signup.pk}/", name_of(signup)
    return [
        Word(
            _whom(signup),
            kind,
            {**said, "when": said_moment(signup.session.start, moment)},
            link,
            due=moment,
            thing=thing,
        )
        for kind, moment in due
        if moment > at
    ]


def _whom(signup: Signup) -> list[Person]:
    """Whoever signed up: for a child, the grown-up who did it for them."""
    person = signup.person or signup.by
    if person is not None and not person.phone and signup.by is not None:
        person = signup.by
    return [person] if person is not None else []
