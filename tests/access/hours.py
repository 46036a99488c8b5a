"""One of each kind of thing that an address of hours names; and many of what its pages list."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from baixing.hours import actions
from baixing.hours.models import (
    Certificate,
    Correction,
    Flag,
    HoursClaim,
    HoursEntry,
    LedgerRoot,
    Note,
    OtherSystem,
    StarLevel,
    Transfer,
)
from baixing.network.models import Unit
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned, Seat
from baixing.schedule.models import Attendance, Role, Session
from baixing.teams.models import Volunteer
from tests.town import DAY, HOUR, NINE, Town

EARLY = NINE - 23 * HOUR
START = EARLY + 2 * HOUR
AFTER = START + 3 * HOUR
MONTH = date(2026, 2, 1)
ROOT = {"until": EARLY, "root": "0" * 64, "volunteers": 1, "entries": 1, "minutes": 1, "at": NINE}


def things(town: Town, above: Person, issuer: Person) -> dict[str, int | str]:
    """An evening that is over: 金's hours are to be checked, 敏's are credited and on two certificates."""
    LedgerRoot.objects.get_or_create(month=MONTH, defaults=ROOT)
    StarLevel.objects.get_or_create(stars=9, defaults={"name": "九星", "hours": 9000})
    session = _evening(town)
    volunteer = Volunteer.objects.get(person=town.min)
    entry = _credited(session, town, above)
    issued = _certificate(volunteer, above, issuer, AFTER)
    actions.issue(issued, by=above, at=AFTER + 8 * DAY)
    shown = _certificate(volunteer, above, issuer, AFTER)
    moved = _transfer(volunteer, town, state="done", way="out")
    return {
        "volunteer": volunteer.pk,
        "note": _note(volunteer, town).pk,
        "claim": HoursClaim.objects.get(session=session, volunteer__person=town.jin).pk,
        "entry": entry.pk,
        "flag": actions.object_to(entry, words="少了半小时", by=town.min, at=NINE).pk,
        "correction": actions.ask_correction(entry, minutes=60, words="多记了", by=town.zhou, at=NINE).pk,
        "certificate": shown.pk,
        "issued": issued.pk,
        "sheet": issued.code,
        "transfer": _transfer(volunteer, town, state="asked", way="in").pk,
        "moved": moved.pk,
    }


def _note(volunteer: Volunteer, town: Town) -> Note:
    told = actions.Told("evaluation", "待人和气", NINE.date(), words="老人们都愿意等他来")
    return actions.write_note(volunteer, told, by=town.zhou, at=NINE)


def _evening(town: Town) -> Session:
    needs = [Need(Role.Side.VOLUNTEER, 9)]
    told = Planned(
        "activity",
        "百姓大舞台",
        town.station,
        START,
        START + 2 * HOUR,
        team=town.plumbers,
        needs=needs,
        facts={"public": True},
    )
    session = schedule.plan(told, by=town.zhou, at=EARLY)
    schedule.open(session, by=town.zhou, at=EARLY)
    for person in (town.jin, town.min):
        signup = schedule.sign_up(Seat(session.roles.get(), person), by=person, at=EARLY)
        schedule.check_in(signup, way="roster", by=town.zhou, at=START)
        schedule.check_out(signup, way="roster", by=town.zhou, at=session.end)
    schedule.report(Session.objects.get(pk=session.pk), by=town.zhou, at=session.end)
    return session


def _credited(session: Session, town: Town, above: Person) -> HoursEntry:
    claim = HoursClaim.objects.with_nouns().get(session=session, volunteer__person=town.min)
    actions.review(claim, by=town.zhou, at=AFTER)
    return actions.credit(claim, by=above, at=AFTER)


def _certificate(volunteer: Volunteer, above: Person, issuer: Person, at: object) -> Certificate:
    certificate = actions.draft(volunteer, by=volunteer.person, at=AFTER)
    actions.publicise(certificate, by=issuer, at=AFTER)
    return certificate


def _transfer(volunteer: Volunteer, town: Town, *, state: str, way: str) -> Transfer:
    system, _made = OtherSystem.objects.get_or_create(
        code="elsewhere", defaults={"name": "别处", "key": "A" * 43 + "="}
    )
    told = {"minutes": 60, "document": {}, "reference": secrets.token_hex(8), "digest": "0" * 64}
    people = {"asked_by": town.wei, "asked_at": NINE, "decided_by": town.zhou if state == "done" else None}
    return Transfer.objects.create(state=state, way=way, system=system, volunteer=volunteer, **told, **people)


def grow(town: Town, by: int) -> None:
    """So many more of what the pages of hours list."""
    session = Session.objects.filter(claims__volunteer__person=town.min).earliest("pk")
    volunteer, unit = Volunteer.objects.get(person=town.min), session.unit
    for _ in range(by):
        other = _again(session)
        waiting = _claim(volunteer, other, "computed")
        Note.objects.create(
            volunteer=volunteer, unit=unit, kind="training", title="培训", on=NINE, by=town.zhou, at=NINE
        )
        _line(town, volunteer, _claim(volunteer, _again(session), "credited", town))
        _of_others(town, unit, waiting)
    _transfers(town, volunteer, by)


def _again(session: Session) -> Session:
    plain = {name: getattr(session, name) for name in ("kind", "title", "unit", "team", "made_at")}
    return Session.objects.create(state="reported", start=session.start, end=session.end, **plain)


def _claim(volunteer: Volunteer, session: Session, state: str, town: Town | None = None) -> HoursClaim:
    row = Attendance.objects.create(session=session, person=volunteer.person, came=True)
    facts = {"start": session.start, "end": session.end, "minutes": 120, "made_at": NINE, "attendance": row}
    both = {"reviewed_by": town.zhou, "credited_by": town.wu} if town else {}
    return HoursClaim.objects.create(state=state, volunteer=volunteer, session=session, **facts, **both)


def _line(town: Town, volunteer: Volunteer, claim: HoursClaim) -> None:
    last = HoursEntry.objects.of(volunteer).last()
    line = HoursEntry(volunteer=volunteer, person=volunteer.person, kind="credit", minutes=120, claim=claim, at=NINE)
    line.session, line.first_by, line.second_by = claim.session, town.zhou, town.wu
    line.seq, line.before = (last.seq + 1, last.digest) if last else (1, "")
    line.digest = line.digest_of_all()
    line.save(force_insert=True)
    Correction.objects.create(entry=line, words="多记了", asked_by=town.he, asked_at=NINE)
    Flag.objects.create(kind="objection", unit=claim.session.unit, entry=line, at=NINE, words="少了")


def _of_others(town: Town, unit: Unit, claim: HoursClaim) -> None:
    Flag.objects.create(kind="overlap", unit=unit, claim=claim, other=claim, at=NINE)
    for state in ("drafted", "publicised"):
        person = Person.objects.create(name=f"居民 {secrets.token_hex(3)}", made_at=NINE)
        number = secrets.token_hex(7)
        volunteer = Volunteer.objects.create(person=person, number=number, at=NINE)
        told = {"unit": town.county, "number": number, "code": secrets.token_hex(13), "drafted_at": NINE}
        told["place"] = secrets.randbelow(2**30)
        shown = {"publicised_at": NINE, "snapshot": {"minutes": 60}} if state == "publicised" else {}
        Certificate.objects.create(state=state, volunteer=volunteer, name=person.name, **told, **shown)
    month = LedgerRoot.objects.order_by("month").values_list("month", flat=True)[0]
    LedgerRoot.objects.create(month=(month - timedelta(days=1)).replace(day=1), **ROOT)


def _transfers(town: Town, volunteer: Volunteer, by: int) -> None:
    for _ in range(by):
        _transfer(volunteer, town, state="asked", way="in")
    OtherSystem.objects.bulk_create(
        OtherSystem(code=secrets.token_hex(6), name="别处", key="A" * 43 + "=") for _ in range(by)
    )
