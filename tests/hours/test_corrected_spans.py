"""A correction leaves exactly what was said, whatever else the volunteer did; no line goes under a published root."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baixing.hours import actions
from baixing.hours.models import Certificate, Flag, HoursClaim, HoursEntry, LedgerRoot
from baixing.hours.queries.sums import total_of, under_root
from baixing.kernel.refusals import NotNow
from tests.hours.stage import AFTER, claim_of, credited, helped
from tests.schedule.stage import EVENING
from tests.town import DAY, HOUR, Town

SHOWN = AFTER + 8 * DAY


def put_right(line: HoursEntry, minutes: int, town: Town) -> HoursEntry:
    entry = HoursEntry.objects.select_related("session__unit", "volunteer__person", "claim").get(pk=line.pk)
    asked = actions.ask_correction(entry, minutes=minutes, words="早退", by=town.zhou, at=AFTER)
    return actions.agree_correction(asked, by=town.wu, at=AFTER)


def looked_at(town: Town) -> None:
    for flag in Flag.objects.open():
        actions.settle(flag, words="看过", by=town.he, at=AFTER)


def test_of_two_that_overlap_each_can_be_put_right(town: Town) -> None:
    """An hour here; two hours there, of which one was counted already. The third begins where the second then ends."""
    first = credited(helped(town, town.luo, left=EVENING + HOUR), town.luo, town)
    other = helped(town, town.luo)
    looked_at(town)
    second = credited(other, town.luo, town)

    lines = [put_right(second, 45, town), put_right(first, 30, town)]
    third = helped(town, town.luo, came=EVENING + 1.75 * HOUR, left=EVENING + 2.25 * HOUR)
    looked_at(town)
    lines.append(credited(third, town.luo, town))

    assert [line.minutes for line in lines] == [45, 30, 30]
    assert HoursClaim.objects.filter(session=second.session).latest("nth").end == EVENING + 1.75 * HOUR
    assert total_of(second.volunteer) == 105


def test_a_clock_that_went_back_writes_nothing_under_a_published_root(town: Town) -> None:
    credited(helped(town, town.luo), town.luo, town)
    actions.publish_roots(at=AFTER + 40 * DAY)

    with pytest.raises(NotNow, match="根"):
        credited(helped(town, town.min), town.min, town)

    root = LedgerRoot.objects.get()
    assert under_root(root.until).root == root.root
    assert claim_of(HoursEntry.objects.get().session, town.luo).state == "credited"  # type: ignore[arg-type]


def test_a_certificate_and_a_correction_are_written_one_after_the_other(town: Town) -> None:
    """Each takes the volunteer's turn before it reads their lines: else one would not see what the other writes."""
    line = credited(helped(town, town.luo), town.luo, town)
    certificate = actions.draft(line.volunteer, by=town.luo, at=AFTER)

    for deed, by, at in ((actions.publicise, town.he, AFTER), (actions.issue, town.gao, SHOWN)):
        with CaptureQueriesContext(connection) as asked:
            deed(Certificate.objects.select_related("volunteer__person", "unit").get(pk=certificate.pk), by=by, at=at)
        said = [one["sql"] for one in asked]
        turn = next(n for n, sql in enumerate(said) if sql.startswith("UPDATE") and "hours_record" in sql)
        assert not [sql for sql in said[:turn] if 'FROM "hours_hoursentry"' in sql]
