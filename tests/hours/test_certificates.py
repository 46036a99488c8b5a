"""A certificate: a week on show, issued by a second person, and whoever holds the sheet learns whether it is true."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings

from baixing.hours import actions
from baixing.hours.models import Certificate, HoursEntry
from baixing.hours.queries import sheet
from baixing.hours.queries.certificates import Corrected, answer_for, corrected
from baixing.hours.queries.exports import certificate_file
from baixing.hours.queries.sums import total_of
from baixing.hours.rules.ledger import faults
from baixing.journal.models import Entry
from baixing.kernel.canonical import digest
from baixing.kernel.credentials import keys
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken
from baixing.kernel.typeset import typeset
from baixing.notices.models import Notice
from baixing.notices.rules import words
from baixing.operations.queries import deep_faults
from baixing.people.actions import erase
from baixing.teams.models import Volunteer
from tests.hours.stage import AFTER, credited, helped
from tests.hours.test_rules import certificate_in
from tests.schedule.stage import EVENING
from tests.town import DAY, HOUR, Town
from tests.web import Web

LATER = AFTER + 8 * DAY


@pytest.mark.both
def test_nobody_issues_it_before_a_week_is_over_nor_alone(town: Town) -> None:
    certificate = certificate_in(town, "publicised")

    with pytest.raises(NotNow, match="七天"):
        actions.issue(certificate, by=town.gao, at=AFTER + 7 * DAY - HOUR)
    with pytest.raises(NotAllowed):
        actions.issue(certificate, by=town.he, at=AFTER + 7 * DAY)
    actions.issue(certificate, by=town.gao, at=AFTER + 7 * DAY)

    assert certificate.state == "issued"


def test_an_objection_is_heard_before_it_is_issued(town: Town) -> None:
    certificate = certificate_in(town, "publicised")
    flag = actions.object_to(certificate, words="那天他不在", by=town.wei, at=AFTER)

    with pytest.raises(NotNow):
        actions.issue(certificate, by=town.gao, at=LATER)
    actions.settle(flag, words="签到表上有他", by=town.he, at=LATER)
    actions.issue(certificate, by=town.gao, at=LATER)

    assert certificate.state == "issued"


@pytest.mark.both
def test_what_was_corrected_meanwhile_is_not_issued(town: Town) -> None:
    certificate = certificate_in(town, "publicised")
    line = HoursEntry.objects.select_related("session__unit", "volunteer__person", "claim").get()
    actions.agree_correction(
        actions.ask_correction(line, minutes=0, words="不是他", by=town.zhou, at=AFTER), by=town.wu, at=AFTER
    )

    with pytest.raises(NotNow, match="更正"):
        actions.issue(certificate, by=town.gao, at=LATER)


def put_right(line: HoursEntry, minutes: int, town: Town, at: datetime = LATER) -> HoursEntry:
    entry = HoursEntry.objects.select_related("session__unit", "volunteer__person", "claim").get(pk=line.pk)
    asked = actions.ask_correction(entry, minutes=minutes, words="早走了", by=town.zhou, at=at)
    return actions.agree_correction(asked, by=town.wu, at=at)


@pytest.mark.both
def test_a_line_put_right_under_an_issued_one_is_said_to_whoever_checks_it_and_nothing_else(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    line = put_right(HoursEntry.objects.get(), 90, town)
    put_right(line, 30, town, LATER + DAY)

    answer = answer_for(certificate.code)
    page = Client().get(f"/verify/{certificate.code}/").content.decode()

    assert answer is not None
    assert (answer.state, answer.minutes, answer.corrected) == ("genuine", 120, Corrected(date(2026, 3, 17), 30))
    assert ("这份证明是真的" in page, "30 分钟" in page, "更正" in page) == (True, True, True)
    assert ("文化广场" in page, "早走了" in page, certificate.volunteer.number in page) == (False, False, False)
    assert [one.verb for one in Entry.objects.of(certificate)][-2:] == ["issue", "correct"]
    assert not list(deep_faults(LATER + DAY))


def test_what_was_put_right_before_or_is_of_another_day_says_nothing_about_it(town: Town) -> None:
    half = EVENING + HOUR
    put_right(credited(helped(town, town.luo, left=half), town.luo, town), 30, town, AFTER)
    certificate = actions.draft(Volunteer.objects.get(person=town.luo), by=town.luo, at=AFTER)
    actions.publicise(certificate, by=town.he, at=AFTER)
    actions.issue(certificate, by=town.gao, at=LATER)
    before = corrected(certificate)

    other = helped(town, town.luo, came=half)
    put_right(credited(other, town.luo, town, LATER), 0, town)

    assert (before, corrected(certificate), certificate.minutes) == (None, None, 30)


def test_its_holder_and_the_clerk_are_told_and_a_new_one_is_offered_and_signed(town: Town, settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = [keys.new_secret()]
    certificate = certificate_in(town, "issued")
    put_right(HoursEntry.objects.get(), 90, town)
    told = Notice.objects.filter(kind__startswith="certificate.corrected").order_by("kind")

    with time_machine.travel(LATER, tick=False):
        own, clerks = Web(town.luo), Web(town.he).get(f"/hours/certificates/{certificate.pk}/")
        page = own.get(f"/hours/certificates/{certificate.pk}/")
        unsigned = own.client.get(f"/hours/certificates/{certificate.pk}/credential.json")
        new = own.post("/hours/certificates/draft/")

    assert [(one.kind, one.person) for one in told if one.person in {town.luo, town.he, town.gao}] == [
        ("certificate.corrected", town.luo),
        ("certificate.corrected_below", town.he),
    ]
    assert ("Ask for a new certificate" in page, "Ask for a new certificate" in clerks) == (True, False)
    assert "ask for a new one" in clerks
    assert (unsigned.status_code, new.status_code) == (409, 302)
    assert Certificate.objects.filter(state="drafted").count() == 1


IN_THEIR_WORDS = {
    "en": ("2 h of service", "is 1 h 30 min now", "put right: 1 h 30 min", "until 15 March 22:00"),
    "zh-hans": ("时长 2 小时 已", "现为 1 小时 30 分钟", "有效的是 1 小时 30 分钟", "到 3月15日 22:00"),
}


@pytest.mark.parametrize(("acting", "reads"), [("zh-hans", "en"), ("en", "zh-hans")])
def test_each_reads_of_their_hours_in_their_own_language(town: Town, acting: str, reads: str) -> None:
    with override(acting):
        certificate_in(town, "issued")
        put_right(HoursEntry.objects.get(), 90, town)

    told = {one.kind: one for one in Notice.objects.filter(person=town.luo)}
    with override(reads):
        said = [
            words(kind, told[kind].facts)[1]
            for kind in ("hours.credited", "hours.corrected", "certificate.corrected", "certificate.publicised")
        ]
    assert [part for part, line in zip(IN_THEIR_WORDS[reads], said, strict=True) if part not in line] == []


@pytest.mark.both
def test_one_is_on_its_way_at_a_time_and_nobody_without_hours_asks(town: Town) -> None:
    certificate = certificate_in(town, "drafted")

    with pytest.raises(Overtaken), transaction.atomic():
        actions.draft(certificate.volunteer, by=town.luo, at=AFTER)
    with pytest.raises(NotAllowed):
        actions.draft(certificate.volunteer, by=town.min, at=AFTER)


def test_the_snapshot_is_frozen_and_holds_no_name_no_place_and_no_recipient(town: Town, settings: Settings) -> None:
    settings.CERTIFICATE_TITLE = "志愿服务记录证明"
    certificate = certificate_in(town, "issued")
    told = certificate.snapshot or {}

    assert told["title"] == "志愿服务记录证明"
    assert (told["minutes"], told["sessions"], told["issued"]) == (120, 1, "2026-03-15")
    assert town.luo.name not in json.dumps(told, ensure_ascii=False)
    assert "文化广场" not in json.dumps(told, ensure_ascii=False)
    assert (certificate.digest, list(faults(certificate_file(certificate)))) == (digest(told), [])


def test_a_stranger_learns_the_least_by_its_code(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    page = Client().get(f"/verify/{certificate.code}/").content.decode()

    assert ("这份证明是真的" in page, certificate.number in page, "l*" in page, "2 小时" in page) == (True,) * 4
    assert (town.luo.name + "<" in page, certificate.volunteer.number in page) == (False, False)
    assert Client().get("/verify/", {"code": certificate.code.upper()}).status_code == 200
    assert Client().get(f"/verify/{'0' * 26}/").status_code == 404
    assert Client().get(f"/verify/{certificate_in_code(town)}/").status_code == 404


def certificate_in_code(town: Town) -> str:
    """Of one that is only on show."""
    again = actions.draft(Volunteer.objects.get(person=town.luo), by=town.luo, at=LATER)
    actions.publicise(again, by=town.he, at=LATER)
    return again.code


@pytest.mark.both
def test_a_revoked_one_says_so(town: Town) -> None:
    answer = answer_for(certificate_in(town, "revoked").code)

    assert answer is not None
    assert answer.state == "revoked"


def altered(certificate: Certificate, **changes: object) -> str:
    """A snapshot with some of it changed, its digest made to fit."""
    told = {**(certificate.snapshot or {}), **changes}
    Certificate.objects.filter(pk=certificate.pk).update(snapshot=told, digest=digest(told))
    answer = answer_for(certificate.code)
    return answer.state if answer else ""


@pytest.mark.both
def test_one_byte_altered_is_told_whether_the_digest_was_made_to_fit_or_not(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    told = {**(certificate.snapshot or {}), "minutes": 121}
    Certificate.objects.filter(pk=certificate.pk).update(snapshot=told)
    plain = answer_for(certificate.code)

    assert plain is not None
    assert (plain.state, altered(certificate, minutes=121)) == ("altered", "altered")
    assert "改动过" in Client().get(f"/verify/{certificate.code}/").content.decode()
    assert any(certificate.number in fault for fault in deep_faults(LATER))
    file = certificate_file(certificate)
    assert list(faults({**file, "snapshot": told})) != []


def test_the_sheet_is_a_pdf_that_says_what_the_snapshot_says(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    told = sheet.told(certificate, "https://baixing.example.org/verify/x/")
    made = sheet.pdf(certificate, lambda path: f"https://baixing.example.org{path}")

    assert (told["name"], told["time"], told["issued"]) == ("luo", "2 小时", "2026 年 3 月 15 日")
    assert (made[:5], b"NotoSerifSC" in made, len(made) < 200_000) == (b"%PDF-", True, True)
    client = Client()
    client.force_login(town.luo)
    answer = client.get(f"/hours/certificates/{certificate.pk}/sheet.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")


def test_a_source_that_cannot_be_set_is_a_fault_with_words(town: Town) -> None:
    with pytest.raises(RuntimeError, match="could not be set"):
        typeset(sheet.SOURCE, {"told": "{}"}, sheet.FONTS)


@pytest.mark.both
def test_of_who_deletes_the_account_the_ledger_stays_whole_and_the_name_goes(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    town.plumbers.leader = town.min
    town.plumbers.save(update_fields=["leader"])
    before = (HoursEntry.objects.count(), total_of(certificate.volunteer))
    erase(town.luo, by=town.luo, at=LATER)

    certificate.refresh_from_db()
    answer = answer_for(certificate.code)
    assert answer is not None
    assert (answer.state, answer.masked_name, answer.minutes) == ("genuine", "—", 120)
    assert (certificate.name, certificate.salt) == ("", "")
    assert (HoursEntry.objects.count(), total_of(certificate.volunteer)) == before
    assert list(deep_faults(LATER)) == []
