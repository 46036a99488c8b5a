"""Contests: in time by the server's clock, judged by each alone and never by who is near, published as works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.notices.models import Notice
from baixing.people.models import Person
from baixing.programme import actions
from baixing.programme.models import Contest, Juror, Mark, Work
from baixing.programme.queries.contests import judged_by, shown_works, to_judge, visible_contests, visible_works
from baixing.programme.rules import CONTEST_LIFE, Standing, is_partial
from tests.programme.works import CLOSES, SAID, contest, entered, judged, powers
from tests.town import NINE, Town
from tests.web import Web

SECOND = timedelta(seconds=1)
#   state        the head and the staff of the unit and above              the leader, the auditor, jin
POWERS = {
    "draft": ("change_contest drop_juror name_juror publish_contest", ""),
    "open": ("begin_judging call_off_contest change_contest drop_juror name_juror", ""),
    "judging": ("announce call_off_contest drop_juror", ""),
    "announced": ("", ""),
    "called_off": ("", ""),
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def in_state(town: Town, state: str) -> Contest:
    """One that really lived its way there."""
    if state == "draft":
        return contest(town, draft=True)
    if state == "open":
        found = contest(town)
        actions.admit_work(entered(found, town.jin), by=town.zhou, at=NINE)
        actions.name_juror(found, town.luo, by=town.zhou, at=NINE)
        return found
    (juror,) = judged(town)
    if state == "called_off":
        actions.call_off_contest(Contest.objects.get(), "防汛", by=town.zhou, at=CLOSES)
        return Contest.objects.get()
    actions.mark(Work.objects.get(), juror, 9, by=town.luo, at=CLOSES)
    actions.hand_in(juror, by=town.luo, at=CLOSES)
    if state == "announced":
        actions.announce(Contest.objects.get(), {Work.objects.get().pk: "first"}, by=town.zhou, at=CLOSES)
    return Contest.objects.get()


@pytest.mark.parametrize("state", POWERS)
def test_powers(town: Town, state: str) -> None:
    found = in_state(town, state)

    those, others = POWERS[state]
    assert powers(CONTEST_LIFE, found, town.zhou, town.wu, town.gao) == {those}
    assert powers(CONTEST_LIFE, found, town.luo, town.shen, town.jin) == {others}


def test_a_draft_is_read_by_those_in_charge(town: Town) -> None:
    found = contest(town, draft=True)

    assert not visible_contests(None).exists()
    assert list(visible_contests(Standing(town.wu, NINE))) == [found]


def test_nobody_judges_what_is_near_to_them(town: Town) -> None:
    found = contest(town)
    own, teams, units, free = (
        entered(found, town.luo),
        entered(found, town.min, team=town.plumbers),
        entered(found, town.zhou, unit=town.station),
        entered(found, town.jin),
    )
    Person.objects.filter(pk=town.wei.pk).update(phone_index=town.jin.phone_index)
    wei = Person.objects.get(pk=town.wei.pk)

    near = {
        name: [work for work in (own, teams, units, free) if is_partial(Standing(person, NINE), work)]
        for name, person in (("luo", town.luo), ("zhou", town.zhou), ("wu", town.wu), ("wei", wei))
    }

    assert near == {"luo": [own, teams], "zhou": [units], "wu": [], "wei": [free]}


def test_who_is_near_is_refused_also_when_the_page_is_passed_by(town: Town) -> None:
    juror, _other = judged(town, jurors=("luo", "wei"), works=("luo", "jin"))
    own = Work.objects.get(by=town.luo)

    with pytest.raises(NotAllowed):
        actions.mark(own, juror, 10, by=town.luo, at=CLOSES)
    with pytest.raises(NotAllowed):
        actions.mark(Work.objects.get(by=town.jin), juror, 10, by=town.wei, at=CLOSES)
    assert [work.by for work in to_judge(juror, Standing(town.luo, CLOSES))] == [town.jin]


def test_each_judges_alone_and_only_who_has_marked_all_hands_in(town: Town) -> None:
    luo, wei = judged(town, jurors=("luo", "wei"))
    work = Work.objects.get()
    actions.mark(work, luo, 9, by=town.luo, at=CLOSES)
    actions.mark(work, luo, 8, by=town.luo, at=CLOSES)
    with pytest.raises(NotNow):
        actions.hand_in(wei, by=town.wei, at=CLOSES)
    with time_machine.travel(CLOSES, tick=False):
        page = Web(town.wei).get(f"/contests/{work.contest_id}/judge/")
        early = Web(town.zhou).get(f"/contests/{work.contest_id}/announce/", status=409)

    assert [row.points for row in judged_by(wei, Standing(town.wei, CLOSES))] == [None]
    assert ("一个孙女" in page, work.title in page, "mean of the points" in early) == (False, True, False)
    actions.hand_in(luo, by=town.luo, at=CLOSES)
    with pytest.raises(NotNow):
        actions.mark(work, Juror.objects.get(person=town.luo), 10, by=town.luo, at=CLOSES)
    assert Mark.objects.get().points == 8


def test_nothing_is_judged_before_the_end_nor_announced_before_all_have_handed_in(town: Town) -> None:
    found = in_state(town, "open")
    with pytest.raises(NotNow):
        actions.begin_judging(found, by=town.zhou, at=CLOSES - SECOND)
    actions.begin_judging(found, by=town.zhou, at=CLOSES)

    with pytest.raises(NotNow):
        actions.announce(found, {}, by=town.zhou, at=CLOSES)


def test_works_are_published_and_nobody_is_ranked(town: Town) -> None:
    found = in_state(town, "judging")
    work, address = Work.objects.get(), f"/contests/{found.pk}/"
    hidden = visible_works(None).count()
    with time_machine.travel(CLOSES, tick=False):
        web = Web(town.zhou)
        seen = web.get(f"{address}announce/")
        done = web.post(f"{address}announce/", **{f"work-{work.pk}": "first", "version": found.version})
        page = Web().get(address)

    assert (hidden, done.status_code, list(shown_works(found))) == (0, 302, [])  # as the test's own row stands
    assert ("9.0" in seen, "9.0" in page, "Outstanding work" in page) == (True, False, True)
    assert ("一个孙女" in page, town.jin.name in page) == (True, False)
    assert [line.verb for line in Entry.objects.of(work)] == ["enter_work", "admit_work", "mark", "award"]
    assert Notice.objects.get(kind="contest.announced").person_id == town.jin.pk


def test_a_showcase_shows_all_that_fits_and_has_no_jury(town: Town) -> None:
    found = contest(town, kind="showcase")
    actions.admit_work(entered(found, town.jin), by=town.zhou, at=NINE)
    entered(found, town.wei)

    with pytest.raises(NotNow):
        actions.begin_judging(found, by=town.zhou, at=CLOSES)
    actions.close_showcase(found, by=town.zhou, at=NINE)

    assert [work.by for work in shown_works(found)] == [town.jin]


def test_a_juror_is_named_once_says_no_and_is_gone_with_the_marks(town: Town) -> None:
    luo, wei = judged(town, jurors=("luo", "wei"))
    actions.mark(Work.objects.get(), luo, 9, by=town.luo, at=CLOSES)
    with pytest.raises(NotAllowed):
        actions.drop_juror(wei, by=town.luo, at=CLOSES)

    with time_machine.travel(CLOSES, tick=False):
        answer = Web(town.luo).post(f"/contests/{luo.contest_id}/jury/drop/")
        twice = Web(town.zhou).post(f"/contests/{luo.contest_id}/jury/drop/", juror=luo.pk)

    assert (answer.status_code, twice.status_code) == (302, 409)
    assert (Mark.objects.count(), list(Juror.objects.all())) == (0, [wei])
    found = contest(town)
    actions.name_juror(found, town.luo, by=town.zhou, at=NINE)
    with pytest.raises(Unfit):
        actions.name_juror(found, town.luo, by=town.zhou, at=NINE)


def test_the_unit_names_a_juror_by_name_and_phone(town: Town) -> None:
    found, web = contest(town), Web(town.zhou)
    nobody = web.post(f"/contests/{found.pk}/jury/", name="查无此人", phone="12800000009")
    named = web.post(f"/contests/{found.pk}/jury/", name="wei", phone="12800000009")

    assert (nobody.status_code, named.status_code) == (422, 302)
    assert "查无此人" in nobody.content.decode()
    assert Juror.objects.get().person == town.wei


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"closes_day": "2026-03-01"}, "before the first"),
        ({"categories": "\n".join("甲乙丙丁戊己庚辛壬癸子")}, "At most ten"),
        ({"opens_day": "2026-02-31"}, "field-bad"),
        ({"kind": "race"}, "field-bad"),
    ],
)
def test_a_call_that_cannot_be_is_said_and_what_was_typed_is_kept(
    town: Town, wrong: dict[str, str], words: str
) -> None:
    times = {"opens_day": "2026-03-06", "opens_time": "09:00", "closes_day": "2026-03-20", "closes_time": "18:00"}
    whole = {**SAID, **times, "categories": "故事\n照片", "unit": town.station.pk}

    answer = Web(town.zhou).post("/contests/add/", **{**whole, **wrong})
    made = Web(town.zhou).post("/contests/add/", **whole)

    assert (answer.status_code, made.status_code) == (422, 302)
    assert words in answer.content.decode()
    assert "写一写您家的好家风。" in answer.content.decode()
    assert [one.name for one in Contest.objects.get().categories.all()] == ["故事", "照片"]
