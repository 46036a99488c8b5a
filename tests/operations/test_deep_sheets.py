"""`baixing doctor --deep`: behind each sheet two people, as its journal tells; one planted fault each is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from baixing.journal import actions as journal
from baixing.operations.queries import deep_faults
from baixing.schedule.actions import print_sheets
from baixing.schedule.models import Attendance, Reading, Session, Sheet
from tests.schedule.stage import DOOR, evening
from tests.schedule.test_sheet import BOTH, LATER, printed, read
from tests.town import Town

pytestmark = pytest.mark.both


def entered(town: Town) -> Sheet:
    """By 周 and 吴 alike; and another one that nobody has entered, and one that waits for the second."""
    sheet = printed(town)
    read(read(sheet, town.zhou, BOTH), town.wu, BOTH)
    for waits in (True, False):
        (other,) = print_sheets(evening(town), by=town.zhou, at=DOOR)
        if waits:
            read(other, town.zhou, {})
    return Sheet.objects.get(pk=sheet.pk)


def one_alone(sheet: Sheet, _town: Town) -> None:
    sheet.readings.filter(place=2).delete()


def another(sheet: Sheet, town: Town) -> None:
    Reading.objects.filter(sheet=sheet, place=2).update(by=town.he)


def nobody(sheet: Sheet, _town: Town) -> None:
    sheet.readings.all().delete()
    Sheet.objects.filter(pk=sheet.pk).update(settled_at=None)


def made_up(sheet: Sheet, town: Town) -> None:
    journal.write("read", sheet, by=town.he, at=LATER, place=2)


def strayed(sheet: Sheet, _town: Town) -> None:
    other = Session.objects.exclude(pk=sheet.session_id).earliest("pk")
    Attendance.objects.filter(sheet=sheet, person__isnull=False).update(session=other)


PLANTED: dict[str, tuple[Callable[[Sheet, Town], None], str]] = {
    "one reading is gone": (one_alone, "not two people entered it"),
    "another name stands there": (another, "others than its journal tells"),
    "nobody has entered it": (nobody, "not two people entered it"),
    "a line too many": (made_up, "others than its journal tells"),
    "of another session": (strayed, "which is that of another session"),
}


def about_sheets() -> list[str]:
    return [fault for fault in deep_faults(LATER) if "sheet" in fault.lower()]


def test_sheets_that_two_people_entered_are_well(town: Town) -> None:
    entered(town)

    assert about_sheets() == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_sheet_behind_which_two_do_not_stand_is_found(town: Town, fault: str) -> None:
    sheet = entered(town)
    plant, words = PLANTED[fault]

    plant(sheet, town)

    assert any(words in one and sheet.code in one for one in about_sheets()), about_sheets()
