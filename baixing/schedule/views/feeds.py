"""Calendars that people's own devices read: of a unit, a team, a session; and by a secret address one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baixing.kernel import kept
from baixing.kernel.calendar import now
from baixing.kernel.http import told
from baixing.kernel.once import once
from baixing.network.models import Unit
from baixing.people.sessions import signed_in, signed_in_only
from baixing.schedule import actions, queries
from baixing.schedule.queries import Calendar, OwnCalendar
from baixing.schedule.views import ics
from baixing.schedule.views.finding import within_sight
from baixing.teams.models import Team
from baixing.teams.queries import visible

KIND = "text/calendar; charset=utf-8"
FOR = {True: "public, max-age=600", False: "private, max-age=600"}  # seconds until it is worth asking again
NOT_THERE = 404


@require_safe
def unit_feed(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, queries.of_unit(get_object_or_404(Unit, pk=pk), now()))


@require_safe
def team_feed(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, queries.of_team(get_object_or_404(visible(None), pk=pk), now()))


@require_safe
def session_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, to be put into a calendar."""
    session = within_sight(request, pk)
    answer = _answer(request, queries.of_session(session), public=session.public)
    answer.headers["Content-Disposition"] = f'attachment; filename="session-{session.pk}.ics"'
    return answer


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever has the address reads it: a device that asks is signed in nowhere."""
    found = queries.behind(secret, now())
    if found is None:
        words = _("This calendar address is wrong, or it was revoked. Its owner makes a new one on their own page.")
        return told(request, NOT_THERE, words)
    return _answer(request, queries.calendar_behind(found, now()), public=False)


@require_safe
@signed_in_only
def feeds(request: HttpRequest) -> HttpResponse:
    rows = [_row(request, one) for one in queries.own_calendars(signed_in(request))]
    return render(request, "schedule/feeds.html", {"rows": rows})


@require_POST
@signed_in_only
@once
def make_feed(request: HttpRequest) -> HttpResponse:
    actions.make_feed(by=signed_in(request), at=now())
    return _made(request)


@require_POST
@signed_in_only
@once
def make_team_feed(request: HttpRequest, pk: int) -> HttpResponse:
    actions.make_feed(get_object_or_404(Team, pk=pk), by=signed_in(request), at=now())
    return _made(request)


@require_POST
@signed_in_only
@once
def revoke_feed(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    actions.revoke_feed(get_object_or_404(queries.own_feeds(person), pk=pk), by=person, at=now())
    messages.success(request, _("This address is revoked. Nobody reads anything there any more."))
    return redirect("schedule:feeds")


@dataclass(frozen=True)
class Row:
    """A calendar and its address; empty while none is made."""

    calendar: OwnCalendar
    address: str = ""

    @property
    def subscribe(self) -> str:
        """By this scheme devices ask to subscribe, where by the other they would copy what stands there now."""
        return f"webcal:{self.address.partition(':')[2]}"


def _row(request: HttpRequest, calendar: OwnCalendar) -> Row:
    if calendar.feed is None:
        return Row(calendar)
    return Row(calendar, f"{ics.site(request)}{reverse('schedule:feed', args=[calendar.feed.secret])}")


def _made(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Here is the address. Keep it to yourself: whoever has it reads this calendar."))
    return redirect("schedule:feeds")


def _answer(request: HttpRequest, calendar: Calendar, *, public: bool = True) -> HttpResponse:
    """What the device has already is not written again, and what one has asked for is not written for the next.

    The mark alone says what it has: what was taken out of a calendar leaves no later moment in it.
    """
    mark = f"{calendar.mark}-{get_language()}"
    etag = f'"{mark}"'
    answer = get_conditional_response(request, etag)
    if answer is None:
        body = kept.drawn(("calendar", mark, ics.site(request)), lambda: ics.written(request, calendar))
        answer = HttpResponse(body, content_type=KIND)
        answer.headers["Content-Disposition"] = 'attachment; filename="calendar.ics"'
        answer.headers["Last-Modified"] = http_date(calendar.changed.timestamp())
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = FOR[public]
    return answer
