"""Finding what an address names, for whoever may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from baixing.kernel.calendar import now
from baixing.people.models import Person
from baixing.people.sessions import signed_in
from baixing.schedule.models import Session, Signup
from baixing.schedule.queries import run_by, seen_session, visible_sessions
from baixing.schedule.rules import Standing

UNFIT = 422


def standing(request: HttpRequest) -> Standing:
    return Standing(signed_in(request), now())


def run_here(request: HttpRequest, pk: int) -> Session:
    """A session, for those who run it."""
    return get_object_or_404(run_by(standing(request)).select_related("unit", "team"), pk=pk)


def seen_here(request: HttpRequest, pk: int) -> Session:
    """A session, for whoever sees it."""
    return get_object_or_404(visible_sessions(standing(request)).select_related("unit", "team"), pk=pk)


def within_sight(request: HttpRequest, pk: int) -> Session:
    """A session, for whoever sees it, signed in or not."""
    one = standing(request) if isinstance(request.user, Person) else None
    found = seen_session(pk, one)
    if found is None:
        raise Http404
    return found


def signup_here(request: HttpRequest, pk: int, signup: int) -> Signup:
    """Somebody's sign-up for a session, for those who run that one."""
    rows = run_here(request, pk).signups.select_related(
        "session__unit", "session__team", "role", "person", "attendance"
    )
    return get_object_or_404(rows, pk=signup)
