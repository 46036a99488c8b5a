"""Pages of remembrance: one flower from each, and words that nobody reads before somebody of the unit has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow
from baixing.notices.models import Notice
from baixing.people.actions import erase
from baixing.programme import actions
from baixing.programme.models import Remembrance, Tribute
from baixing.programme.queries.remembrance import (
    listed_remembrances,
    remembrance_page,
    shown_words,
    visible_remembrances,
)
from baixing.programme.rules import REMEMBRANCE_LIFE, TRIBUTE_LIFE, Standing
from tests.programme.matters import remembrance
from tests.town import NINE, Town
from tests.web import Web

#   state        the head and the staff of the unit and above          the leader, the auditor, jin
POWERS = {
    "draft": ("change_remembrance publish_remembrance", ""),
    "published": ("change_remembrance close_remembrance", ""),
    "closed": ("", ""),
}
#   state         who keeps the page              jin, who left them      wei, the auditor
OF_WORDS = {
    "waiting": ("keep_back show_words", "withdraw_tribute", ""),
    "shown": ("keep_back", "withdraw_tribute", ""),
    "kept_back": ("show_words", "withdraw_tribute", ""),
    "withdrawn": ("", "", ""),
}
STEPS = {"shown": actions.show_words, "kept_back": actions.keep_back}
WORDS = "永远记得你们"


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def left(town: Town, found: Remembrance, words: str = WORDS, by: str = "jin") -> Tribute:
    return actions.leave_tribute(found, "pine", words, by=getattr(town, by), at=NINE)


def powers(life: object, thing: object, *people: object) -> set[str]:
    return {" ".join(sorted(life.powers(Standing(one, NINE), thing))) for one in people}  # type: ignore[attr-defined,arg-type]  # a life of a thing and people of the town


@pytest.mark.parametrize("state", POWERS)
def test_powers(town: Town, state: str) -> None:
    found = remembrance(town, draft=state == "draft")
    if state == "closed":
        actions.close_remembrance(found, by=town.zhou, at=NINE)

    those, others = POWERS[state]
    assert powers(REMEMBRANCE_LIFE, found, town.zhou, town.wu, town.gao) == {those}
    assert powers(REMEMBRANCE_LIFE, found, town.luo, town.shen, town.jin) == {others}


@pytest.mark.parametrize("state", OF_WORDS)
def test_powers_over_words(town: Town, state: str) -> None:
    tribute = left(town, remembrance(town))
    if state == "withdrawn":
        actions.withdraw_tribute(tribute, by=town.jin, at=NINE)
    elif state in STEPS:
        STEPS[state](tribute, by=town.zhou, at=NINE)

    keeper, own, others = OF_WORDS[state]
    assert powers(TRIBUTE_LIFE, tribute, town.zhou, town.wu) == {keeper}
    assert powers(TRIBUTE_LIFE, tribute, town.jin) == {own}
    assert powers(TRIBUTE_LIFE, tribute, town.wei, town.shen) == {others}


def test_a_draft_is_read_by_those_in_charge(town: Town) -> None:
    found = remembrance(town, draft=True)

    assert not visible_remembrances(None).exists()
    assert list(visible_remembrances(Standing(town.zhou, NINE))) == [found]


def test_the_newest_stands_first_whatever_is_counted(town: Town) -> None:
    older, newer = remembrance(town), remembrance(town)
    Remembrance.objects.filter(pk=newer.pk).update(made_at=NINE - timedelta(days=1))  # so that no key's order will do

    assert list(listed_remembrances(None)) == [older, newer]
    assert listed_remembrances(None).ordered


def test_nobody_reads_words_before_somebody_of_the_unit_has(town: Town) -> None:
    found, web = remembrance(town), Web(town.jin)
    address = f"/remembrance/{found.pk}/"
    web.post(f"{address}leave/", flower="pine", words=WORDS)
    before, mine = Web(town.wei).get(address), web.get(address)
    queue = Web(town.zhou).get(f"{address}words/")
    done = Web(town.zhou).post(f"/tributes/{Tribute.objects.get().pk}/show/")

    after = Web().get(address)
    assert (WORDS in before, WORDS in mine, WORDS in queue, WORDS in after) == (False, True, True, True)
    assert ('<strong class="num">1</strong>' in before, town.jin.name in after) == (True, False)
    assert (done.status_code, Notice.objects.get(kind="tribute.left").person_id) == (302, town.zhou.pk)


def test_the_database_refuses_words_that_nobody_has_read(town: Town) -> None:
    tribute = left(town, remembrance(town))

    with pytest.raises(IntegrityError), transaction.atomic():
        Tribute.objects.filter(pk=tribute.pk).update(state="shown")


def test_a_flower_without_words_waits_for_nobody_and_lies_there_once(town: Town) -> None:
    found = remembrance(town)
    assert left(town, found, "").state == "shown"

    with pytest.raises(NotNow):
        left(town, found)

    assert (remembrance_page(found, None).flowers, shown_words(found).count()) == (1, 0)


def test_who_keeps_the_page_does_not_read_their_own_words_first(town: Town) -> None:
    tribute = left(town, remembrance(town), by="zhou")
    with pytest.raises(NotAllowed):
        actions.show_words(tribute, by=town.zhou, at=NINE)

    actions.show_words(tribute, by=town.wu, at=NINE)

    assert [line.verb for line in Entry.objects.of(tribute)] == ["leave_tribute", "show_words"]


def test_words_that_are_kept_back_are_told_to_whoever_left_them_and_the_flower_stays(town: Town) -> None:
    found = remembrance(town)
    tribute = left(town, found)
    actions.show_words(tribute, by=town.zhou, at=NINE)

    actions.keep_back(tribute, by=town.wu, at=NINE)

    assert (remembrance_page(found, None).flowers, shown_words(found).count()) == (1, 0)
    assert Notice.objects.get(kind="tribute.kept_back").person_id == town.jin.pk


def test_what_is_taken_back_goes_with_its_words_and_one_may_come_again(town: Town) -> None:
    found = remembrance(town)
    actions.show_words(left(town, found), by=town.zhou, at=NINE)
    Web(town.jin).post(f"/remembrance/{found.pk}/withdraw/")

    left(town, found, "")

    assert list(Tribute.objects.order_by("pk").values_list("state", "words")) == [("withdrawn", ""), ("shown", "")]
    assert remembrance_page(found, None).flowers == 1


def test_of_who_deletes_the_account_the_flower_stays(town: Town) -> None:
    found = remembrance(town)
    actions.show_words(left(town, found), by=town.zhou, at=NINE)

    erase(town.jin, by=town.jin, at=NINE)

    left_there = Tribute.objects.get()
    assert (left_there.by, left_there.words) == (None, "")
    assert remembrance_page(found, None).flowers == 1


def test_on_a_closed_page_nothing_more_is_left_and_what_was_typed_is_kept(town: Town) -> None:
    found = remembrance(town)
    far = Web(town.jin).post(f"/remembrance/{found.pk}/leave/", flower="rose", words=WORDS)
    long = Web(town.jin).post(f"/remembrance/{found.pk}/leave/", flower="pine", words=WORDS * 30)
    actions.close_remembrance(found, by=town.zhou, at=NINE)

    late = Web(town.jin).post(f"/remembrance/{found.pk}/leave/", flower="pine", words=WORDS)

    assert (far.status_code, long.status_code, late.status_code) == (422, 422, 409)
    assert all(WORDS in answer.content.decode() for answer in (far, long))
    assert not Tribute.objects.exists()
