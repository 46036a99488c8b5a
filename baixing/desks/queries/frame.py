"""What the frame round every page shows its reader."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest  # noqa: TID251 - the frame of a page is asked for with its request
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from baixing.desks.queries.office import offices
from baixing.desks.queries.public import unit_of
from baixing.kernel.calendar import now
from baixing.look.frame import Frame, NavItem
from baixing.network.queries import open_words, top
from baixing.notices import queries as notices
from baixing.orders.rules import Standing
from baixing.people.models import Person

Rows = tuple[tuple[str, str, str], ...]


def frame_of(request: HttpRequest) -> Frame:
    """Whose page it is: the unit one works in, or the village one lives in, or the city."""
    person = request.user if isinstance(request.user, Person) else None
    one = Standing(person, now()) if person else None
    worked_in = offices(one)[:1] if one else []
    unit = worked_in[0] if worked_in else unit_of(person) or top()
    return Frame(
        nav=tuple(_entry(row, request.path) for row in _rows(one)),
        unit_name=unit.short if unit else "",
        unit_phone=unit.phone if unit else "",
        unit_address=unit.address if unit else "",
        unit_open=open_words(unit, now()) if unit else "",
        person=person.name if person else "",
        notices_url=_address("notices:list") if person else "",
        unread=notices.unread(person, now()) if person else 0,
        alarms=tuple(notices.alarms(now())) if worked_in else (),
    )


def _rows(one: Standing | None) -> Rows:
    """Staff, auditors and leaders get their desks; a resident the four words of the bottom bar."""
    if one and offices(one):
        return (
            ("desks:morning", _("Today"), "today"),
            ("desks:board", _("Dispatch"), "dispatch"),
            ("orders:on_behalf", _("For others"), "order"),
            ("desks:more", _("More"), "more"),
        )
    if one and one.posts:
        return (
            ("desks:find", _("Find"), "search"),
            ("network:units", _("Units"), "map"),
            ("desks:more", _("More"), "more"),
            ("people:me", _("Me"), "me"),
        )
    if one and one.leads:
        return (
            ("desks:inbox", _("Inbox"), "orders"),
            ("orders:visits", _("Visits"), "calendar"),
            ("desks:front", _("Home"), "home"),
            ("people:me", _("Me"), "me"),
        )
    return (
        ("desks:front", _("Home"), "home"),
        ("menu:browse", pgettext("bottom bar", "Order"), "order"),
        ("orders:mine", _("My orders"), "orders"),
        ("people:me", _("Me"), "me"),
    )


def _entry(row: tuple[str, str, str], path: str) -> NavItem:
    name, label, icon = row
    url = _address(name)
    return NavItem(url, label, icon, here=path == url)


_address = cache(reverse)  # of pages that are the same for everybody
