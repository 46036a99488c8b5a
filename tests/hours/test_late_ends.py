"""What is told of a session after it is over comes to hours too, as late as it was told."""

from __future__ import annotations

from baixing.hours.models import HoursClaim
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Tapped
from baixing.schedule.models import Attendance, Sheet
from baixing.schedule.queries import door
from baixing.schedule.queries.paper import Line
from tests.hours.stage import AFTER, claim_of, fresh, join
from tests.schedule.stage import EVENING, VOLUNTEERS, again, evening
from tests.town import HOUR, Town


def test_a_sheet_entered_the_day_after_needs_no_third_word(town: Town) -> None:
    join(session := evening(town, Need(VOLUNTEERS, 2)), town.luo)
    (sheet,) = schedule.print_sheets(session, by=town.zhou, at=EVENING)
    for person in (town.wu, town.zhou):
        read = Sheet.objects.select_related("session__unit", "session__team").get(pk=sheet.pk)
        schedule.read(read, {1: Line("19:00", "21:00")}, by=person, at=AFTER)
    schedule.report(fresh(session), by=town.zhou, at=AFTER)

    claim = claim_of(session, town.luo)
    assert (claim.minutes, claim.late, door.words_waiting(session, town.zhou)) == (120, True, [])


def test_a_list_without_a_network_that_comes_home_after_the_report_counts(town: Town) -> None:
    signup = join(session := evening(town, Need(VOLUNTEERS, 2)), town.luo)
    came = Tapped("nonce-of-in", signup.pk, "in", EVENING)
    left = Tapped("nonce-of-out", signup.pk, "out", EVENING + 2 * HOUR)
    schedule.take_taps(fresh(session), [came], clock=EVENING + HOUR, by=town.zhou, at=EVENING + HOUR)
    schedule.report(fresh(session), by=town.zhou, at=session.end)
    schedule.take_taps(fresh(session), [left], clock=AFTER, by=town.zhou, at=AFTER)

    claim = claim_of(session, town.luo)
    assert (claim.minutes, claim.late) == (120, True)


def test_an_end_that_the_leader_taps_late_is_asked_of_the_volunteer(town: Town) -> None:
    """One person's word after the fact: the volunteer finds it on their page, and says when it really was."""
    signup = join(session := evening(town, Need(VOLUNTEERS, 2)), town.luo)
    schedule.check_in(signup, way="roster", by=town.zhou, at=EVENING)
    schedule.report(fresh(session), by=town.zhou, at=session.end)
    schedule.check_out(again(signup), way="roster", by=town.zhou, at=AFTER)

    (asked,) = door.asks_of(session, town.luo)
    before = HoursClaim.objects.count()
    schedule.correct_left(asked, EVENING + HOUR, by=town.luo, at=AFTER)
    (turned,) = door.words_waiting(session, town.zhou)
    schedule.agree_left(Attendance.objects.get(pk=turned.attendance.pk), by=town.zhou, at=AFTER)

    assert (before, turned.asked, claim_of(session, town.luo).minutes) == (0, True, 60)
