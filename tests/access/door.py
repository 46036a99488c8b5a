"""One of each kind of thing that an address of the door names; and many of what its pages list."""

from __future__ import annotations

import secrets
from datetime import timedelta

from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned, Seat
from baixing.schedule.models import Attendance, Session, Sheet, Signup, Tablet, WalkIn
from baixing.schedule.rules.tablet import token_of
from tests.access.held import copies
from tests.town import DAY, NINE, Town

QUARTER = timedelta(minutes=15)
Things = dict[str, int | str]


def things(town: Town, member: Person) -> Things:
    """What is held just now: jin is waited for, a volunteer is here."""
    needs = (Need("resident", 200), Need("volunteer", 200))
    facts = {"public": True, "place": "文化广场"}
    told = {"team": town.plumbers, "needs": needs, "facts": facts}
    held = Planned("activity", "百姓大舞台", town.station, NINE - QUARTER, NINE + 8 * QUARTER, **told)  # type: ignore[arg-type]  # as above
    session = schedule.plan(held, by=town.zhou, at=NINE - DAY)
    schedule.open(session, by=town.zhou, at=NINE - DAY)
    residents, volunteers = session.roles.order_by("pk")
    coming = schedule.sign_up(Seat(residents, town.jin), by=town.jin, at=NINE - DAY)
    came = schedule.sign_up(Seat(volunteers, member), by=member, at=NINE - DAY)
    (sheet,) = schedule.print_sheets(session, by=town.zhou, at=NINE - QUARTER)
    tablet = schedule.set_up_tablet(session, by=town.zhou, at=NINE - QUARTER)
    noted = WalkIn.objects.create(
        session=session, nonce="7" * 32, role=residents, guest="过路的", moment=NINE, by=town.zhou, at=NINE
    )
    attendance = schedule.check_in(came, way="roster", by=town.zhou, at=NINE - QUARTER)
    numbers = {
        "noted": noted.pk,
        "running": session.pk,
        "coming": coming.pk,
        "came": came.pk,
        "attendance": attendance.pk,
    }
    return {**numbers, "noted": noted.pk, "paper": sheet.code, "tablet": tablet.pk, "token": token_of(tablet)}


def grow(town: Town, near: Things, by: int) -> None:
    """More who are waited for and are here, of the household too; more sheets and devices; more that is held today."""
    session = Session.objects.get(pk=near["running"])
    coming, came = (Signup.objects.get(pk=near[name]) for name in ("coming", "came"))
    household = {"phone": town.jin.phone, "phone_index": town.jin.phone_index}
    family = [Person(name=f"家人 {secrets.token_hex(3)}", made_at=NINE, **household) for _ in range(by)]
    made = _signed_up(coming, Person.objects.bulk_create(family)) + _signed_up(came, _people(by))
    told = {"came": True, "arrived_at": NINE, "arrived_way": "roster", "arrived_by": town.zhou, "told_at": NINE}
    here = [one for one in made if one.state == Signup.State.CHECKED_IN]
    Attendance.objects.bulk_create(Attendance(session=session, person=one.person, signup=one, **told) for one in here)
    sheets = copies(Sheet.objects.get(code=near["paper"]), by)
    for sheet in sheets:
        sheet.code = secrets.token_hex(4)
    Sheet.objects.bulk_create(sheets)
    Sheet.objects.filter(code=near["paper"]).update(rows=[one.pk for one in Signup.objects.filter(session=session)])
    notes = copies(WalkIn.objects.get(pk=near["noted"]), by)
    for one in notes:
        one.nonce = secrets.token_hex(16)
    WalkIn.objects.bulk_create(notes)
    Tablet.objects.bulk_create(copies(Tablet.objects.get(pk=near["tablet"]), by))
    Session.objects.bulk_create(copies(session, by))


def _signed_up(signup: Signup, people: list[Person]) -> list[Signup]:
    rows = copies(signup, len(people))
    for row, person in zip(rows, people, strict=True):
        row.person, row.code = person, secrets.token_hex(8)
    return Signup.objects.bulk_create(rows)


def _people(by: int) -> list[Person]:
    return Person.objects.bulk_create(Person(name=f"居民 {secrets.token_hex(3)}", made_at=NINE) for _ in range(by))
