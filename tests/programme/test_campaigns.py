"""Campaigns: what is promised once and counted without names, and what two people say that came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.notices.models import Notice
from baixing.people.actions import enrol, erase
from baixing.programme import actions
from baixing.programme.actions import Aim, Counted
from baixing.programme.models import Activity, Campaign, Pledge, Tally
from baixing.programme.queries.campaigns import Promises, campaign_page, months_of, unit_counts, visible_campaigns
from baixing.programme.rules import CAMPAIGN_LIFE, PLEDGE_LIFE, TALLY_LIFE, Standing
from tests.programme.matters import FEBRUARY, MARCH, aim, campaign, confirmed, told
from tests.programme.stage import published
from tests.town import DAY, NINE, Town
from tests.web import Web

#   state        the county's staff, the city's head          the village's and the township's staff, jin, the auditor
POWERS = {
    "draft": ("change_campaign publish_campaign", ""),
    "published": ("call_off_campaign change_campaign close_campaign", ""),
    "closed": ("", ""),
    "called_off": ("", ""),
}
#   state         zhou, who told it    wu, above               jin and the auditor
OF_A_COUNT = {
    "told": ("tell_tally", "confirm_tally return_tally tell_tally", ""),
    "confirmed": ("", "return_tally", ""),
    "returned": ("tell_tally", "tell_tally", ""),
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def powers(life: object, thing: object, *people: object) -> set[str]:
    return {" ".join(sorted(life.powers(Standing(one, NINE), thing))) for one in people}  # type: ignore[attr-defined,arg-type]  # a life of a thing and people of the town


@pytest.mark.parametrize("state", POWERS)
def test_powers(town: Town, state: str) -> None:
    found = campaign(town, draft=state == "draft")
    if state == "closed":
        actions.close_campaign(found, by=town.he, at=NINE)
    if state == "called_off":
        actions.call_off_campaign(found, "防汛", by=town.he, at=NINE)

    those, others = POWERS[state]
    assert powers(CAMPAIGN_LIFE, found, town.he, town.gao) == {those}
    assert powers(CAMPAIGN_LIFE, found, town.zhou, town.wu, town.jin, town.shen) == {others}


@pytest.mark.parametrize("state", OF_A_COUNT)
def test_powers_over_a_count(town: Town, state: str) -> None:
    found = campaign(town)
    tally = confirmed(town, found) if state == "confirmed" else told(town, found)
    if state == "returned":
        actions.return_tally(tally, "少了两件", by=town.wu, at=NINE)

    teller, above, others = OF_A_COUNT[state]
    assert powers(TALLY_LIFE, tally, town.zhou) == {teller}
    assert powers(TALLY_LIFE, tally, town.wu, town.he, town.gao) == {above}
    assert powers(TALLY_LIFE, tally, town.jin, town.shen) == {others}


def test_a_draft_is_read_by_those_in_charge(town: Town) -> None:
    found = campaign(town, draft=True)

    assert not visible_campaigns(None).exists()
    assert not visible_campaigns(Standing(town.zhou, NINE)).exists()
    assert list(visible_campaigns(Standing(town.he, NINE))) == [found]


def test_everybody_promises_once_and_is_counted_without_a_name(town: Town) -> None:
    found = campaign(town)
    sister = enrol("金妹", town.jin.phone, None, at=NINE, by=None)
    actions.pledge(found, "person", by=town.jin, at=NINE)
    actions.pledge(found, "person", by=sister, at=NINE)
    actions.pledge(found, "household", by=town.jin, at=NINE)
    actions.pledge(found, "unit", unit=town.station, by=town.zhou, at=NINE)

    for kind, unit, by in (("person", None, town.jin), ("household", None, sister), ("unit", town.station, town.zhou)):
        with pytest.raises(NotNow):
            actions.pledge(found, kind, unit=unit, by=by, at=NINE)
    assert campaign_page(found, None).promises == Promises(people=2, households=1, units=1)
    ours = Pledge.objects.select_related("by", "unit").get(kind="household")
    assert powers(PLEDGE_LIFE, ours, sister, town.jin) == {"withdraw_pledge"}
    assert powers(PLEDGE_LIFE, ours, town.wei, town.zhou) == {""}


def test_a_promise_is_taken_back_by_whoever_gave_it_even_when_all_is_over(town: Town) -> None:
    found = campaign(town)
    mine = actions.pledge(found, "person", by=town.jin, at=NINE)
    actions.close_campaign(found, by=town.he, at=NINE)
    assert powers(PLEDGE_LIFE, mine, town.wei, town.gao) == {""}

    actions.withdraw_pledge(mine, by=town.jin, at=NINE)

    assert campaign_page(found, None).promises.people == 0
    with pytest.raises(NotNow):
        actions.pledge(found, "person", by=town.jin, at=NINE)


def test_whose_promise_it_was_goes_with_the_account_and_the_count_stays(town: Town) -> None:
    found = campaign(town)
    actions.pledge(found, "household", by=town.jin, at=NINE)

    erase(town.jin, by=town.jin, at=NINE)

    kept = Pledge.objects.get()
    assert (kept.by, kept.holder) == (None, "")
    assert campaign_page(found, None).promises.households == 1


def test_nobody_promises_for_a_unit_that_is_not_theirs_or_takes_no_part(town: Town) -> None:
    found = campaign(town)
    for unit, by in ((town.station, town.jin), (town.institute, town.zhou), (town.city, town.gao)):
        with pytest.raises(NotAllowed):
            actions.pledge(found, "unit", unit=unit, by=by, at=NINE)


def test_a_count_is_read_once_another_person_above_has_confirmed_it(town: Town) -> None:
    found = campaign(town)
    tally = told(town, found, 3)
    before = campaign_page(found, None).number
    with pytest.raises(NotAllowed):
        actions.confirm_tally(tally, by=town.zhou, at=NINE)

    actions.confirm_tally(tally, by=town.wu, at=NINE)

    assert (before, campaign_page(found, None).number) == (0, 3)
    assert list(unit_counts(found)) == [town.station]
    assert Notice.objects.filter(kind="tally.told").values_list("person", flat=True).get() == town.wu.pk
    assert [line.verb for line in Entry.objects.of(tally)] == ["tell_tally", "confirm_tally"]


def test_whoever_told_a_count_above_its_unit_does_not_confirm_it(town: Town) -> None:
    found = campaign(town)
    tally = actions.tell_tally(found, town.station, Counted(FEBRUARY, 9), by=town.wu, at=NINE)

    with pytest.raises(NotAllowed):
        actions.confirm_tally(tally, by=town.wu, at=NINE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.filter(pk=tally.pk).update(state="confirmed", decided_by=town.wu)


def test_a_count_that_comes_back_is_told_again_and_one_that_is_confirmed_is_not(town: Town) -> None:
    found = campaign(town)
    tally = confirmed(town, found, 30)
    with pytest.raises(NotNow):
        told(town, found, 3)

    actions.return_tally(tally, "多写了一个零", by=town.he, at=NINE)
    hidden = campaign_page(found, None).number
    actions.confirm_tally(told(town, found, 3), by=town.wu, at=NINE)

    assert (hidden, campaign_page(found, None).number, Tally.objects.count()) == (0, 3, 1)
    assert Notice.objects.get(kind="tally.returned").person_id == town.zhou.pk


@pytest.mark.parametrize("month", [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)])
def test_only_months_of_the_campaign_that_have_begun_are_counted(town: Town, month: date) -> None:
    with pytest.raises(Unfit) as no:
        told(town, campaign(town), month=month)

    assert no.value.field == "month"
    assert months_of(Campaign.objects.get(), NINE.date()) == [MARCH, FEBRUARY]


def test_what_is_promised_and_counted_stays_once_people_read_it(town: Town) -> None:
    found = campaign(town)

    with pytest.raises(Unfit):
        actions.change_campaign(found, aim(measure="桌"), by=town.he, at=NINE)
    actions.change_campaign(found, aim(words="大家商量着办"), by=town.he, at=NINE)

    assert Campaign.objects.get().words == "大家商量着办"


def test_who_promised_is_told_of_other_days_and_of_nothing_else(town: Town) -> None:
    found = campaign(town)
    actions.pledge(found, "person", by=town.jin, at=NINE)
    actions.change_campaign(found, aim(words="大家商量着办"), by=town.he, at=NINE)
    quiet = Notice.objects.filter(kind="campaign.changed").count()

    later = Aim(found.first, date(2026, 9, 30), aim().facts)
    actions.change_campaign(found, later, by=town.he, at=NINE)

    assert (quiet, Notice.objects.get(kind="campaign.changed").person) == (0, town.jin)


def test_one_that_is_called_off_says_why_and_everybody_in_it_is_told(town: Town) -> None:
    found, web = campaign(town), Web(town.he)
    actions.pledge(found, "person", by=town.jin, at=NINE)
    actions.withdraw_pledge(actions.pledge(found, "person", by=town.wei, at=NINE), by=town.wei, at=NINE)
    confirmed(town, found, 3)
    address = f"/campaigns/{found.pk}/call-off/"

    without = web.post(address, version=found.version, words=" ")
    done = web.post(address, version=found.version, words="全县防汛，改日再办")
    twice = web.post(address, version=found.version, words="全县防汛，改日再办")

    page = Web().get(f"/campaigns/{found.pk}/")
    told_of = Notice.objects.filter(kind="campaign.called_off").order_by("person")
    line = Entry.objects.of(found).get(verb="call_off_campaign")
    assert [one.status_code for one in (without, done, twice)] == [422, 302, 409]
    assert {one.person for one in told_of} == {town.jin, town.zhou}
    assert ("全县防汛，改日再办" in page, campaign_page(found, None).number) == (True, 3)
    assert (line.state, line.text, line.by) == ("called_off", "全县防汛，改日再办", town.he)
    with pytest.raises(NotNow):
        actions.pledge(found, "person", by=town.wei, at=NINE)


def test_a_campaign_has_its_own_activities(town: Town) -> None:
    found = campaign(town)
    activity = published(town, campaign=found)
    page = Web(town.zhou).get(f"/activities/{activity.pk}/change/")

    assert f'value="{found.pk}" selected' in page
    assert f'href="/activities/{activity.pk}/"' in Web().get(f"/campaigns/{found.pk}/")
    assert Activity.objects.get().campaign == found


def test_a_household_promises_on_the_page_and_takes_it_back(town: Town) -> None:
    found, web = campaign(town), Web(town.jin)
    address = f"/campaigns/{found.pk}/"
    web.post(f"{address}pledge/", holder="household")
    page = web.get(address)
    again = web.post(f"{address}pledge/", holder="household")
    back = web.post(f"{address}pledge/withdraw/", pledge=Pledge.objects.get().pk)

    assert "For my household" in page
    assert (again.status_code, back.status_code) == (409, 302)
    assert "promised already" in again.content.decode()
    assert town.jin.name not in Web().get(address)
    with time_machine.travel(NINE + 200 * DAY, tick=False):
        late = Web(town.jin).post(f"{address}pledge/", holder="person")
    assert (late.status_code, Pledge.objects.filter(state="made").count()) == (409, 0)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"number": "-1"}, "greater than or equal to 0"),
        ({"number": "99999999"}, "less than or equal to 1000000"),
        ({"number": "many"}, "a whole number"),
        ({"month": "2026-07-01"}, "field-bad"),
        ({"unit": "999999"}, "field-bad"),
    ],
)
def test_a_count_that_cannot_be_is_said_and_what_was_typed_is_kept(
    town: Town, said: dict[str, str], words: str
) -> None:
    found = campaign(town)
    whole = {"unit": town.station.pk, "month": "2026-02-01", "number": "3", "words": "红白事台账", **said}

    answer = Web(town.zhou).post(f"/campaigns/{found.pk}/tallies/tell/", **whole)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "红白事台账" in answer.content.decode()
    assert not Tally.objects.exists()


def test_a_count_is_confirmed_as_the_page_showed_it(town: Town) -> None:
    found = campaign(town)
    tally, web = told(town, found, 3), Web(town.wu)
    told(town, found, 300)  # after wu has opened the page

    late = web.post(f"/tallies/{tally.pk}/confirm/", version=1)
    without = web.post(f"/tallies/{tally.pk}/return/", version=2, words="")
    done = web.post(f"/tallies/{tally.pk}/return/", version=2, words="三百件？")

    assert (late.status_code, without.status_code, done.status_code) == (409, 422, 302)
    assert "三百件" in Web(town.zhou).get(f"/campaigns/{found.pk}/tallies/")
