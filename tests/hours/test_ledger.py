"""The ledger: chained, refused for change by the database, one line net whatever runs at once (I16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import connection, transaction

from baixing.hours import actions
from baixing.hours.actions import ledger
from baixing.hours.models import HoursClaim, HoursEntry, LedgerRoot
from baixing.hours.queries.sums import total_of, total_of_all
from baixing.hours.rules import reckoning
from baixing.kernel import appendonly, rows
from baixing.kernel.refusals import NotNow
from baixing.operations.queries import deep_faults, faults
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need
from baixing.teams.models import Volunteer
from tests.emptying import lifted
from tests.hours.stage import AFTER, attend, claim_of, credited, fresh, helped
from tests.kernel.threads import at_once
from tests.schedule.stage import EVENING, VOLUNTEERS, evening
from tests.town import DAY, HOUR, Town, build

TABLES = ("hours_hoursentry", "hours_ledgerroot")


@pytest.mark.both
def test_each_line_holds_the_digest_of_the_one_before(town: Town) -> None:
    entry = credited(helped(town, town.luo), town.luo, town)
    correction = actions.ask_correction(entry, minutes=60, words="早走了", by=town.zhou, at=AFTER)
    actions.agree_correction(correction, by=town.wu, at=AFTER)

    lines = list(HoursEntry.objects.of(entry.volunteer).select_related("volunteer", "reverses", "transfer"))

    assert [(line.seq, line.kind, line.minutes) for line in lines] == [
        (1, "credit", 120),
        (2, "reversal", -120),
        (3, "credit", 60),
    ]
    assert [line.before for line in lines] == ["", lines[0].digest, lines[1].digest]
    assert [line.digest for line in lines] == [line.digest_of_all() for line in lines]
    assert list(deep_faults(AFTER)) == []


def test_a_line_is_taken_back_once(town: Town) -> None:
    entry = credited(helped(town, town.luo), town.luo, town)
    correction = actions.ask_correction(entry, minutes=0, words="没有来", by=town.zhou, at=AFTER)
    actions.agree_correction(correction, by=town.wu, at=AFTER)

    with pytest.raises(NotNow):
        actions.ask_correction(entry, minutes=0, words="没有来", by=town.zhou, at=AFTER)
    assert total_of(entry.volunteer) == 0


def long_day(town: Town, hours: int) -> HoursClaim:
    """The whole day at a fair."""
    facts = {"title": "庙会", "public": True}
    session = evening(town, Need(VOLUNTEERS, 3))
    schedule.change(
        session, {**facts, "end": EVENING + hours * HOUR}, [Need(VOLUNTEERS, 3)], by=town.zhou, at=EVENING - DAY
    )
    session = fresh(session)
    attend(session, town.luo, town, EVENING, session.end)
    schedule.report(fresh(session), by=town.zhou, at=session.end)
    return claim_of(session, town.luo)


def test_more_than_ten_hours_a_day_only_with_the_tier_above(town: Town) -> None:
    claim = long_day(town, 11)
    later = EVENING + 20 * HOUR
    actions.review(claim, by=town.wu, at=later)

    assert actions.credit(claim, by=town.zhou, at=later).minutes == local_day_most(claim)


def local_day_most(claim: HoursClaim) -> int:
    """What a day's limit leaves of it: the evening before midnight and the morning after are two days."""
    days = reckoning.by_day([(claim.start, claim.end)])
    return sum(min(count, 600) for count in days.values())


def test_the_tier_above_may_sign_for_more(town: Town) -> None:
    claim = long_day(town, 11)
    later = EVENING + 20 * HOUR
    actions.review(claim, by=town.zhou, at=later)

    line = actions.credit(claim, by=town.wu, at=later)

    assert (line.minutes, line.above, line.days) == (
        660,
        True,
        [[day.isoformat(), count] for day, count in sorted(reckoning.by_day([(claim.start, claim.end)]).items())],
    )


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_who_credit_at_once_one_line_stands() -> None:
    town = build()
    session = helped(town, town.luo)
    actions.review(claim_of(session, town.luo), by=town.zhou, at=AFTER)
    claims = [claim_of(session, town.luo) for _ in range(2)]

    results = at_once(
        *(partial(actions.credit, claim, by=by, at=AFTER) for claim, by in zip(claims, (town.wu, town.he), strict=True))
    )

    assert sum(isinstance(one, HoursEntry) for one in results) == 1
    assert [line.minutes for line in HoursEntry.objects.all()] == [120]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_of_one_evening_count_each_moment_once() -> None:
    """Two sessions at one time, credited at the same moment by two people: the turn of the record keeps them apart."""
    town = build()
    claims = two_reviewed(town)

    at_once(*(partial(actions.credit, claim, by=town.wu, at=AFTER) for claim in claims))

    assert sum(line.minutes for line in HoursEntry.objects.all()) == 120


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_without_the_turn_each_moment_counts_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: both look for what stands there before either writes."""
    town = build()
    claims, looked = two_reviewed(town), Barrier(2)
    monkeypatch.setattr(ledger, "take_turn", lambda _volunteer: None)
    monkeypatch.setattr(reckoning, "by_day", waiting(looked, reckoning.by_day))
    added = rows.add
    monkeypatch.setattr(ledger, "add", lambda line: added(line) or behind(line, added))

    unguarded = [partial(ledger.credit, claim, by=(town.zhou, town.wu), above=False, at=AFTER) for claim in claims]
    at_once(*unguarded)

    assert sum(line.minutes for line in HoursEntry.objects.all()) == 240


def waiting(looked: Barrier, ask: Callable[..., reckoning.Days]) -> Callable[..., reckoning.Days]:
    def wait(pieces: object) -> reckoning.Days:
        found = ask(pieces)
        looked.wait()
        return found

    return wait


def behind(line: HoursEntry, add: Callable[[HoursEntry], bool]) -> bool:
    """Nobody keeps the place either: the next one is taken."""
    line.seq += 1
    return add(line)


def two_reviewed(town: Town) -> list[HoursClaim]:
    sessions = [helped(town, town.luo) for _ in range(2)]
    for session in sessions:
        claim = claim_of(session, town.luo)
        actions.review(claim, by=town.zhou, at=AFTER)
        for flag in claim.flags.open():
            actions.settle(flag, words="看过", by=town.wu, at=AFTER)
    return [claim_of(session, town.luo) for session in sessions]


@pytest.mark.both
@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_change_a_line(town: Town, table: str) -> None:
    assert appendonly.laid(connection, table)


@pytest.mark.both
def test_the_doctor_misses_the_triggers(town: Town) -> None:
    with lifted(connection):
        found = [fault for fault in faults(AFTER) if "triggers are missing" in fault and "can be changed" in fault]

    assert [fault.partition(" can be")[0] for fault in found] == [
        "The journal",
        "The ledger of hours",
        "The list of the ledger's roots",
    ]


PLANTED = {
    "minutes": ("UPDATE hours_hoursentry SET minutes = 121", "line 1: the line was changed"),
    "two people": ("UPDATE hours_hoursclaim SET state = 'refused'", "has no claim that two people saw"),
    "a line gone": ("DELETE FROM hours_hoursentry", "is credited, and no line of the ledger says so"),
    "chain": ("UPDATE hours_hoursentry SET before = 'x'", "the line before it was changed"),
}


@pytest.mark.both
@pytest.mark.parametrize("name", sorted(PLANTED))
def test_the_doctor_finds_what_was_changed_behind_everybodys_back(town: Town, name: str) -> None:
    credited(helped(town, town.luo), town.luo, town)
    assert list(deep_faults(AFTER)) == []
    statement, words = PLANTED[name]
    with lifted(connection), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert [fault for fault in deep_faults(AFTER) if words in fault] != []


def test_the_root_of_a_month_is_published_once_and_finds_a_change(town: Town) -> None:
    line = credited(helped(town, town.luo), town.luo, town)
    assert actions.publish_roots(at=AFTER) == 0
    april = AFTER + timedelta(days=30)

    assert (actions.publish_roots(at=april), actions.publish_roots(at=april)) == (1, 0)
    root = LedgerRoot.objects.get()
    assert (f"{root.month}", root.volunteers, root.entries, root.minutes) == ("2026-03-01", 1, 1, 120)
    assert list(deep_faults(april)) == []
    forged = HoursEntry.objects.select_related("volunteer").get(pk=line.pk)
    forged.minutes, forged.days = 130, [[forged.days[0][0], 130]]
    with lifted(connection):
        HoursEntry.objects.update(minutes=130, days=forged.days, digest=forged.digest_of_all())

    assert any("The root of 2026-03" in fault for fault in deep_faults(april))


def test_profile_certificate_report_and_root_are_one_sum(town: Town) -> None:
    for person in (town.luo, town.min):
        credited(helped(town, person), person, town)
    april = AFTER + timedelta(days=30)
    actions.publish_roots(at=april)
    certificate = actions.draft(Volunteer.objects.get(person=town.luo), by=town.luo, at=april)
    actions.publicise(certificate, by=town.he, at=april)

    totals = {one.person: total_of(one) for one in Volunteer.objects.select_related("person")}

    assert totals == {town.luo: 120, town.min: 120}
    assert certificate.minutes == totals[town.luo]
    assert total_of_all() == LedgerRoot.objects.get().minutes == sum(totals.values())
