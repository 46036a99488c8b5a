"""What stands in a record beside the hours: written by those who may, known by the system, and in no sum of hours."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from baixing.hours import actions
from baixing.hours.actions import Told
from baixing.hours.models import Note
from baixing.hours.queries import notes, sums
from baixing.hours.queries.groups import groups_of
from baixing.hours.rules.standing import Standing
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.network.models import Post
from baixing.notices.models import Notice
from baixing.orders.models import Rating
from baixing.orders.queries.ratings import faces_of
from baixing.people.actions import erase
from baixing.people.models import Person
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Need, Planned, Seat
from baixing.teams.actions import enrol_volunteer
from baixing.teams.models import Volunteer
from tests.hours.stage import fresh
from tests.schedule.stage import EVENING, RESIDENTS, role
from tests.town import DAY, HOUR, NINE, Town

TODAY = NINE.date()
TRAINING = Told("training", "急救培训", TODAY, giver="红十字会", minutes=90, words="心肺复苏")
OPINION = Told("evaluation", "待人和气", TODAY)


@pytest.fixture
def volunteer(town: Town) -> Volunteer:
    """敏, of the plumbers, whom 罗 leads."""
    return enrol_volunteer(town.min, by=None, at=NINE)


def test_the_leader_and_the_units_above_write_and_the_volunteer_is_told(town: Town, volunteer: Volunteer) -> None:
    written = [actions.write_note(volunteer, TRAINING, by=one, at=NINE) for one in (town.luo, town.zhou, town.gao)]

    assert [note.unit for note in written] == [town.plumbers.home, town.station, town.city]
    assert [note.giver for note in written] == ["红十字会"] * 3
    assert Notice.objects.filter(person=town.min, kind="record.noted").count() == 3
    assert "急救培训" in page(town.min, "/hours/")


@pytest.mark.parametrize("who", ["min", "wei", "jin", "shen"])
def test_nobody_else_writes_nor_sees_the_record(town: Town, volunteer: Volunteer, who: str) -> None:
    person: Person = getattr(town, who)

    with pytest.raises(NotAllowed):
        actions.write_note(volunteer, OPINION, by=person, at=NINE)
    assert volunteer not in notes.visible_volunteers(Standing(person, NINE))
    assert volunteer in notes.visible_volunteers(Standing(town.luo, NINE))


def test_nobody_praises_themself_by_a_second_account(town: Town, volunteer: Volunteer) -> None:
    twin = Person.objects.create(name="敏二", phone=town.min.phone, phone_index=town.min.phone_index, made_at=NINE)
    Post.objects.create(person=twin, unit=town.station, kind=Post.Kind.STAFF, since=NINE)

    with pytest.raises(NotAllowed):
        actions.write_note(volunteer, OPINION, by=twin, at=NINE)


@pytest.mark.parametrize(
    "told",
    [Told("training", "急救培训", TODAY + timedelta(days=1)), Told("recognition", "最美志愿者", TODAY, minutes=60)],
)
def test_a_day_to_come_and_minutes_of_an_honour_cannot_be(town: Town, volunteer: Volunteer, told: Told) -> None:
    with pytest.raises(Unfit):
        actions.write_note(volunteer, told, by=town.luo, at=NINE)


@pytest.mark.both
def test_the_minutes_of_a_training_are_in_no_sum(town: Town, volunteer: Volunteer) -> None:
    actions.write_note(volunteer, TRAINING, by=town.luo, at=NINE)

    assert (sums.total_of(volunteer), sums.total_of_all()) == (0, 0)
    assert [note.minutes for note in groups_of(volunteer).trainings] == [90]


def test_what_was_wrong_is_taken_out_once_and_not_by_the_volunteer(town: Town, volunteer: Volunteer) -> None:
    note = actions.write_note(volunteer, OPINION, by=town.luo, at=NINE)

    with pytest.raises(NotAllowed):
        actions.withdraw_note(note, by=town.min, at=NINE)
    with pytest.raises(NotAllowed):
        actions.withdraw_note(note, by=town.wei, at=NINE)
    stale = Note.objects.select_related("unit", "volunteer__person").get(pk=note.pk)
    actions.withdraw_note(note, by=town.zhou, at=NINE)
    with pytest.raises((NotNow, Overtaken)), transaction.atomic():
        actions.withdraw_note(stale, by=town.luo, at=NINE)

    assert groups_of(volunteer).opinions == []
    assert "待人和气" not in page(town.min, "/hours/")


def test_lessons_one_came_to_are_training_and_lessons_one_helped_at_are_not(town: Town, volunteer: Volunteer) -> None:
    needs = [Need(RESIDENTS, 9), Need("volunteer", 9)]
    told = Planned("lesson", "理论宣讲", town.station, EVENING, EVENING + HOUR, needs=needs, facts={"public": True})
    lesson = schedule.plan(told, by=town.zhou, at=NINE)
    schedule.open(lesson, by=town.zhou, at=NINE)
    luo = enrol_volunteer(town.luo, by=None, at=NINE)
    for person, side in ((town.min, RESIDENTS), (town.luo, "volunteer")):
        signup = schedule.sign_up(Seat(role(lesson, side), person), by=person, at=NINE)
        schedule.check_in(signup, way="roster", by=town.zhou, at=EVENING)
        schedule.check_out(signup, way="roster", by=town.zhou, at=EVENING + HOUR)
    before = groups_of(volunteer).lessons.times
    schedule.report(fresh(lesson), by=town.zhou, at=EVENING + HOUR)

    assert (before, groups_of(volunteer).lessons.times, groups_of(luo).lessons.times) == (0, 1, 0)


def test_ratings_stand_there_as_a_sum_from_three_on_and_name_nobody(town: Town) -> None:
    order = town.order_in("closed")
    rating, volunteer = Rating.objects.get(order=order), Volunteer.objects.get(person=town.luo)
    alone = groups_of(volunteer).faces
    for number in (7, 8):
        Rating.objects.create(
            order=order, round=number, visit=rating.visit, face="fair", by=town.jin, resident=town.jin, at=NINE
        )
    found = groups_of(volunteer).faces

    assert (rating.visit, faces_of(town.wei)) == (order.visit, {})
    assert (alone.all, alone.told) == (1, False)
    assert (found.all, found.fair, found.told) == (3, 2, True)
    shown = page(town.luo, "/hours/")
    assert ("一般 2 次" in shown, town.jin.name + "<" in shown) == (True, False)


def test_words_go_with_the_account(town: Town, volunteer: Volunteer) -> None:
    actions.write_note(volunteer, TRAINING, by=town.luo, at=NINE)
    erase(town.min, by=town.min, at=NINE + DAY)

    assert list(Note.objects.values_list("title", "giver", "words", "minutes")) == [("", "", "", 90)]


def page(person: Person, path: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(path).content.decode()


def test_what_was_typed_is_kept_and_what_is_right_is_written_once(town: Town, volunteer: Volunteer) -> None:
    client, address = Client(), f"/hours/records/{volunteer.pk}/"
    client.force_login(town.luo)
    typed = {"kind": "training", "title": "急救培训", "on": "2026-13-01", "minutes": "90", "words": "心肺复苏"}

    bad = client.post(address, {**typed, "key": uuid4().hex})
    form = {**typed, "on": f"{date(2026, 3, 1)}", "key": uuid4().hex}
    good = [client.post(address, form).status_code for _ in range(2)]

    assert (bad.status_code, "急救培训" in bad.content.decode(), good) == (422, True, [302, 302])
    assert Note.objects.count() == 1
