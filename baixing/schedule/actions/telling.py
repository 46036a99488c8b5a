"""Who is told what of a session and of a sign-up: on their page, or by a text message to a guest's telephone.

Times are facts, said in each reader's language, with their date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from baixing.journal.models import name_of
from baixing.kernel.calendar import LOCAL
from baixing.notices import actions as notices
from baixing.notices.actions import Text, Word
from baixing.people.models import Person
from baixing.people.queries import guardians_of
from baixing.schedule.models import Session, Signup

REMIND = (timedelta(days=1), timedelta(hours=2))
REMINDERS = ("signup.reminder_1", "signup.reminder_2")


def signed_up(signup: Signup, at: datetime) -> None:
    """What has become of it, and the reminders of a seat."""
    kind = {"confirmed": "signup.confirmed", "waiting": "signup.waiting", "applied": "signup.applied"}
    words: list[Said] = [_word(signup, kind[signup.state])] if signup.state in kind else []
    if signup.state == Signup.State.CONFIRMED:
        words += _reminders(signup, at)
    if signup.state == Signup.State.AWAITING_GUARDIAN and signup.person is not None:
        words.append(_word(signup, "signup.guardian", people=guardians_of(signup.person), who=signup.person.name))
    _tell(words, at)


def kept(signup: Signup, at: datetime) -> None:
    until = as_fact(signup.held_until) if signup.held_until else ""
    _tell([_word(signup, "signup.kept", urgent=True, until=until)], at)


def confirmed(signup: Signup, at: datetime) -> None:
    _tell(_reminders(signup, at), at)


def rejected(signup: Signup, words: str, at: datetime) -> None:
    _tell([_word(signup, "signup.rejected", words=words)], at)


def lapsed(signup: Signup, at: datetime) -> None:
    _tell([_word(signup, "signup.lapsed")], at)


def gone(signup: Signup, at: datetime) -> None:
    """Nothing more of what was to come."""
    if _is_guest(signup):
        notices.forget_texts(name_of(signup), REMINDERS)
    else:
        notices.forget(name_of(signup), REMINDERS, at=at)


def called_off(signups: Iterable[Signup], words: str, at: datetime) -> None:
    told = list(signups)
    for one in told:
        gone(one, at)
    _tell([_word(one, "signup.called_off", urgent=True, words=words) for one in told], at)


def moved(signups: Iterable[Signup], at: datetime) -> None:
    """Another time or place: everybody is told once, and reminded of the new time."""
    told = list(signups)
    for one in told:
        gone(one, at)
    words = [_word(one, "signup.moved", urgent=True) for one in told]
    seated = [one for one in told if one.state == Signup.State.CONFIRMED]
    _tell([*words, *(word for one in seated for word in _reminders(one, at))], at)


def renamed(session: Session, at: datetime) -> None:
    """Nobody is told of another title alone; what reminds them says the new one."""
    seated = session.signups.filter(state=Signup.State.CONFIRMED).select_related("person", "by")
    told = [one for one in seated if session.start > at]
    for one in told:
        one.session = session
        gone(one, at)
    _tell([word for one in told for word in _reminders(one, at)], at)


def free(session: Session, people: Iterable[Person], at: datetime) -> None:
    _tell([_of_session(session, "signup.free", people)], at)


def needed(session: Session, people: Iterable[Person], at: datetime) -> None:
    _tell([_of_session(session, "signup.needed", people)], at)


def handed_on(signup: Signup, taker: Person, at: datetime) -> None:
    _tell([_word(signup, "signup.handed_on", who=taker.masked_name)], at)


def as_fact(moment: datetime) -> str:
    """As a notice keeps it."""
    return moment.astimezone(LOCAL).isoformat(timespec="minutes")


Said = Word | Text


def _tell(words: Iterable[Said], at: datetime) -> None:
    all_of_them = list(words)
    notices.tell_all([word for word in all_of_them if isinstance(word, Word)], at=at)
    if texts := [word for word in all_of_them if isinstance(word, Text) and word.phone]:
        notices.text_all(texts, at=at)


def _of_session(session: Session, kind: str, people: Iterable[Person]) -> Word:
    said = {"title": session.title, "when": as_fact(session.start)}
    return Word(list(people), kind, said, f"/sessions/{session.pk}/", thing=name_of(session))


def _word(
    signup: Signup, kind: str, *, people: Iterable[Person] | None = None, urgent: bool = False, **facts: str
) -> Said:
    said = {"title": signup.session.title, "when": as_fact(signup.session.start), **facts}
    if people is None and _is_guest(signup):
        return _text(signup, kind, said, urgent=urgent)
    whom = list(people) if people is not None else _whom(signup)
    return Word(whom, kind, said, f"/signups/{signup.pk}/", urgent=urgent, thing=name_of(signup))


def _reminders(signup: Signup, at: datetime) -> list[Said]:
    session = signup.session
    due = [(kind, session.start - ahead) for kind, ahead in zip(REMINDERS, REMIND, strict=True)]
    said = {"title": session.title, "place": session.place or session.unit.name, "when": as_fact(session.start)}
    return [_reminder(signup, kind, said, moment) for kind, moment in due if moment > at]


def _reminder(signup: Signup, kind: str, said: dict[str, str], due: datetime) -> Said:
    if _is_guest(signup):
        return _text(signup, kind, said, due=due)
    return Word(_whom(signup), kind, said, f"/signups/{signup.pk}/", due=due, thing=name_of(signup))


def _text(
    signup: Signup, kind: str, said: dict[str, str], *, due: datetime | None = None, urgent: bool = False
) -> Text:
    """One's own page is behind the code, but for those who were entered by whoever runs it."""
    link = f"/s/{signup.code}/" if signup.by_id is None else ""
    return Text(signup.phone, kind, said, name_of(signup), link, due, urgent)


def _is_guest(signup: Signup) -> bool:
    return signup.person_id is None and bool(signup.guest)


def _whom(signup: Signup) -> list[Person]:
    """Whoever signed up: for a child, the grown-up who did it for them."""
    person = signup.person or signup.by
    if person is not None and not person.phone and signup.by is not None:
        person = signup.by
    return [person] if person is not None else []
