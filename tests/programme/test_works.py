"""Works: entered in time by the server's clock, agreed to by a guardian, looked at by somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from baixing.kernel.refusals import NotAllowed, NotNow, TooMany
from baixing.notices.models import Notice
from baixing.people.actions import erase
from baixing.people.models import Guardianship, Person
from baixing.programme import actions
from baixing.programme.models import Contest, Picture, Work
from baixing.programme.rules import WORK_LIFE
from tests.programme.stage import photo
from tests.programme.works import CLOSES, OPENS, contest, entered, powers
from tests.town import DAY, NINE, Town
from tests.web import Web

SECOND = timedelta(seconds=1)
#   state                  zhou, who keeps it    jin, who entered it          wei, luo of the jury, the auditor
OF_A_WORK = {
    "entered": ("admit_work refuse_work", "add_picture withdraw_work", ""),
    "admitted": ("refuse_work", "withdraw_work", ""),
    "refused": ("admit_work", "", ""),
    "withdrawn": ("", "", ""),
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


@pytest.mark.parametrize("state", OF_A_WORK)
def test_powers_over_a_work(town: Town, state: str) -> None:
    work = entered(contest(town), town.jin)
    if state == "admitted":
        actions.admit_work(work, by=town.zhou, at=NINE)
    elif state == "refused":
        actions.refuse_work(work, "跑题了", by=town.zhou, at=NINE)
    elif state == "withdrawn":
        actions.withdraw_work(work, by=town.jin, at=NINE)

    keeper, own, others = OF_A_WORK[state]
    assert powers(WORK_LIFE, work, town.zhou, town.wu) == {keeper}
    assert powers(WORK_LIFE, work, town.jin) == {own}
    assert powers(WORK_LIFE, work, town.wei, town.luo, town.shen) == {others}


@pytest.mark.parametrize(
    ("at", "in_time"), [(OPENS - SECOND, False), (OPENS, True), (CLOSES - SECOND, True), (CLOSES, False)]
)
def test_the_clock_of_the_server_holds_both_ends(town: Town, at: object, in_time: bool) -> None:
    found = contest(town)
    facts = {"title": "爷爷的算盘", "words": "记账从不差一分。"}
    what = actions.Entered(found.categories.all()[0], facts)

    if in_time:
        actions.enter_work(found, what, by=town.jin, at=at)  # type: ignore[arg-type]  # a moment
    else:
        with pytest.raises(NotNow):
            actions.enter_work(found, what, by=town.jin, at=at)  # type: ignore[arg-type]  # a moment

    assert (Contest.objects.get().entries, Work.objects.count()) == (int(in_time), int(in_time))


def test_who_comes_late_reads_until_when_and_keeps_what_was_typed(town: Town) -> None:
    found = contest(town)
    said = {"category": found.categories.all()[0].pk, "title": "爷爷的算盘", "words": "记账从不差一分。"}
    address = f"/contests/{found.pk}/enter/"

    with time_machine.travel(CLOSES, tick=False):
        late = Web(town.jin).post(address, **said)
    wrong = Web(town.jin).post(address, **{**said, "category": 99999})
    file = SimpleUploadedFile("a.jpg", b"<script>", "image/jpeg")
    no_photo = Web(town.jin).post(address, **said, photo=file, photo_words="算盘")

    assert (late.status_code, wrong.status_code, no_photo.status_code) == (409, 422, 422)
    assert "That is over" in late.content.decode()
    assert all("记账从不差一分。" in one.content.decode() for one in (late, wrong, no_photo))
    assert (Work.objects.count(), Contest.objects.get().entries) == (0, 0)


def test_a_work_comes_with_a_photo_of_which_nothing_stays_but_what_one_sees(town: Town) -> None:
    found, web = contest(town), Web(town.jin)
    file = SimpleUploadedFile("a.jpg", photo(comment=b"planted words"), "image/jpeg")
    said = {"category": found.categories.all()[0].pk, "title": "算盘", "words": "记账", "photo_words": "一把旧算盘"}
    web.post(f"/contests/{found.pk}/enter/", **said, photo=file)
    kept = Picture.objects.get()

    again = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    twice = web.post(f"/works/{kept.work_id}/photos/add/", photo=again, photo_words="又一次")

    assert b"planted words" not in bytes(kept.image)
    assert web.client.get(f"/works/photos/{kept.pk}/").content[:3] == b"\xff\xd8\xff"
    assert (twice.status_code, Picture.objects.count()) == (422, 1)
    Web(town.wei).get(f"/works/photos/{kept.pk}/", status=404)
    Web(town.wei).get(f"/works/{kept.work_id}/", status=404)


def test_a_child_waits_for_its_guardian_before_anybody_looks(town: Town) -> None:
    Person.objects.filter(pk=town.wei.pk).update(born=NINE.date() - 3650 * DAY)
    told = {"asked_at": NINE, "confirmed_at": NINE, "phone": "", "phone_index": ""}
    Guardianship.objects.create(ward=town.wei, guardian=town.jin, **told)
    work = entered(contest(town), Person.objects.get(pk=town.wei.pk))
    waiting = work.state
    with pytest.raises(NotNow):
        actions.admit_work(work, by=town.zhou, at=NINE)
    with pytest.raises(NotAllowed):
        actions.agree_work(work, by=town.wei, at=NINE)

    answer = Web(town.jin).post(f"/works/{work.pk}/agree/")

    work.refresh_from_db()
    assert (waiting, answer.status_code, work.state, work.guardian) == ("awaiting_guardian", 302, "entered", town.jin)
    assert Notice.objects.get(kind="work.guardian").person_id == town.jin.pk


def test_one_person_enters_three_and_only_for_their_own_team_and_unit(town: Town) -> None:
    found = contest(town)
    for more in ({"team": town.plumbers}, {"unit": town.station}):
        with pytest.raises(NotAllowed):
            entered(found, town.jin, **more)
    for _ in range(3):
        entered(found, town.jin)

    with pytest.raises(TooMany):
        entered(found, town.jin)

    assert entered(found, town.zhou, unit=town.station).unit == town.station


def test_who_keeps_a_contest_takes_in_no_work_of_their_own(town: Town) -> None:
    work = entered(contest(town), town.zhou)
    with pytest.raises(NotAllowed):
        actions.admit_work(work, by=town.zhou, at=NINE)

    actions.admit_work(work, by=town.wu, at=NINE)

    assert work.state == "admitted"


def test_of_who_deletes_the_account_nothing_is_left_but_that_there_was_a_work(town: Town) -> None:
    work = entered(contest(town), town.jin, picture=True)

    erase(town.jin, by=town.jin, at=NINE)

    work.refresh_from_db()
    assert (work.by, work.title, work.words, work.maker, work.pictures.count()) == (None, "—", "—", "", 0)
    assert Contest.objects.get().entries == 1
