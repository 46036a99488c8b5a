"""Sessions that are held again and again: seen before they are kept, and each with a life of its own."""

from __future__ import annotations

import re
import secrets
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.notices.models import Notice
from baixing.people.models import Person
from baixing.schedule import actions, queries
from baixing.schedule.actions import ALL, LATER, ONE, Again, Need
from baixing.schedule.models import Booking, Recurrence, Session
from baixing.schedule.rules import Standing
from baixing.schedule.rules.booking import Hindered
from baixing.schedule.rules.recurrence import Repeat
from tests.schedule.rooms import for_station, hall, slot
from tests.schedule.stage import EVENING, RESIDENTS, come, planned
from tests.town import DAY, HOUR, NINE, Town

WEEK = timedelta(weeks=1)
FOUR = Again(Repeat("weekly", count=4))


def four(town: Town, again: Again = FOUR, **facts: Any) -> list[Session]:  # noqa: ANN401 - any columns of a session
    """Sunday evenings in March 2026, open for everybody."""
    made = actions.plan_again(planned(town, **facts), again, by=town.zhou, at=NINE)
    actions.open_all(made[0], ALL, by=town.zhou, at=NINE)
    return rows()


def rows() -> list[Session]:
    return list(Session.objects.select_related("unit", "team").order_by("rule_start", "pk"))


def change(town: Town, session: Session, which: str, **facts: object) -> list[Session]:
    needs = actions.needs_of(session)
    return actions.change_all(session, which, facts, needs, by=town.zhou, at=NINE)


def starts() -> list[timedelta]:
    return [one.start - EVENING for one in rows()]


def told(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person, kind="signup.moved").values_list("link", flat=True))


def test_each_is_a_session_of_its_own(town: Town) -> None:
    left_out = (EVENING + WEEK).date()

    made = four(town, Again(Repeat("weekly", count=4), (left_out,)), signup_until=EVENING - DAY)

    assert [(one.state, one.start - EVENING, one.start - one.signup_until) for one in made if one.signup_until] == [
        ("open", n * WEEK, DAY) for n in (0, 2, 3)
    ]
    assert [one.roles.get().seats for one in made] == [2, 2, 2]
    assert (Recurrence.objects.get().rule, Recurrence.objects.get().exdates) == (
        "FREQ=WEEKLY;BYDAY=SU;COUNT=4",
        f"{left_out:%Y%m%d}",
    )


@pytest.mark.parametrize(
    ("repeat", "field"),
    [
        (Repeat("weekly"), "until"),  # without an end
        (Repeat("daily", count=101), "count"),
        (Repeat("daily", until=date(2026, 12, 1)), "until"),
        (Repeat("monthly", count=40), "start"),  # more than a year ahead
    ],
)
def test_what_has_no_end_is_refused_and_nothing_is_planned(town: Town, repeat: Repeat, field: str) -> None:
    with pytest.raises(Unfit) as no:
        four(town, Again(repeat))

    assert (no.value.field, Session.objects.count(), Recurrence.objects.count()) == (field, 0, 0)


def test_what_would_run_into_the_next_or_is_over_is_refused(town: Town) -> None:
    with pytest.raises(Unfit, match=r"[一-鿿]") as no:
        actions.plan_again(
            planned(town), Again(Repeat("daily", count=2)), by=town.zhou, at=EVENING + HOUR
        )  # the first has begun
    assert no.value.field == "day"

    long = actions.Planned("activity", "守岁", town.station, EVENING, EVENING + 30 * HOUR)
    with pytest.raises(Unfit) as no:
        actions.plan_again(long, Again(Repeat("daily", count=2)), by=town.zhou, at=NINE)
    assert no.value.field == "every"


def test_a_stranger_plans_no_series(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.plan_again(planned(town), FOUR, by=town.wei, at=NINE)


def test_days_on_which_the_space_is_taken_are_named_and_can_be_left_out(town: Town) -> None:
    space = hall(town)
    for_station(town, space, slot(19, day=8))  # the second Sunday, in the middle of it

    with pytest.raises(Hindered) as no:
        actions.plan_again(planned(town), FOUR, space=space, by=town.zhou, at=NINE)
    assert [one.start - EVENING for one in no.value.hindrances] == [WEEK]
    assert Session.objects.count() == 0

    again = Again(Repeat("weekly", count=4), others=True)
    made = actions.plan_again(planned(town), again, space=space, by=town.zhou, at=NINE)

    booked = Booking.objects.filter(session__in=made).order_by("start")
    assert [(row.start, row.state) for row in booked] == [(one.start, "confirmed") for one in made]
    assert [one.start - EVENING for one in made] == [0 * WEEK, 2 * WEEK, 3 * WEEK]
    assert Recurrence.objects.get().exdates == f"{(EVENING + WEEK):%Y%m%d}"


def test_one_is_moved_and_the_others_stay(town: Town) -> None:
    made = four(town)
    come(made[1], town.jin)
    come(made[2], town.jin)

    change(town, made[1], ONE, start=EVENING + WEEK + DAY, end=EVENING + WEEK + DAY + HOUR)

    assert starts() == [0 * WEEK, WEEK + DAY, 2 * WEEK, 3 * WEEK]
    assert queries.others_of(made[0], None, NINE).moved == {made[1].pk}  # type: ignore[union-attr]  # it recurs
    assert len(told(town.jin)) == 1


def test_later_ones_follow_but_for_what_was_changed_on_one_alone(town: Town) -> None:
    made = four(town)
    change(town, made[2], ONE, start=EVENING + 2 * WEEK + DAY, end=EVENING + 2 * WEEK + DAY + 2 * HOUR)
    change(town, made[3], ONE, title="元宵灯会")

    changed = change(
        town, rows()[1], LATER, title="秦腔专场", start=EVENING + WEEK + HOUR, end=EVENING + WEEK + 2 * HOUR
    )

    assert len(changed) == 3
    assert starts() == [0 * WEEK, WEEK + HOUR, 2 * WEEK + DAY, 3 * WEEK + HOUR]
    assert [one.title for one in rows()] == ["百姓大舞台", "秦腔专场", "秦腔专场", "元宵灯会"]
    assert [one.length // HOUR for one in rows()] == [2, 1, 2, 1]
    change(town, rows()[0], ALL, start=EVENING + HOUR, end=EVENING + 3 * HOUR)
    assert starts()[0] == HOUR


def test_those_that_cannot_follow_are_all_named_and_nothing_is_changed(town: Town) -> None:
    made = four(town)
    for session in made[1:3]:
        come(session, town.jin)
        come(session, town.min)

    with pytest.raises(Hindered) as no:
        actions.change_all(made[0], ALL, {"title": "一人一票"}, [Need(RESIDENTS, 1)], by=town.zhou, at=NINE)

    assert [one.start - EVENING for one in no.value.hindrances] == [WEEK, 2 * WEEK]
    assert {one.title for one in rows()} == {"百姓大舞台"}
    assert [one.roles.get().seats for one in rows()] == [2, 2, 2, 2]


def test_seats_of_all_grow_but_of_the_one_that_has_its_own(town: Town) -> None:
    made = four(town)
    actions.change_all(made[3], ONE, {}, [Need(RESIDENTS, 9)], by=town.zhou, at=NINE)

    actions.change_all(rows()[0], ALL, {}, [Need(RESIDENTS, 5)], by=town.zhou, at=NINE)

    assert [one.roles.get().seats for one in rows()] == [5, 5, 5, 9]


def test_the_later_ones_are_called_off_and_those_before_are_held(town: Town) -> None:
    made = four(town)
    come(made[3], town.jin)

    off = actions.call_off_all(made[2], LATER, words="农忙", by=town.zhou, at=NINE)

    assert [(one.pk, missed) for one, missed in off] == [(made[2].pk, []), (made[3].pk, [])]
    assert [one.state for one in rows()] == ["open", "open", "called_off", "called_off"]
    assert Notice.objects.filter(person=town.jin, kind="signup.called_off").count() == 1


# --- the page ---

FORM = {
    "kind": "activity", "title": "太极晨练", "day": "2026-04-03", "begins": "07:00", "ends": "08:00", "public": "on",
    "seats": "20", "every": "daily", "count": "4",
}  # fmt: skip


def send(client: Client, town: Town, **said: object) -> Any:  # noqa: ANN401 - the answer of a test client
    return client.post(f"/sessions/plan/unit/{town.station.pk}/", {"key": secrets.token_hex(8), **FORM, **said})


@time_machine.travel(NINE)
def test_the_dates_are_seen_with_their_holidays_before_anything_is_kept(town: Town) -> None:
    zhou = Client(headers={"accept-language": "en"})
    zhou.force_login(town.zhou)

    seen = send(zhou, town)
    page = seen.content.decode()
    digest = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert digest is not None
    assert (seen.status_code, Session.objects.count()) == (200, 0)
    assert re.findall(r'name="skip"\s+value="([\d-]+)"', page) == [f"2026-04-0{day}" for day in (3, 4, 5, 6)]
    assert page.count("清明节") == 2

    other = send(zhou, town, seen=digest[1], begins="06:00")
    assert (other.status_code, Session.objects.count()) == (200, 0)  # other dates than those that were seen
    kept = send(zhou, town, seen=digest[1], skip=["2026-04-05", "2026-04-06"])

    assert kept.status_code == 302
    assert [f"{one.start:%d}" for one in rows()] == ["02", "03"]  # 07:00 there is the day before in UTC
    assert zhou.get(kept.url).status_code == 200


@time_machine.travel(NINE)
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"count": ""}, "Nothing goes on without end."),
        ({"until": "2026-05-01"}, "one of the two"),
        ({"count": "101"}, "100"),
        ({"skip": "tomorrow"}, "Write each day like"),
        ({"every": "hourly"}, "太极晨练"),
        ({"space": "999999"}, "太极晨练"),
    ],
)
def test_a_wrong_series_comes_back_with_what_was_typed(town: Town, wrong: dict[str, str], words: str) -> None:
    zhou = Client(headers={"accept-language": "en"})
    zhou.force_login(town.zhou)

    answer = send(zhou, town, **wrong)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "太极晨练" in answer.content.decode()
    assert Session.objects.count() == 0


@time_machine.travel(NINE)
def test_one_of_many_is_changed_and_called_off_from_its_page(town: Town) -> None:
    made, zhou = four(town), Client()
    zhou.force_login(town.zhou)
    said = {**FORM, "title": "新编", "day": "2026-03-08", "begins": "19:00", "ends": "21:00", "seats": "2"}
    address = f"/sessions/{made[0].pk}/"

    nothing = zhou.post(f"{address}change/", {"key": secrets.token_hex(8), "version": made[0].version, **said})
    changed = zhou.post(
        f"{address}change/", {"key": secrets.token_hex(8), "version": made[0].version, "which": "all", **said}
    )
    off = zhou.post(
        f"{address}call-off/",
        {"key": secrets.token_hex(8), "version": made[0].version + 1, "which": "later", "words": "农忙"},
    )

    assert (nothing.status_code, changed.status_code, off.status_code) == (422, 302, 302)
    assert {(one.title, one.state) for one in rows()} == {("新编", "called_off")}


def test_who_runs_it_sees_drafts_of_the_series_and_others_do_not(town: Town) -> None:
    made = actions.plan_again(planned(town), FOUR, by=town.zhou, at=NINE)
    actions.open(made[0], by=town.zhou, at=NINE)

    own = queries.others_of(made[0], Standing(town.zhou, NINE), NINE)
    public = queries.others_of(made[0], Standing(town.jin, NINE), NINE)

    assert own is not None
    assert public is not None
    assert (len(own.rows), [one.pk for one in public.rows]) == (4, [made[0].pk])
