"""One of each kind of thing that an address of sessions names; and many of what its pages list."""

from __future__ import annotations

import secrets
from typing import TypeVar

from django.db.models import Model

from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Seat
from baixing.schedule.models import Role, Session, Signup
from tests.schedule.stage import RESIDENTS, VOLUNTEERS, come, evening, role
from tests.schedule.stage import planned as planned_evening
from tests.town import NINE, Town

Row = TypeVar("Row", bound=Model)


def things(town: Town, where: str) -> dict[str, int | str]:
    """An evening on show with its first guests, and one that is only planned yet."""
    session = evening(town, Need(RESIDENTS, 9), Need(VOLUNTEERS, 3, name="引导员", least=1))
    draft = schedule.plan(planned_evening(town), by=town.zhou, at=NINE)
    phone = f"+861280000{60 if where == 'far' else 40}77"
    guest = Seat(role(session), guest=f"zqnamex{where}guestqz", phone=phone)
    tracked = schedule.sign_up(guest, by=None, at=NINE)
    named = {"session": session.pk, "draft": draft.pk, "role": role(session, VOLUNTEERS).pk}
    return {**named, "signup": come(session, town.jin).pk, "guest": tracked.code, **feed_of(town)}


def feed_of(town: Town) -> dict[str, int | str]:
    """A calendar's secret address."""
    feed = schedule.make_feed(by=town.jin, at=NINE)
    return {"feed": feed.pk, "secret": feed.secret}


def grow(near: dict[str, int | str], by: int) -> None:
    """More sessions with their seats, and more people at the one there was."""
    evening = Session.objects.get(pk=near["session"])
    places = list(evening.roles.all())
    evenings = Session.objects.bulk_create(copies(evening, by))
    Role.objects.bulk_create(at(copy, one) for one in evenings for place in places for copy in copies(place, 1))
    guests = Person.objects.bulk_create(Person(name=f"客{n}", made_at=NINE) for n in range(by))
    own = Signup.objects.get(pk=near["signup"])
    mine = [at(copy, one) for copy, one in zip(copies(own, by), evenings, strict=True)]
    others = copies(own, by)
    for copy, guest in zip(others, guests, strict=True):
        copy.person = guest
    for copy in (*mine, *others):
        copy.code = secrets.token_hex(8)
    Signup.objects.bulk_create((*mine, *others))


def at(copy: Row, session: Session) -> Row:
    copy.session = session  # type: ignore[attr-defined]  # a role or a sign-up
    return copy


def copies(row: Row, by: int) -> list[Row]:
    """The same row so many times, unsaved and without its key."""
    plain = [field for field in row._meta.concrete_fields if not field.primary_key]
    return [type(row)(**{field.attname: getattr(row, field.attname) for field in plain}) for _ in range(by)]
