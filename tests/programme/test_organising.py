"""Units that put an activity on together: asked, never named against their will, and told of what changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.notices.models import Notice
from baixing.programme import actions, queries
from baixing.programme.actions import Idea
from baixing.programme.models import Activity, Organiser
from baixing.programme.queries.activities import asked_of, desk
from baixing.programme.rules import PART_LIFE, Standing
from baixing.schedule.actions import cancel_session
from tests.programme.matters import asked_by_the_village, hospital
from tests.programme.stage import again, sessions, sitting
from tests.town import NINE, Town
from tests.web import Web

#   state         wei of the hospital that is asked, he and gao above      zhou who asks, wu above her, jin, the auditor
POWERS = {
    "asked": ("decline_part take_part", ""),
    "accepted": ("decline_part", ""),
    "declined": ("take_part", ""),
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def asked(town: Town, kind: str = "supporter") -> Organiser:
    return asked_by_the_village(town, kind, hospital(town))


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=f"activity.{kind}").values_list("person", flat=True))


@pytest.mark.parametrize("state", POWERS)
def test_powers(town: Town, state: str) -> None:
    row = asked(town)
    if state != "asked":
        (actions.take_part if state == "accepted" else actions.decline_part)(row, by=town.wei, at=NINE)

    def powers(*people: object) -> set[str]:
        return {" ".join(sorted(PART_LIFE.powers(Standing(one, NINE), row))) for one in people}  # type: ignore[arg-type]  # of the town

    those, others = POWERS[state]
    assert powers(town.wei, town.he, town.gao) == {those}
    assert powers(town.zhou, town.wu, town.jin, town.shen) == {others}


def test_whoever_is_asked_is_told_and_named_only_after_saying_yes(town: Town) -> None:
    row = asked(town)
    page = Web(town.wei).get(f"/activities/{row.activity_id}/")
    before = [one.label for one in queries.activity_page(row.activity, None, NINE).together]

    answer = Web(town.wei).post(f"/organisers/{row.pk}/take-part/")

    assert "We take part" in page
    assert (answer.status_code, told("named_supporter"), told("taken")) == (302, {town.wei.pk}, {town.zhou.pk})
    after = queries.activity_page(again(row.activity), None, NINE).together
    assert (before, [one.units for one in after]) == (["Host"], [[town.station], [row.unit]])


def test_who_says_no_reads_the_draft_no_more_and_it_costs_nothing(town: Town) -> None:
    row = asked(town)
    waiting = asked_of(Standing(town.wei, NINE))

    answer = Web(town.wei).post(f"/organisers/{row.pk}/decline/")

    assert (waiting, asked_of(Standing(town.wei, NINE))) == ([row], [])
    assert (answer.headers["Location"], told("declined")) == ("/activities/", {town.zhou.pk})
    Web(town.wei).get(f"/activities/{row.activity_id}/", status=404)


def test_a_second_host_changes_nothing_before_it_has_said_yes(town: Town) -> None:
    row = asked(town, "host")
    with pytest.raises(NotAllowed):
        actions.change_activity(again(row.activity), Idea({"title": "甲"}), by=town.wei, at=NINE)
    assert not desk(Standing(town.wei, NINE)).activities.exists()

    actions.take_part(row, by=town.wei, at=NINE)

    assert Standing(town.wei, NINE).puts_on(Activity.objects.get(pk=row.activity_id))


def test_an_answer_stays_while_the_activity_is_changed_and_the_unit_hears_of_it(town: Town) -> None:
    row = asked(town)
    actions.take_part(row, by=town.wei, at=NINE)

    same = Idea({"title": "夏收集市"}, [("supporter", row.unit), ("organiser", town.county)])
    actions.change_activity(again(row.activity), same, by=town.zhou, at=NINE)

    rows = dict(Organiser.objects.values_list("unit", "state"))
    assert rows == {row.unit_id: "accepted", town.county.pk: "asked"}
    assert (told("changed"), told("named_organiser"), told("unnamed")) == ({town.wei.pk}, {town.he.pk}, set())


def test_who_is_named_for_something_else_is_asked_anew_and_who_is_not_any_more_is_told(town: Town) -> None:
    row = asked(town)
    actions.take_part(row, by=town.wei, at=NINE)
    actions.change_activity(again(row.activity), Idea({"title": "甲"}, [("host", row.unit)]), by=town.zhou, at=NINE)
    anew = Organiser.objects.values_list("kind", "state").get()

    actions.change_activity(again(row.activity), Idea({"title": "甲"}), by=town.zhou, at=NINE)

    assert (anew, told("unnamed")) == (("host", "asked"), {town.wei.pk})


def test_sessions_that_come_and_go_and_the_end_of_all_are_told(town: Town) -> None:
    activity = asked(town).activity
    actions.add_sessions(activity, sitting(town, 0, 7), by=town.zhou, at=NINE)
    for session in sessions(activity):
        cancel_session(session, words="下大雪", by=town.zhou, at=NINE)
    actions.withdraw(again(activity), by=town.zhou, at=NINE)

    assert (told("added"), told("called_off"), told("withdrawn")) == ({town.wei.pk}, {town.wei.pk}, {town.wei.pk})
    with pytest.raises(NotNow):
        actions.take_part(Organiser.objects.select_related("unit", "activity").get(), by=town.wei, at=NINE)
