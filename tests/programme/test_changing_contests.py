"""A contest that everybody reads already: what may still be changed, who is told, and how it is called off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotNow, Overtaken, Unfit
from baixing.notices.models import Notice
from baixing.people.models import Person
from baixing.programme import actions
from baixing.programme.actions import Call
from baixing.programme.models import Contest, Work
from baixing.programme.queries.contests import shown_works, visible_works
from tests.programme.works import CLOSES, OPENS, SAID, contest, entered, judged
from tests.town import DAY, NINE, Town
from tests.web import Web


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def call(*categories: str, opens: datetime = OPENS, closes: datetime = CLOSES, **facts: str) -> Call:
    return Call(opens, closes, categories or ("故事", "照片"), {**SAID, **facts})


FIXED = {
    "opens_day": call(opens=OPENS + DAY / 2),
    "closes_day": call(closes=CLOSES - DAY),
    "kind": call(kind="showcase"),
    "categories": call("照片"),
}


@pytest.mark.parametrize("field", FIXED)
def test_once_a_work_stands_what_it_was_made_for_stays(town: Town, field: str) -> None:
    found = contest(town)
    entered(found, town.jin)

    with pytest.raises(Unfit) as no:
        actions.change_contest(found, FIXED[field], by=town.zhou, at=NINE)

    assert no.value.field == field
    assert not Notice.objects.filter(kind="contest.changed").exists()


def test_while_no_work_stands_all_may_be_said_anew_but_the_past(town: Town) -> None:
    found = contest(town)
    actions.withdraw_work(entered(found, town.jin), by=town.jin, at=NINE)
    with pytest.raises(Unfit):
        actions.change_contest(found, call(closes=NINE), by=town.zhou, at=NINE)

    actions.change_contest(found, call("故事", closes=NINE + DAY, kind="showcase"), by=town.zhou, at=NINE)

    found.refresh_from_db()
    assert (found.kind, found.closes_at, found.state) == ("showcase", NINE + DAY, "open")
    assert [one.name for one in found.categories.all()] == ["故事"]


def test_whoever_sent_a_work_and_a_childs_guardian_are_told_and_its_category_stays_the_same(town: Town) -> None:
    found = contest(town)
    work = entered(found, town.jin)
    Work.objects.filter(pk=entered(found, town.min).pk).update(guardian=town.wei)
    actions.withdraw_work(entered(found, town.luo), by=town.luo, at=NINE)

    actions.change_contest(found, call("故事", "视频", closes=CLOSES + DAY), by=town.zhou, at=NINE)

    told = Notice.objects.filter(kind="contest.changed").values_list("person", flat=True)
    assert set(told) == {town.jin.pk, town.min.pk, town.wei.pk}
    work.refresh_from_db()
    assert [one.name for one in found.categories.all()] == ["故事", "视频"]
    assert work.category.name == "故事"
    assert [line.verb for line in Entry.objects.of(found)] == ["add_contest", "publish_contest", "change_contest"]


def test_a_last_moment_moved_later_takes_works_again_and_the_jury_waits(town: Town) -> None:
    found = contest(town)
    actions.admit_work(entered(found, town.jin), by=town.zhou, at=NINE)
    actions.name_juror(found, town.luo, by=town.zhou, at=NINE)
    seen = Contest.objects.get()

    actions.change_contest(Contest.objects.get(), call(closes=CLOSES + DAY), by=town.zhou, at=CLOSES)

    with pytest.raises(NotNow):
        actions.begin_judging(Contest.objects.get(), by=town.zhou, at=CLOSES)
    with pytest.raises(Overtaken):
        actions.begin_judging(seen, by=town.zhou, at=CLOSES)  # from a page of before
    assert entered(seen, town.wei).state == "entered"


def test_with_the_jury_nothing_is_changed_any_more(town: Town) -> None:
    judged(town)

    with pytest.raises(NotNow):
        actions.change_contest(Contest.objects.get(), call(closes=CLOSES + 9 * DAY), by=town.zhou, at=CLOSES)


def test_on_the_page_of_the_change_what_was_typed_is_kept(town: Town) -> None:
    found, web = contest(town), Web(town.zhou)
    entered(found, town.jin)
    address, times = f"/contests/{found.pk}/change/", {"opens_day": "2026-03-01", "opens_time": "09:00"}
    page = web.get(address)
    said = {**SAID, **times, "closes_day": "2026-03-20", "closes_time": "18:00", "version": found.version}

    wrong = web.post(address, **said, categories="短片")

    assert "can only be later" in page
    assert wrong.status_code == 422
    assert "短片" in wrong.content.decode()
    assert Contest.objects.get().version == found.version


@pytest.mark.parametrize("state", ["open", "judging"])
def test_one_that_is_called_off_says_why_shows_nothing_and_all_are_told(town: Town, state: str) -> None:
    (juror,) = judged(town, works=("jin", "min")) if state == "judging" else (None,)
    found = Contest.objects.get() if juror else contest(town, kind="showcase")
    if not juror:
        actions.admit_work(entered(found, town.jin), by=town.zhou, at=NINE)
        entered(found, town.min)
    web, address = Web(town.zhou), f"/contests/{found.pk}/"

    without = web.post(f"{address}call-off/", version=found.version, words="")
    done = web.post(f"{address}call-off/", version=found.version, words="场地漏水")
    twice = web.post(f"{address}call-off/", version=found.version, words="场地漏水")

    told = set(Notice.objects.filter(kind="contest.called_off").values_list("person", flat=True))
    assert [one.status_code for one in (without, done, twice)] == [422, 302, 409]
    assert told == {town.jin.pk, town.min.pk, *([town.luo.pk] if juror else [])}
    assert "场地漏水" in Web().get(address)
    assert not shown_works(Contest.objects.get()).exists()
    assert not visible_works(None).exists()
    assert Entry.objects.of(found).last().text == "场地漏水"  # type: ignore[union-attr]  # it is there


def test_a_work_is_taken_back_also_when_all_is_called_off_and_none_comes_in(town: Town) -> None:
    found = contest(town)
    work = entered(found, town.jin, picture=True)
    seen = Contest.objects.get()
    actions.call_off_contest(found, "场地漏水", by=town.zhou, at=NINE)
    work.contest.refresh_from_db()

    with pytest.raises(NotNow, match="取消"):
        entered(seen, Person.objects.get(pk=town.wei.pk))
    with pytest.raises(NotNow, match="取消"):
        actions.admit_work(Work.objects.get(), by=town.zhou, at=NINE)
    actions.withdraw_work(Work.objects.get(), by=town.jin, at=NINE)

    assert (Work.objects.get().state, work.pictures.count()) == ("withdrawn", 0)
