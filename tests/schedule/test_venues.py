"""Venues and spaces as their unit keeps them; days on which they are closed; how they are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.schedule import actions
from baixing.schedule.actions import Days, Slot, SpaceFacts, VenueFacts
from baixing.schedule.models import OpenHours, Space, Venue
from baixing.schedule.queries import free, timetable, venues
from baixing.schedule.queries.free import AskedSpaces
from baixing.schedule.queries.venues import AskedVenues
from baixing.schedule.rules import Standing
from baixing.schedule.rules.booking import Hindered
from baixing.schedule.rules.venue import EQUIPMENT, WAYS_IN
from tests.schedule.rooms import (
    ALL_WEEK,
    SATURDAY,
    TEN,
    Circle,
    again,
    for_others,
    for_station,
    for_team,
    hall,
    house,
    slot,
    states,
    told,
)
from tests.schedule.stage import evening
from tests.town import DAY, HOUR, NINE, Town

FIRST = SATURDAY.date()


def test_only_those_in_charge_of_its_unit_keep_a_venue(town: Town) -> None:
    venue = house(town)

    for stranger in (town.luo, town.shi, town.wei):
        with pytest.raises(NotAllowed):
            actions.add_space(venue, SpaceFacts("库房", 5), by=stranger, at=NINE)
    made = actions.add_space(venue, SpaceFacts("库房", 5), by=town.gao, at=NINE)

    assert [space.name for space in Space.objects.all()] == [made.name]
    assert [entry.verb for entry in Entry.objects.of(venue)] == ["add_venue"]


def test_two_who_change_it_at_once_do_not_write_over_each_other(town: Town) -> None:
    venue = house(town)
    facts = VenueFacts("文化中心", "culture")

    actions.change_venue(venue, facts, {0: [(540, 600)]}, seen=1, by=town.zhou, at=NINE)
    with pytest.raises(Overtaken):
        actions.change_venue(venue, VenueFacts("馆", "hall"), {}, seen=1, by=town.wu, at=NINE)

    assert (venue.name, list(OpenHours.objects.values_list("weekday", "opens", "closes"))) == (
        "文化中心",
        [(0, 540, 600)],
    )


def test_names_are_told_apart(town: Town) -> None:
    space = hall(town)

    with pytest.raises(Unfit) as of_venue:
        house(town)
    with pytest.raises(Unfit) as of_space:
        actions.add_space(space.venue, SpaceFacts(space.name, 9), by=town.zhou, at=NINE)

    assert (of_venue.value.field, of_space.value.field) == ("name", "name")


def test_whoever_books_at_once_may_also_ask(town: Town) -> None:
    for circles in ({"at_once": Circle.TEAMS, "asks": Circle.OWN}, {"at_once": 0, "asks": 0}):
        with pytest.raises(Unfit) as no:
            hall(town, Venue.objects.first(), **circles)

        assert no.value.field == "asks"


def test_what_is_booked_is_not_given_up(town: Town) -> None:
    space = hall(town)
    booking = for_team(town, space)
    gone = SpaceFacts("排练厅", 40, in_use=False)

    with pytest.raises(Hindered) as no:
        actions.change_space(space, gone, seen=1, by=town.zhou, at=NINE)
    actions.release_booking(booking, by=town.luo, at=NINE)
    actions.change_space(Space.objects.get(), gone, seen=1, by=town.zhou, at=NINE)

    assert [one.start for one in no.value.hindrances] == [TEN.start]
    assert not Space.objects.in_use().exists()


def test_what_is_booked_on_days_to_be_closed_is_named_first(town: Town) -> None:
    space = hall(town)
    one, other, later = for_station(town, space), for_team(town, space, slot(15)), for_team(town, space, slot(9, day=1))
    days = Days(FIRST, FIRST)

    with pytest.raises(Hindered) as no:
        actions.close_days(space.venue, days, words="漏水", by=town.zhou, at=NINE)
    assert [found.start for found in no.value.hindrances] == [one.start, other.start]
    assert states(space) == ["confirmed", "asked", "asked"]

    actions.close_days(space.venue, days, words="漏水", insist=True, by=town.zhou, at=NINE)

    assert [(again(row).state, again(row).answer) for row in (one, other, later)] == [
        ("called_off", "漏水"),
        ("called_off", "漏水"),
        ("asked", ""),
    ]
    assert told(town.luo) == ["booking.called_off"]


def test_one_space_is_closed_and_the_next_one_is_not(town: Town) -> None:
    space = hall(town)
    other = hall(town, space.venue, name="书画室")
    closure = actions.close_days(space.venue, Days(FIRST, FIRST), space=space, words="换灯", by=town.zhou, at=NINE)

    with pytest.raises(Unfit, match="换灯"):
        for_station(town, space)
    beside = for_station(town, other)
    actions.open_days(closure, by=town.zhou, at=NINE)
    after = for_station(town, space)

    assert (beside.state, after.state) == ("confirmed", "confirmed")
    with pytest.raises(NotNow):
        actions.open_days(closure, by=town.zhou, at=NINE)


@pytest.mark.parametrize(
    ("days", "words", "field"),
    [
        (Days(FIRST, FIRST - timedelta(days=1)), "盘点", "last"),
        (Days(date(2026, 3, 1), date(2026, 3, 2)), "盘点", "last"),
        (Days(FIRST, FIRST + timedelta(days=400)), "盘点", "last"),
        (Days(FIRST, FIRST), " ", "words"),
    ],
)
def test_days_that_cannot_be_closed(town: Town, days: Days, words: str, field: str) -> None:
    with pytest.raises(Unfit) as no:
        actions.close_days(house(town), days, words=words, by=town.zhou, at=NINE)

    assert no.value.field == field


def test_codes_are_found_in_a_text_so_none_is_a_part_of_another() -> None:
    for codes in (list(EQUIPMENT), list(WAYS_IN)):
        assert [(one, two) for one in codes for two in codes if one != two and one in two] == []


def test_the_list_by_place_kind_size_and_equipment(town: Town) -> None:
    space = hall(town)
    far = actions.add_venue(town.county, VenueFacts("图书馆", "library"), ALL_WEEK, by=town.gao, at=NINE)

    def found(**asked: object) -> list[str]:
        return [venue.name for venue in venues.listed(AskedVenues(**asked))]  # type: ignore[arg-type]  # any of them

    assert found() == ["图书馆", "文化馆"]
    assert (found(unit=town.station), found(kind="library")) == (["文化馆"], ["图书馆"])
    assert (found(heads=40), found(heads=41), found(fitted="stage"), found(fitted="piano")) == (
        ["文化馆"],
        [],
        ["文化馆"],
        [],
    )
    Venue.objects.filter(pk__in=[far.pk, space.venue_id]).update(in_use=False)
    assert (found(), venues.visible(None).count()) == ([], 0)
    assert venues.visible(Standing(town.zhou, NINE)).count() == 1


def asked(slot: Slot = TEN, **more: object) -> AskedSpaces:
    return AskedSpaces(slot.start, slot.end, **more)  # type: ignore[arg-type]  # any of them


def test_free_spaces_of_the_whole_city_at_a_time(town: Town) -> None:
    """Which spaces for 40 people are free on Saturday 9 to 11 within the county, with a projector?"""
    own = hall(town)
    library = actions.add_venue(town.county, VenueFacts("图书馆", "library"), ALL_WEEK, by=town.gao, at=NINE)
    big = hall(town, library, name="报告厅", capacity=200)
    hall(town, library, name="小教室", capacity=10)
    hall(town, library, name="广场角", equipment="")
    wanted = asked(slot(9, 2), heads=40, unit=town.county, fitted=("projector",))

    before = list(free.free(wanted))
    for_station(town, own)
    for_others(town, big, slot(10))

    assert before == [own, big]
    assert [(row.space, row.asked) for row in free.rows(list(free.free(wanted)), wanted)] == [(big, 1)]
    assert list(free.free(asked(slot(9, 2), heads=40, unit=town.station))) == []
    assert list(free.free(asked(slot(12.5), heads=40))) == []  # shut at noon


def test_hours_that_meet_are_one_opening(town: Town) -> None:
    """As a booking takes them; with a pause between them the same time is not free."""
    met, parted = [(480, 660), (660, 1080)], [(480, 660), (690, 1080)]
    one, other = (
        actions.add_venue(town.county, VenueFacts(name, "library"), {5: week}, by=town.gao, at=NINE)
        for name, week in (("一", met), ("二", parted))
    )
    space = hall(town, one)
    hall(town, other)
    assert list(free.free(asked(slot(10, 2)))) == [space]


def test_a_closed_space_is_not_free(town: Town) -> None:
    space = hall(town)
    other = hall(town, space.venue, name="书画室")
    actions.close_days(space.venue, Days(FIRST, FIRST), space=space, words="换灯", by=town.zhou, at=NINE)

    one_closed = list(free.free(asked()))
    actions.close_days(space.venue, Days(FIRST, FIRST), words="盘点", by=town.zhou, at=NINE)

    assert (one_closed, list(free.free(asked()))) == ([other], [])


def test_the_day_has_a_column_a_space_and_what_shares_a_line_shares_a_cell(town: Town) -> None:
    space = hall(town)
    hall(town, space.venue, name="书画室")
    for_team(town, space, slot(9, 1.5))
    for_others(town, space, slot(10, 1.5))

    page = timetable.day_of(space.venue, FIRST, Standing(town.zhou, NINE))

    assert [[item.hours.replace("\u2060", "") for item in column.items] for column in page.columns] == [
        ["09:00–10:30", "10:00–11:30"],
        [],
    ]
    assert (page.lines[0].clock, len(page.lines)) == ("08:00", 28)
    assert [len(line.cells) for line in page.lines[:8]] == [2, 2, 2, 1, 1, 1, 1, 2]
    assert page.lines[2].cells[0].lines == 5


def test_whoever_has_no_business_with_it_reads_only_that_it_is_taken(town: Town) -> None:
    space = hall(town)
    for_station(town, space)
    for_team(town, space, slot(15))
    readers = (None, Standing(town.wei, NINE), Standing(town.luo, NINE), Standing(town.gao, NINE))

    read = [[item.what for item in timetable.day_of(space.venue, FIRST, one).columns[0].items] for one in readers]

    assert read == [["已占用", "待答复"], ["已占用", "待答复"], ["已占用", "合唱排练"], ["合唱排练", "合唱排练"]]


def test_what_everybody_may_come_to_is_read_by_everybody(town: Town) -> None:
    session, space = evening(town), hall(town)
    span = Slot(session.start - HOUR, session.end)
    actions.book(actions.Hold(space, span, 20, session=session, unit=town.station), by=town.zhou, at=NINE)

    page = timetable.month_of(space.venue, session.start.date(), NINE.date(), None)

    busy = [(row.day, [item.what for items in row.cells for item in items]) for row in page.rows if row.busy]
    assert (busy, len(page.rows)) == ([(session.start.date(), ["百姓大舞台"])], 31)


def test_over_midnight_it_stands_on_both_days(town: Town) -> None:
    space = hall(town)
    OpenHours.objects.all().delete()
    OpenHours.objects.bulk_create(OpenHours(venue=space.venue, weekday=d, opens=0, closes=1440) for d in range(7))
    start = SATURDAY + 14 * HOUR
    for_station(town, space, Slot(start, start + 3 * HOUR))

    days = [timetable.day_of(space.venue, FIRST + n * DAY, None).columns[0].items for n in range(3)]

    assert [[item.hours.replace("\u2060", "") for item in items] for items in days] == [
        ["23:00–24:00"],
        ["00:00–02:00"],
        [],
    ]
