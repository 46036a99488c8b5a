"""The demo city: whole, true to its own clocks whenever it is made, and marked as invented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Exists, OuterRef
from pytest_django import DjangoDbBlocker

from baixing.demo import rules
from baixing.demo.actions import seed
from baixing.demo.actions.teams import OURS
from baixing.dispatching.actions.reckoning import work as reckon
from baixing.dispatching.models import WhatIf
from baixing.journal.models import Entry
from baixing.journal.queries import verify_all
from baixing.kernel.calendar import LOCAL
from baixing.menu.models import ServiceItem
from baixing.network.models import Home, Unit
from baixing.orders import actions
from baixing.orders.models import Follower, Order, Window
from baixing.orders.queries import inbox
from baixing.orders.queries.boards import filtered, morning, tiers
from baixing.orders.rules import Standing
from baixing.people.models import Person
from baixing.programme.models import Activity, ActivityList, Campaign, Contest, Juror, Tally, Tribute, Work
from baixing.programme.queries import heads_of, this_month
from baixing.programme.queries.campaigns import Promises, campaign_page
from baixing.programme.queries.collections import list_page
from baixing.programme.queries.whats_on import Asked, listing
from baixing.schedule.models import Booking, Venue
from baixing.teams.models import Licence, Membership, Team, Volunteer

WEEKDAY = datetime(2026, 11, 24, 10, 30, tzinfo=LOCAL)
SATURDAY_NIGHT = datetime(2026, 2, 21, 22, 15, tzinfo=LOCAL)  # within the Spring Festival
S = Order.State


@pytest.fixture(scope="module", params=[WEEKDAY, SATURDAY_NIGHT], ids=["weekday", "holiday night"])
def made(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[datetime]:
    """The city, made at this moment and taken away after the last test that asks for it."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed(at=request.param, tell=lambda _stage, _share: None)
        yield request.param
        transaction.set_rollback(True)


@pytest.fixture
def city(made: datetime, db: None) -> datetime:
    return made


def account(role: str) -> Person:
    return Person.objects.get(name=rules.CAST[role].name, demo=True, phone_index__gt="")


def our_station() -> Unit:
    return Unit.objects.get(posts__person=account("clerk"))


def test_it_is_the_whole_tree_with_its_teams(city: datetime) -> None:
    sizes = [Unit.objects.tier(tier).count() for tier in (4, 3, 2, 1)]

    assert sizes == [1, 5, 78, 860]
    assert Team.objects.count() == 1859
    assert Unit.objects.tier(0).count() == 35


def test_making_it_again_changes_nothing(city: datetime) -> None:
    counts = (Person.objects.count(), Order.objects.count())

    again = seed(at=city + timedelta(days=1), tell=lambda _stage, _share: None)

    assert (again, Person.objects.count(), Order.objects.count()) == (False, *counts)


def test_every_state_has_an_order(city: datetime) -> None:
    assert set(Order.objects.values_list("state", flat=True)) == set(S.values)


def test_the_clock_finds_nothing_left_to_do(city: datetime) -> None:
    assert not any(actions.tick(at=city).values())


def test_the_clerk_finds_a_full_desk(city: datetime) -> None:
    counts = morning(our_station(), city)

    assert all((counts.overdue, counts.due_today, counts.unassigned, counts.disputed, counts.calls))
    assert 15 <= filtered(our_station(), "", city).count() <= 40


def test_the_leader_the_resident_and_the_county_find_work(city: datetime) -> None:
    leader, resident = Standing(account("leader"), city), account("resident")
    county = Unit.objects.get(posts__person=account("county"))

    assert {order.state for order in inbox(leader)} == {S.OFFERED, S.ACCEPTED, S.APPOINTED}
    assert len(set(Order.objects.filter(resident=resident).values_list("state", flat=True))) >= 4
    assert all(tier.count for tier in tiers(county))


def test_work_stands_in_every_tier_of_the_city(city: datetime) -> None:
    centre = Unit.objects.get(posts__person=account("city"))

    assert [tier.number for tier in tiers(centre) if tier.count] == [4, 3, 2, 1]


def test_the_resident_follows_what_the_family_ordered(city: datetime) -> None:
    assert Follower.objects.get().person == account("resident")


def test_the_clerk_ordered_for_somebody_who_rang(city: datetime) -> None:
    assert Order.objects.exclude(proof="").get().placed_by == account("clerk")


def test_nothing_happened_after_now(city: datetime) -> None:
    assert not Entry.objects.filter(at__gt=city).exists()


def test_a_visit_lies_in_a_time_that_the_resident_gave(city: datetime) -> None:
    given = Window.objects.filter(order=OuterRef("pk"), start__lte=OuterRef("visit__start"))

    assert not Order.objects.exclude(visit=None).exclude(Exists(given)).exists()


def test_two_people_share_the_demo_residents_phone(city: datetime) -> None:
    resident = account("resident")
    household = Person.objects.filter(phone_index=resident.phone_index)

    assert {person.name for person in household} == {resident.name, rules.GRANDMOTHER}
    assert Order.objects.filter(resident__name=rules.GRANDMOTHER).live().exists()


def test_our_team_has_members_numbers_an_applicant_and_a_licence_that_runs_out(city: datetime) -> None:
    team = Team.objects.get(name=OURS)
    members = Membership.objects.filter(team=team, state="member").values_list("person_id", flat=True)

    assert team.leader_id in members
    assert Volunteer.objects.filter(person__in=members).count() == len(members) == 6
    assert Membership.objects.filter(team=team, state="applied").count() == 1
    assert Licence.objects.running_out(city.date(), 30).filter(team=team).count() == 1


def test_every_leader_is_a_member_with_a_number(city: datetime) -> None:
    own = Membership.objects.members().filter(team=OuterRef("pk"), person=OuterRef("leader"))

    assert not Team.objects.exclude(Exists(own)).exists()
    assert not Team.objects.filter(leader__volunteer=None).exists()


def test_every_partner_has_a_team_and_says_what_it_does(city: datetime) -> None:
    partners = Unit.objects.partners()

    assert not partners.filter(teams=None).exists()
    assert not partners.filter(about="").exists()


def test_every_journal_is_whole(city: datetime) -> None:
    assert [verdict.thing for verdict in verify_all() if not verdict.ok] == []


def test_there_is_a_theme_for_the_month(city: datetime) -> None:
    assert this_month(city.date())


def test_no_number_is_one_that_somebody_could_have(city: datetime) -> None:
    phones = {person.phone for person in Person.objects.all()}
    desks = set(Unit.objects.exclude(phone="").values_list("phone", flat=True))

    assert [phone for phone in phones if not re.fullmatch(r"\+861100\d{7}", phone)] == []
    assert [phone for phone in desks if not re.fullmatch(r"0943-0\d{6}", phone)] == []


def test_every_unit_opens_on_days_of_the_week(city: datetime) -> None:
    days = set(Unit.objects.values_list("open_days", flat=True))

    assert [each for each in days if not re.fullmatch("12345?6?7?", each)] == []


def test_everything_invented_is_marked(city: datetime) -> None:
    assert not Person.objects.filter(demo=False).exists()
    assert not Team.objects.filter(invented=False).exists()
    assert not Unit.objects.filter(invented=False).exists()


def test_what_is_said_of_an_item_is_said_of_an_item_of_the_menu(city: datetime) -> None:
    words = rules.data("words")
    said = {row.get("item", "") for kind in ("order", "result", "rating") for row in words[kind]}

    assert said - {""} - set(ServiceItem.objects.values_list("code", flat=True)) == set()
    assert {scene.item for scene in rules.scenes()} - {""} <= set(rules.spoken_items())


def test_the_words_of_every_order_are_said_of_its_item(city: datetime) -> None:
    words = rules.data("words")
    fit = {(row.get("item"), row["words"]) for kind in ("order", "wish") for row in words[kind]}

    said = {(order.item.code if order.item else None, order.words) for order in Order.objects.with_nouns()}

    assert said <= fit


def test_a_home_lies_in_a_street_or_in_a_lane_as_its_village_does(city: datetime) -> None:
    homes = [(home.station.short.endswith("社区"), home.address) for home in Home.objects.select_related("station")]

    assert [address for in_town, address in homes if in_town == bool(re.match(r"[^，]{1,2}社", address))] == []


def test_what_is_put_on_has_been_held_in_part_and_seats_are_free(city: datetime) -> None:
    rows = [row for day in listing(Asked(), city).days for row in day.rows]
    found = ActivityList.objects.get(state="published")
    progress = list_page(found, None).progress

    assert {"free", "open_to_all"} <= {row.state for row in rows}
    assert Activity.objects.shown().filter(invented=True).count() == Activity.objects.count() >= 6
    assert 0 < progress.held < progress.planned < progress.target
    assert all(heads_of(activity) for activity in Activity.objects.exclude(results=""))


def test_a_campaign_has_promises_counts_and_one_that_waits(city: datetime) -> None:
    page = campaign_page(Campaign.objects.get(), None)

    assert page.promises == Promises(people=1, households=1, units=1)
    assert page.number == 5
    assert Tally.objects.filter(state="told").count() == 1


def test_a_village_remembers_and_a_township_collects(city: datetime) -> None:
    words = Counter(Tribute.objects.values_list("state", flat=True))

    assert words == {"shown": 2, "waiting": 1}
    assert Counter(Work.objects.values_list("state", flat=True)) == {"admitted": 1, "entered": 1}
    assert (Contest.objects.get(invented=True).state, Juror.objects.count()) == ("open", 2)


def test_spaces_are_booked_and_two_ask_for_one_time(city: datetime) -> None:
    states = Counter(Booking.objects.values_list("state", flat=True))
    asked = list(Booking.objects.asked().with_nouns())

    assert (Venue.objects.count(), set(states)) == (7, {"asked", "confirmed"})
    assert any(
        one.space == two.space and one.start < two.end and two.start < one.end and one != two
        for one in asked
        for two in asked
    )
    assert not Venue.objects.filter(invented=False).exists()


def test_the_head_has_asked_a_what_if_that_the_worker_reckons(city: datetime) -> None:
    asked = WhatIf.objects.get()

    assert (asked.state, asked.by) == ("asked_for", account("city"))
    assert reckon(lambda: city)
    told = WhatIf.objects.get(pk=asked.pk)
    assert (told.state, told.proven, told.found["as_is"]["total"]["orders"] > 20) == ("made", True, True)
    assert told.cost is not None
    assert (told.changed_cost or 0) >= told.cost
