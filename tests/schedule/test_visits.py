"""No two visits of a team share a moment, however many are set at once."""

from __future__ import annotations

from functools import partial

import pytest

from baixing.kernel.refusals import NotNow
from baixing.schedule import actions
from baixing.schedule.actions import Slot
from baixing.schedule.models import Session
from tests.kernel.threads import at_once
from tests.town import HOUR, NINE, VISIT, Town, build


def plan(town: Town, slot: Slot = VISIT) -> Session:
    return actions.plan_visit(
        town.plumbers, slot, title="", unit=town.station, volunteers=[town.luo], by=town.luo, at=NINE
    )


def test_visits_that_follow_each_other_do_not_clash(town: Town) -> None:
    plan(town)
    plan(town, Slot(VISIT.end, VISIT.end + HOUR))

    with pytest.raises(NotNow):
        plan(town, Slot(VISIT.end - HOUR / 2, VISIT.end + HOUR / 2))

    assert Session.objects.count() == 2


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_eight_visits_at_once_for_one_time_one_is_set() -> None:
    town = build()

    results = at_once(*[partial(plan, town)] * 8)

    assert [sum(isinstance(result, kind) for result in results) for kind in (Session, NotNow)] == [1, 7]
