"""Whether a team or a volunteer takes work now: one tap, visible, reversible, at nobody's cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.notices.models import Notice
from baixing.orders import actions as orders
from baixing.orders.queries.eligible import eligible, fitness
from baixing.orders.queries.pages import members
from baixing.people.actions import erase
from baixing.teams import actions
from baixing.teams.models import Duty
from tests.town import DAY, NINE, VISIT, Town
from tests.web import Web

TODAY = NINE.date()  # a Thursday
FRIDAY, SUNDAY = TODAY + timedelta(days=1), TODAY + timedelta(days=3)


@pytest.fixture
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def rest(town: Town, until: date | None = None) -> None:
    actions.set_own_duty(on=False, until=until, by=town.min, at=NINE)


def test_team_off_duty_is_offered_nothing_and_the_desk_reads_until_when(town: Town) -> None:
    order = town.order_in("pending")
    actions.set_duty(town.plumbers, on=False, until=SUNDAY, by=town.luo, at=NINE)

    found = {one.team.pk: one.barriers for one in eligible(order, TODAY)}

    assert found == {town.others.pk: (), town.plumbers.pk: ("3月8日 前暂不接单",)}
    with pytest.raises(NotNow):
        orders.dispatch(order, town.plumbers, by=town.shi, at=NINE)


def test_team_is_on_duty_again_the_day_after_and_its_leader_is_told_once(town: Town) -> None:
    actions.set_duty(town.plumbers, on=False, until=FRIDAY, by=town.luo, at=NINE)

    counts = [actions.return_to_duty(at=NINE + days * DAY) for days in (1, 2, 2, 9)]

    town.plumbers.refresh_from_db()
    assert (counts, town.plumbers.on_duty, town.plumbers.off_until) == ([0, 1, 0, 0], True, None)
    assert Notice.objects.filter(kind="teams.on_duty", person=town.luo).count() == 1
    assert list(Entry.objects.of(town.plumbers).values_list("verb", "by")) == [
        ("set_duty", town.luo.pk),
        ("set_duty", None),
    ]


def test_who_goes_off_duty_without_an_end_stays_so(town: Town) -> None:
    rest(town)

    assert actions.return_to_duty(at=NINE + 400 * DAY) == 0


def test_the_last_day_can_be_moved(town: Town) -> None:
    rest(town, FRIDAY)
    rest(town, SUNDAY)

    duty = Duty.objects.get(person=town.min)

    assert (duty.rests(SUNDAY), duty.rests(SUNDAY + timedelta(days=1))) == (True, False)


def test_a_volunteer_off_duty_is_not_named_for_a_visit(town: Town) -> None:
    order = town.order_in("accepted")
    rest(town, FRIDAY)

    with pytest.raises(Unfit, match="min") as no:
        orders.appoint(order, VISIT, volunteers=[town.luo, town.min], by=town.luo, at=NINE)

    assert no.value.field == "volunteers"


def test_a_volunteer_may_be_named_for_a_visit_after_their_last_day_off(town: Town) -> None:
    order = town.order_in("accepted")
    rest(town, TODAY)

    orders.appoint(order, VISIT, volunteers=[town.luo, town.min], by=town.luo, at=NINE)

    assert order.state == "appointed"


def test_who_is_off_duty_without_an_end_is_not_among_those_who_can_go(town: Town) -> None:
    order = town.order_in("accepted")
    before = list(members(order))
    rest(town)

    assert (before, list(members(order))) == ([town.luo, town.min], [town.luo])


def test_team_with_too_few_on_duty_is_not_offered_a_visit_for_two(town: Town) -> None:
    order = town.order_in("pending")
    order.two_needed = True
    before = fitness(order, town.plumbers, TODAY).barriers
    rest(town)

    assert (before, fitness(order, town.plumbers, TODAY).barriers) == ((), ("在岗的人手不够",))


def test_going_off_duty_and_back_costs_no_rank(town: Town) -> None:
    order = town.order_in("pending")
    before = [one.team.pk for one in eligible(order, TODAY)]
    for on in (False, True):
        actions.set_duty(town.plumbers, on=on, by=town.luo, at=NINE)
        actions.set_own_duty(on=on, by=town.min, at=NINE)

    assert [one.team.pk for one in eligible(order, TODAY)] == before


@pytest.mark.parametrize(("on", "days"), [(True, 1), (False, -1), (False, 367)])
def test_a_last_day_that_cannot_be_is_refused(town: Town, on: bool, days: int) -> None:
    with pytest.raises(Unfit):
        actions.set_duty(town.plumbers, on=on, until=TODAY + timedelta(days=days), by=town.luo, at=NINE)


def test_whoever_serves_nowhere_has_no_duty(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.set_own_duty(on=False, by=town.wei, at=NINE)


def test_of_two_pages_of_one_volunteer_the_older_does_not_win(town: Town) -> None:
    actions.set_week_most(3, version=1, by=town.min, at=NINE)

    with pytest.raises(Overtaken):
        actions.set_week_most(5, version=1, by=town.min, at=NINE)

    assert Duty.objects.get(person=town.min).week_most == 3


def test_erased_account_leaves_no_duty(town: Town) -> None:

    rest(town)
    erase(town.min, by=town.min, at=NINE)

    assert not Duty.objects.exists()


@pytest.mark.usefixtures("_at_nine")
def test_one_tap_takes_a_volunteer_off_duty_and_the_leader_sees_it(town: Town) -> None:
    web = Web(town.min)

    web.post("/teams/mine/duty/", on="0")

    assert "Rest well" in web.get("/teams/mine/")
    assert "Taking a break" in Web(town.luo).get(f"/teams/{town.plumbers.pk}/members/")


@pytest.mark.usefixtures("_at_nine")
def test_one_tap_on_ones_own_page_takes_a_team_off_duty(town: Town) -> None:
    web = Web(town.luo)

    answer = web.post(f"/teams/{town.plumbers.pk}/duty/", **{"on": "0", "from": "mine"})

    assert answer.headers["Location"] == "/teams/mine/"
    assert "Go on duty" in web.get("/teams/mine/")


@pytest.mark.usefixtures("_at_nine")
@pytest.mark.parametrize("address", ["/teams/mine/duty/", "/teams/{}/duty/"])
@pytest.mark.parametrize("until", ["soon", "2026-03-01", "2026-02-30"])
def test_a_day_that_cannot_be_is_told_and_what_was_typed_stays(town: Town, address: str, until: str) -> None:
    answer = Web(town.luo).post(address.format(town.plumbers.pk), on="0", until=until)

    assert answer.status_code == 422
    assert f'value="{until}"' in answer.content.decode()


@pytest.mark.usefixtures("_at_nine")
@pytest.mark.parametrize("most", ["0", "51", "many", "9" * 30])
def test_a_number_that_cannot_be_is_told_and_what_was_typed_stays(town: Town, most: str) -> None:
    answer = Web(town.min).post("/teams/mine/most/", version=1, week_most=most)

    assert answer.status_code == 422
    assert f'value="{most}"' in answer.content.decode()
