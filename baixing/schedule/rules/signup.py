"""The life of a sign-up (LIVES, part 2), and who may take a seat."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from baixing.kernel.life import Life, Move
from baixing.people.models import Person
from baixing.people.rules import GUARDED_UNDER
from baixing.schedule.models import Role, Signup
from baixing.schedule.rules.standing import Standing

S = Signup.State
KEPT: Final = timedelta(hours=12)  # a seat that came free, for the first of the line
KEPT_UNTIL: Final = timedelta(hours=2)  # before the session; then whoever comes may have it
KEPT_LATE: Final = timedelta(minutes=15)  # of what comes free after that
PRESENT: Final = timedelta(minutes=10)  # after the code of the screen was seen, in which whoever came signs up
OPENS: Final = timedelta(minutes=30)  # before the start, from when on people are checked in
MOST_PARTIES, MOST_GUEST = 2, 5  # groups of one person for one session; sign-ups of one phone without an account
GRACE: Final = timedelta(minutes=30)  # after the end, in which leaving is told without being late
UNDO: Final = timedelta(minutes=10)  # in which a tap can be taken back
MOST_LIVE: Final = 30  # sign-ups of one person that wait or are to come
ACCOMPANIED_UNDER, NEVER_UNDER = 10, 6  # volunteers; 东营市志愿服务办法: with a grown-up, and not at all

BEFORE: Final = frozenset({S.AWAITING_GUARDIAN, S.APPLIED, S.WAITING, S.HELD, S.CONFIRMED})


def _behind(one: Standing, signup: Signup) -> bool:
    return one.is_behind(signup)


def _runs(one: Standing, signup: Signup) -> bool:
    return one.runs(signup.session)


def _behind_or_runs(one: Standing, signup: Signup) -> bool:
    return _behind(one, signup) or _runs(one, signup)


def _guards(one: Standing, signup: Signup) -> bool:
    return signup.person_id in one.wards


def _is_a_volunteer_s(signup: Signup) -> str:
    if signup.offered_at is not None:
        return _("It is offered already.")
    if signup.session.approval:
        return _("Each sign-up for this waits for a yes. Give the place back, and whoever runs it finds somebody.")
    return "" if signup.role.for_volunteers else _("A seat that you give back goes to the line.")


def _is_offered(signup: Signup) -> str:
    return _("It is not offered.") if signup.offered_at is None else ""


LIFE: Final[Life[Standing, Signup]] = Life(
    Move("allow", {S.AWAITING_GUARDIAN}, S.CONFIRMED, who=_guards),
    Move("allow", {S.AWAITING_GUARDIAN}, S.WAITING, who=_guards),
    Move("allow", {S.AWAITING_GUARDIAN}, S.APPLIED, who=_guards),
    Move("approve", {S.APPLIED}, S.CONFIRMED, who=_runs),
    Move("approve", {S.APPLIED}, S.WAITING, who=_runs),
    Move("reject", {S.APPLIED, S.AWAITING_GUARDIAN}, S.REJECTED, who=_runs),
    Move("promote", {S.WAITING}, S.HELD, who=lambda _one, _signup: False, by_clock=True),
    Move("confirm", {S.HELD}, S.CONFIRMED, who=_behind_or_runs, by_clock=True),
    Move("cancel", BEFORE, S.CANCELLED, who=_behind_or_runs, by_clock=True),
    Move("offer", {S.CONFIRMED}, None, who=_behind, guard=_is_a_volunteer_s),
    Move("keep", {S.CONFIRMED}, None, who=_behind, guard=_is_offered),
    Move("hand_on", {S.CONFIRMED}, S.CANCELLED, who=lambda _one, _signup: False, by_clock=True, guard=_is_offered),
    Move("check_in", {S.CONFIRMED, S.HELD}, S.CHECKED_IN, who=_behind_or_runs, by_clock=True),  # a guest, by the code
    Move("check_out", {S.CHECKED_IN}, S.ATTENDED, who=_behind_or_runs, by_clock=True),
    Move("take_back", {S.CHECKED_IN}, S.CONFIRMED, who=_runs),
    Move("take_back", {S.ATTENDED}, S.CHECKED_IN, who=_runs),
    Move("miss", {S.CONFIRMED, S.HELD}, S.ABSENT, who=_runs, by_clock=True),
    Move("lapse", {S.HELD, S.WAITING, S.APPLIED, S.AWAITING_GUARDIAN}, S.LAPSED, who=_runs, by_clock=True),
    Move("call_off", BEFORE | {S.CHECKED_IN}, S.CALLED_OFF, who=_runs, by_clock=True),
)


def kept_until(start: datetime, at: datetime) -> datetime:
    """Until when a seat that has come free at this moment is kept for the first of the line."""
    return max(min(at + KEPT, start - KEPT_UNTIL), at + KEPT_LATE)


def unfit(role: Role, person: Person, on: date) -> str:
    """Why this person cannot take this seat on this day, in words; "" when they can.

    志愿服务条例 art. 15: volunteers do what fits their age and skills.
    """
    age = person.age(on)
    if age is None:
        asks = role.age_from is not None or role.age_to is not None
        return (
            _("There is a limit of age. Please say when you were born, on your own page, and come back.")
            if asks
            else ""
        )
    if role.age_from is not None and age < role.age_from:
        return _("This is for people of %(age)d and older.") % {"age": role.age_from}
    if role.age_to is not None and age > role.age_to:
        return _("This is for people up to %(age)d.") % {"age": role.age_to}
    if role.for_volunteers and age < NEVER_UNDER:
        return _("Children under %(age)d cannot be volunteers yet. They are welcome to come along.") % {
            "age": NEVER_UNDER
        }
    return ""


def asks_guardian(person: Person, on: date) -> bool:
    """Under 14 a guardian says yes to each sign-up (PIPL art. 31)."""
    age = person.age(on)
    return age is not None and age < GUARDED_UNDER


def check_may(verb: str, one: Standing, signup: Signup) -> None:
    """Refuse whoever may not use this verb on this sign-up, before they say more."""
    if refusal := LIFE.refusal(verb, one, signup):
        raise refusal
