"""A session is planned, opened, changed and called off, and whoever signed up is told."""

from __future__ import annotations

import pytest

from baixing.kernel.refusals import NotNow, Unfit
from baixing.notices.models import Notice
from baixing.people.models import Person
from baixing.schedule import actions
from baixing.schedule.actions import Need
from baixing.schedule.models import Session
from tests.schedule.stage import EVENING, RESIDENTS, VOLUNTEERS, again, come, evening, planned, role, states, taken
from tests.town import DAY, HOUR, NINE, Town


def test_calling_off_tells_everybody_and_names_whom_to_phone(town: Town) -> None:
    session = evening(town)
    made = [come(session, person) for person in (town.jin, town.luo, town.min)]
    Person.objects.filter(pk=town.luo.pk).update(phone="", phone_index="")

    to_call = actions.cancel_session(session, words="下大雪", by=town.zhou, at=NINE)

    assert states(session) == ["called_off"] * 3
    assert [one.pk for one in to_call] == [made[1].pk]
    assert Notice.objects.filter(kind="signup.called_off").count() == 3
    assert not Notice.objects.filter(kind__startswith="signup.reminder", at__gt=NINE).exists()


def test_another_time_is_told_and_reminded_of(town: Town) -> None:
    session = evening(town)
    come(session, town.jin)

    facts = {"start": EVENING + DAY, "end": EVENING + DAY + HOUR}
    actions.change(session, facts, [Need(RESIDENTS, 2)], by=town.zhou, at=NINE)

    due = Notice.objects.filter(person=town.jin, kind__startswith="signup.reminder").values_list("at", flat=True)
    assert sorted(due) == [EVENING, EVENING + DAY - 2 * HOUR]
    assert Notice.objects.filter(person=town.jin, kind="signup.moved").count() == 1


def test_more_seats_go_to_the_line(town: Town) -> None:
    session = evening(town)
    made = [come(session, person) for person in (town.jin, town.luo, town.min, town.wei)]

    actions.change(session, {}, [Need(RESIDENTS, 4)], by=town.zhou, at=NINE)

    assert [again(one).state for one in made[2:]] == ["held", "held"]
    assert taken(session) == 4


def test_there_are_never_fewer_seats_than_are_taken(town: Town) -> None:
    session = evening(town)
    come(session, town.jin)
    come(session, town.luo)

    for needs in ([Need(RESIDENTS, 1)], [Need(VOLUNTEERS, 1)]):
        with pytest.raises(Unfit):
            actions.change(Session.objects.get(pk=session.pk), {}, needs, by=town.zhou, at=NINE)

    assert role(session).seats == 2


def test_a_risk_without_insurance_is_never_opened(town: Town) -> None:
    draft = actions.plan(planned(town, Need(VOLUNTEERS, 2), risk="登高擦窗"), by=town.zhou, at=NINE)

    with pytest.raises(NotNow):
        actions.open(draft, by=town.zhou, at=NINE)
    actions.change(draft, {"insurance": "人保 2026-001"}, [Need(VOLUNTEERS, 2)], by=town.zhou, at=NINE)
    actions.open(draft, by=town.zhou, at=NINE)

    assert Session.objects.get(pk=draft.pk).state == "open"
