"""A calendar as the calendars of other makers read it: iCalendar, RFC 5545.

Written line by line: the library `icalendar`, with which the tests read it back, takes over a second for a thousand
events, and this a tenth of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.schedule.models import Session
from baixing.schedule.queries import Calendar, Event

LONGEST: Final = 75  # bytes of a line, the rest goes on in the next behind a space (3.1)
WITHIN: Final = 0x80  # the first two bits of a byte that does not begin a letter
CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # none may stand in a text
ZONE: Final = LOCAL.key
HEAD: Final = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//baixing//schedule//ZH")
HOURLY: Final = ("REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")
CHINA: Final = (  # one zone, without summer time since 1991
    *("BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:STANDARD", "DTSTART:19910915T010000"),
    *("TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE"),
)


def written(request: HttpRequest, calendar: Calendar) -> str:
    """The whole file."""
    here = site(request)
    lines = [*HEAD, _text("NAME", calendar.name), _text("X-WR-CALNAME", calendar.name), f"X-WR-TIMEZONE:{ZONE}"]
    lines += [*HOURLY, *CHINA]
    for event in calendar.events:
        lines += _event(event, here)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def site(request: HttpRequest) -> str:
    """By one name, whatever it was asked by: the names of events must not differ from one reading to the next."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")


def _event(event: Event, here: str) -> Iterator[str]:
    session, changed = event.session, f"{event.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"UID:session-{session.pk}@{urlsplit(here).netloc}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{session.version}"
    yield _moment("DTSTART", session.start)
    yield _moment("DTEND", session.end)
    yield _text("SUMMARY", _title(event))
    yield _text("LOCATION", _location(session))
    yield _text("DESCRIPTION", _words(event))
    yield f"STATUS:{_status(event)}"
    yield f"URL:{here}{_address(session)}"
    yield "END:VEVENT"


def _title(event: Event) -> str:
    title = event.session.title
    return _("Called off: %(title)s") % {"title": title} if event.called_off else title


def _location(session: Session) -> str:
    """Of a visit no more than the village: who lives where stands in the order alone."""
    if session.kind == Session.Kind.VISIT:
        return session.unit.short
    return session.place or session.unit.name


def _words(event: Event) -> str:
    session = event.session
    held_by = " · ".join([session.unit.name, *([session.team.name] if session.team else [])])
    if session.kind == Session.Kind.VISIT:
        return held_by
    lines = [
        event.note,
        session.words,
        _("Where volunteers meet: %(where)s") % {"where": session.meeting_point} if session.meeting_point else "",
        _("Online: %(link)s") % {"link": session.link} if session.link else "",
        held_by,
    ]
    return "\n".join(filter(None, lines))


def _status(event: Event) -> str:
    if event.called_off:
        return "CANCELLED"
    return "TENTATIVE" if event.unsure else "CONFIRMED"


def _address(session: Session) -> str:
    return (
        reverse("orders:visits")
        if session.kind == Session.Kind.VISIT
        else reverse("schedule:session", args=[session.pk])
    )


def _moment(name: str, at: datetime) -> str:
    return f"{name};TZID={ZONE}:{at.astimezone(LOCAL):%Y%m%dT%H%M%S}"


def _text(name: str, words: str) -> str:
    plain = CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    for letter, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):  # 3.3.11
        plain = plain.replace(letter, escaped)
    return f"{name}:{plain}"


def _folded(line: str) -> str:
    """Cut between letters, never inside one."""
    data, parts, start, room = line.encode(), [], 0, LONGEST
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == WITHIN:
            end -= 1
        parts.append(data[start:end].decode())
        start, room = end, LONGEST - 1
    return "\r\n ".join([*parts, data[start:].decode()])
