"""What follows when a session changes, and who is told of it; two who are one; what cannot be."""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.test import Client, override_settings

from baixing.kernel.refusals import NotNow
from baixing.network.models import Post
from baixing.notices.models import Notice
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import ALL, Again, Need, Seat
from baixing.schedule.models import Booking, Session, Sheet, Signup
from baixing.schedule.queries.paper import Line
from baixing.schedule.rules.recurrence import Repeat
from baixing.teams.models import Membership
from tests.schedule.rooms import hall
from tests.schedule.stage import EVENING, RESIDENTS, VOLUNTEERS, again, come, evening, planned, role, states
from tests.town import DAY, HOUR, NINE, Town

WEEK = timedelta(weeks=1)


def change(town: Town, session: Session, at: object = NINE, **facts: object) -> None:
    found = Session.objects.select_related("unit", "team").get(pk=session.pk)
    actions.change(found, facts, actions.needs_of(found), by=town.zhou, at=at)  # type: ignore[arg-type]  # a moment


def helper(session: Session, person: Person, at: object = NINE) -> Signup:
    return actions.sign_up(Seat(role(session, VOLUNTEERS), person), by=person, at=at)  # type: ignore[arg-type]


def told(kind: str) -> list[int]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person", flat=True))


def test_words_on_free_places_go_with_the_session(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 5))
    actions.ask_alert(session, 4, by=town.wei, at=NINE)
    change(town, session, start=EVENING + DAY, end=EVENING + DAY + HOUR)

    early = actions.tick(at=EVENING - 4 * HOUR)["tell_alert"]
    due = actions.tick(at=EVENING + DAY - 4 * HOUR)["tell_alert"]

    assert (early, due, told("signup.free")) == (0, 1, [town.wei.pk])


def test_nobody_hears_of_places_that_they_cannot_take_or_have(town: Town) -> None:
    closed = evening(town, Need(RESIDENTS, 5), signup_until=EVENING - 5 * HOUR)
    mine = evening(town, Need(RESIDENTS, 5))
    for session in (closed, mine):
        actions.ask_alert(session, 4, by=town.wei, at=NINE)
    come(mine, town.wei)
    begun = evening(town, Need(RESIDENTS, 5))
    actions.ask_alert(begun, 2, by=town.jin, at=NINE)
    Session.objects.exclude(pk=begun.pk).update(start=EVENING + DAY, end=EVENING + DAY + HOUR)

    actions.tick(at=EVENING + HOUR)

    assert told("signup.free") == []


def test_a_kept_seat_is_kept_no_longer_than_the_session_allows(town: Town) -> None:
    session = evening(town, Need(RESIDENTS, 1))
    first, second = come(session, town.jin), come(session, town.luo)
    actions.cancel(again(first), by=town.jin, at=EVENING - 10 * HOUR)

    start = EVENING - 6 * HOUR
    change(town, session, at=EVENING - 10 * HOUR, start=start, end=start + HOUR)

    assert again(second).held_until == start - 2 * HOUR


def test_of_another_meeting_point_everybody_is_told(town: Town) -> None:
    session = evening(town)
    come(session, town.jin)

    change(town, session, meeting_point="西门")

    assert told("signup.moved") == [town.jin.pk]


def test_a_notice_says_the_date_in_its_reader_s_language(town: Town) -> None:
    """It is read on another day than it was written, and by somebody else."""
    session = evening(town)
    with override_settings(LANGUAGE_CODE="en"):
        come(session, town.jin)

    said = Notice.objects.get(kind="signup.confirmed").facts["when"]
    assert said == "2026-03-08T19:00+08:00"


def test_a_team_is_asked_to_help_once_in_six_hours(town: Town) -> None:
    """Also when nobody stands by."""
    session = evening(town, Need(VOLUNTEERS, 5))
    Session.objects.filter(pk=session.pk).update(team=Membership.objects.members().values("team")[:1])
    session = Session.objects.select_related("unit", "team").get(pk=session.pk)

    actions.refill(session, by=town.zhou, at=NINE)

    with pytest.raises(NotNow):
        actions.refill(session, by=town.zhou, at=NINE + HOUR)


def test_a_place_is_not_handed_round_whoever_says_yes_to_sign_ups(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 1), approval=True)
    mine = helper(session, town.luo)
    actions.approve(again(mine), by=town.zhou, at=NINE)
    with pytest.raises(NotNow, match="同意"):
        actions.offer(again(mine), by=town.luo, at=NINE)
    Signup.objects.filter(pk=mine.pk).update(offered_at=NINE)  # before the yes was asked for

    with pytest.raises(NotNow, match="同意"):
        actions.take_over(again(mine), agreed=False, by=town.min, at=NINE)
    assert again(mine).state == "confirmed"


def test_a_child_takes_no_place_over_without_a_guardian(town: Town) -> None:
    session = evening(town, Need(VOLUNTEERS, 1))
    mine = helper(session, town.luo)
    actions.offer(again(mine), by=town.luo, at=NINE)
    Person.objects.filter(pk=town.wei.pk).update(born=NINE.date() - timedelta(days=365 * 12))
    child = Person.objects.get(pk=town.wei.pk)

    with pytest.raises(NotNow, match="监护人"):
        actions.take_over(again(mine), agreed=False, by=child, at=NINE)


def test_nobody_holds_two_seats_at_one_time_by_way_of_a_line_or_a_yes(town: Town) -> None:
    full, asked, other = evening(town, Need(RESIDENTS, 1)), evening(town, approval=True), evening(town)
    first, waits = come(full, town.jin), come(full, town.luo)
    applied = come(asked, town.luo)
    come(other, town.luo)
    actions.cancel(again(first), by=town.jin, at=NINE)

    for deed, by in (
        (partial(actions.confirm, again(waits)), town.luo),
        (partial(actions.approve, again(applied)), town.zhou),
    ):
        with pytest.raises(NotNow, match="同一时间"):
            deed(by=by, at=NINE)
    assert states(other) == ["confirmed"]


def test_a_series_moves_into_its_own_space(town: Town) -> None:
    """A week later, the first lies where the second was: whichever way, each finds its place free."""
    made = actions.plan_again(planned(town), Again(Repeat("weekly", count=3)), space=hall(town), by=town.zhou, at=NINE)
    for ahead in (WEEK, timedelta()):
        one = Session.objects.select_related("unit", "team", "recurrence").get(pk=made[0].pk)
        facts = {"start": EVENING + ahead, "end": EVENING + ahead + 2 * HOUR}
        actions.change_all(one, ALL, facts, actions.needs_of(one), by=town.zhou, at=NINE)
        starts = sorted(Booking.objects.confirmed().values_list("start", flat=True))
        assert [start - EVENING - ahead for start in starts] == [0 * WEEK, WEEK, 2 * WEEK]


def _sheet(session: Session, by: Person) -> Sheet:
    (sheet,) = actions.print_sheets(session, by=by, at=EVENING)
    return Sheet.objects.select_related("session__unit", "session__team").get(pk=sheet.pk)


def test_who_was_tapped_in_already_leaves_by_the_sheet(town: Town) -> None:
    signup = helper(session := evening(town, Need(VOLUNTEERS, 2)), town.luo)
    actions.check_in(again(signup), way="roster", by=town.zhou, at=EVENING)
    sheet = _sheet(session, town.zhou)

    for person in (town.wu, town.zhou):
        actions.read(sheet, {1: Line("19:00", "21:00")}, by=person, at=session.end)

    assert (states(session), Sheet.objects.get().answers) == (["attended"], "")


def test_two_accounts_behind_one_telephone_are_not_two_readers(town: Town) -> None:
    helper(session := evening(town, Need(VOLUNTEERS, 2)), town.luo)
    sheet = _sheet(session, town.zhou)
    twin = Person.objects.create(name="周二", phone=town.zhou.phone, phone_index=town.zhou.phone_index, made_at=NINE)
    Post.objects.create(person=twin, unit=town.institute, kind=Post.Kind.STAFF, since=NINE)
    actions.read(sheet, {1: Line("19:00", "21:00")}, by=twin, at=session.end)

    with pytest.raises(NotNow, match="另一个人"):
        actions.read(sheet, {1: Line("19:00", "21:00")}, by=town.zhou, at=session.end)


@pytest.mark.parametrize(
    "wrong",
    [
        {"age_from": "60", "age_to": "10"},
        {"signup_until": "0001-01-01T00:00"},
        {"signup_until": "9999-12-31T23:59"},
        {"day": "0001-01-01"},
        {"seats": "0"},
    ],
)
def test_what_cannot_be_comes_back_with_words(town: Town, wrong: dict[str, str]) -> None:
    plan = {
        "kind": "activity",
        "title": "百姓大舞台",
        "day": "2026-03-08",
        "begins": "19:00",
        "ends": "21:00",
        "seats": "9",
    }
    with time_machine.travel(NINE):
        client = Client()
        client.force_login(town.zhou)
        sent = {"key": secrets.token_hex(8), **plan, **wrong}
        answer = client.post(f"/sessions/plan/unit/{town.station.pk}/", sent)

    assert (answer.status_code, "百姓大舞台" in answer.content.decode(), Session.objects.count()) == (422, True, 0)


def test_a_sheet_of_another_morning_is_named_by_its_own_day(town: Town) -> None:
    """At seven in the morning it is still the day before elsewhere."""
    morning = evening(town)
    start = EVENING - 12 * HOUR
    Session.objects.filter(pk=morning.pk).update(start=start, end=start + HOUR)
    other, sheet = evening(town), _sheet(morning, town.zhou)
    with time_machine.travel(NINE):
        client = Client()
        client.force_login(town.zhou)
        answer = client.post(f"/sessions/{other.pk}/sheets/find/", {"key": secrets.token_hex(8), "code": sheet.code})

    assert "2026-03-08" in answer.content.decode()
