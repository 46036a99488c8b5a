"""A certificate put on show while its record is put right, and by two at once: of one moment, once. With controls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Barrier, Event

import pytest

from baixing.hours import actions
from baixing.hours.actions import ledger
from baixing.hours.models import Certificate, Correction, HoursEntry
from baixing.hours.queries import certificates
from baixing.hours.queries.sums import total_of
from baixing.journal.models import Entry
from baixing.notices.models import Notice
from baixing.teams.models import Volunteer
from tests.hours.stage import AFTER, credited, helped
from tests.kernel.threads import at_once
from tests.orders.machine.faults import without_compare_and_set
from tests.town import Town, build

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
LONG = 60  # seconds after which a thread that never comes is a fault, and no wait for ever


def to_put_right(town: Town) -> tuple[Certificate, Correction]:
    """A certificate that was asked for, and two hours under it of which half are to go."""
    line = credited(helped(town, town.luo), town.luo, town)
    actions.draft(Volunteer.objects.get(person=town.luo), by=town.luo, at=AFTER)
    entry = HoursEntry.objects.select_related("session__unit", "volunteer__person", "claim").get(pk=line.pk)
    return now(), actions.ask_correction(entry, minutes=60, words="早走了", by=town.zhou, at=AFTER)


def now() -> Certificate:
    return Certificate.objects.select_related("volunteer__person", "unit", "publicised_by").get()


def of_one_moment(certificate: Certificate) -> bool:
    """Whether its sum, its services and the last line that it names are of the same record."""
    told = certificate.snapshot or {}
    upto = HoursEntry.objects.filter(seq__lte=told["ledger"]["seq"])
    return bool(told["minutes"] == sum(row[2] for row in told["service"]) == sum(line.minutes for line in upto))


def before_summing(monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], object]) -> None:
    """When its lines are read, and their sum is not."""
    monkeypatch.setattr(certificates, "total_of", lambda volunteer: (meanwhile(), total_of(volunteer))[1])


def test_what_goes_on_show_while_its_record_is_put_right_is_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    town, read = build(), Event()
    certificate, asked = to_put_right(town)
    before_summing(monkeypatch, read.set)

    def put_right() -> HoursEntry:
        assert read.wait(LONG)
        return actions.agree_correction(asked, by=town.wu, at=AFTER)

    ends = at_once(partial(actions.publicise, certificate, by=town.he, at=AFTER), put_right)

    assert [end for end in ends if isinstance(end, Exception)] == []
    assert (HoursEntry.objects.count(), now().minutes, of_one_moment(now())) == (3, 120, True)


def test_control_without_the_turn_it_says_two_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    town, meets = build(), Barrier(2, timeout=LONG)
    certificate, asked = to_put_right(town)
    monkeypatch.setattr(ledger, "take_turn", lambda _volunteer: None)
    before_summing(monkeypatch, lambda: (meets.wait(), meets.wait()))
    publicise = actions.publicise.__wrapped__  # type: ignore[attr-defined]  # no transaction that would keep them apart

    def put_right() -> HoursEntry:
        meets.wait()
        line = actions.agree_correction(asked, by=town.wu, at=AFTER)
        meets.wait()
        return line

    ends = at_once(partial(publicise, certificate, by=town.he, at=AFTER), put_right)

    assert [end for end in ends if isinstance(end, Exception)] == []
    assert (HoursEntry.objects.count(), now().minutes, of_one_moment(now())) == (3, 60, False)


def by_two(town: Town) -> tuple[list[str], int, int]:
    """How it ended for both, how often it was written down, and how often its holder was told."""
    to_put_right(town)
    ends = at_once(*(partial(actions.publicise, now(), by=by, at=AFTER) for by in (town.he, town.gao)))
    written = Entry.objects.filter(verb="publicise").count()
    told = Notice.objects.filter(kind="certificate.publicised").count()
    return sorted(type(end).__name__ for end in ends), written, told


def test_by_two_at_once_it_goes_on_show_once() -> None:
    assert by_two(build()) == (["NoneType", "Overtaken"], 1, 1)


def test_control_without_compare_and_set_both_are_told_that_they_did_it() -> None:
    town = build()
    with without_compare_and_set():
        assert by_two(town) == (["NoneType", "NoneType"], 2, 2)
