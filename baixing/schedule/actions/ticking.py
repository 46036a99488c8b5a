"""What the clock does for sessions and sign-ups: `baixing tick`."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from baixing.kernel.apart import apart
from baixing.kernel.refusals import NotNow, Overtaken
from baixing.schedule.actions import booking, refilling, sessions, signing_up
from baixing.schedule.models import Alert, Booking, BookingQuerySet, Session, SessionQuerySet, Signup, SignupQuerySet

S = Signup.State
AT_MOST = 2000  # of one kind in one pass; the next pass takes the rest


def tick(*, at: datetime) -> dict[str, int]:
    """Make all that is due happen, each in a transaction of its own."""
    lapsed = [apart(f"lapse of signup {pk}", partial(_lapse, pk, at)) for pk in _lapsing(at)]
    held = [apart(f"hold of session {pk}", partial(_hold, pk, at)) for pk in _begun(at)]
    late = [apart(f"refusal of booking {pk}", partial(_refuse, pk, at)) for pk in _unanswered(at)]
    told = [apart(f"alert {pk}", partial(_tell, pk, at)) for pk in _alerts(at)]
    done = {"lapse_signup": lapsed, "hold": held, "refuse_booking": late, "tell_alert": told}
    faults = sum(each.count(None) for each in done.values())
    return {**{name: sum(filter(None, each)) for name, each in done.items()}, "faults": faults}


def _lapsing(at: datetime) -> list[int]:
    """Kept seats whose hour is over, and whoever still waits when it is over."""
    kept = Signup.objects.filter(state=S.HELD, held_until__lte=at)
    waiting = Signup.objects.filter(state__in=(S.WAITING, S.APPLIED, S.AWAITING_GUARDIAN), session__end__lte=at)
    return [*_first(kept.order_by("held_until", "pk")), *_first(waiting.order_by("pk"))]


def _first(rows: SignupQuerySet | SessionQuerySet | BookingQuerySet) -> list[int]:
    return [row.pk for row in rows.only("pk")[:AT_MOST]]


def _begun(at: datetime) -> list[int]:
    open_ones = Session.objects.filter(state=Session.State.OPEN, start__lte=at)
    return _first(open_ones.exclude(kind=Session.Kind.VISIT).order_by("start", "pk"))


def _unanswered(at: datetime) -> list[int]:
    """Bookings that nobody has answered and that would have begun."""
    return _first(Booking.objects.asked().filter(start__lte=at).order_by("start", "pk"))


def _alerts(at: datetime) -> list[int]:
    waiting = Alert.objects.filter(told_at=None, due__lte=at).order_by("due", "pk")
    return list(waiting.values_list("pk", flat=True)[:AT_MOST])


def _tell(pk: int, at: datetime) -> bool:
    return refilling.tell_alert(Alert.objects.select_related("session", "person").get(pk=pk), at=at)


@transaction.atomic
def _lapse(pk: int, at: datetime) -> bool:
    signup = Signup.objects.select_related("session__unit", "role", "person", "by").get(pk=pk)
    try:
        signing_up.lapse(signup, by=None, at=at)
    except (NotNow, Overtaken):
        return False
    return True


def _hold(pk: int, at: datetime) -> bool:
    try:
        sessions.hold(Session.objects.get(pk=pk), by=None, at=at)
    except (NotNow, Overtaken):
        return False
    return True


def _refuse(pk: int, at: datetime) -> bool:
    try:
        booking.refuse(Booking.objects.with_nouns().get(pk=pk), words="", by=None, at=at)
    except (NotNow, Overtaken):
        return False
    return True
