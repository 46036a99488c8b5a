"""A certificate goes out with a credential: what the page hands over is verified elsewhere, and so is its end."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from baixing.hours import actions
from baixing.hours.models import Certificate
from baixing.kernel.calendar import now
from baixing.kernel.canonical import digest
from baixing.kernel.credentials import badges, keys
from baixing.people.models import Person
from tests.hours.stage import AFTER
from tests.hours.test_rules import certificate_in
from tests.kernel.credentials.test_badges import elsewhere
from tests.town import DAY, Town


@pytest.fixture(autouse=True)
def _city(settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = [keys.new_secret()]
    settings.PUBLIC_URL = "https://civic.example"


def ask(address: str, person: Person | None = None) -> HttpResponse:
    client = Client()
    if person is not None:
        client.force_login(person)
    answer = client.get(address)
    assert isinstance(answer, HttpResponse)
    return answer


def handed_over(certificate: Certificate, person: Person, query: str = "") -> HttpResponse:
    return ask(f"/hours/certificates/{certificate.pk}/credential.json{query}", person)


def published(credential: dict[str, dict[str, str]]) -> dict[str, object]:
    """What anybody fetches who has been handed this: the issuer's document, and the list that it names."""
    named = credential["credentialStatus"]["statusListCredential"].removeprefix("https://civic.example")
    answers = [ask("/.well-known/did.json"), ask(named)]
    assert [answer.headers["Access-Control-Allow-Origin"] for answer in answers] == ["*", "*"]
    return {"credential": credential, "issuer": json.loads(answers[0].content), "list": json.loads(answers[1].content)}


def test_what_the_page_hands_over_is_verified_elsewhere_until_the_certificate_is_revoked(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    answer = handed_over(certificate, town.luo)
    credential = json.loads(answer.content)

    before = elsewhere(published(credential))
    actions.revoke(certificate, words="记错了人", by=town.he, at=AFTER + 8 * DAY)
    after = elsewhere(published(credential))

    assert (answer.headers["Content-Type"], answer.headers["Content-Disposition"]) == (
        "application/vc",
        f'attachment; filename="{certificate.number}.vc.json"',
    )
    assert before == {"verified": True, "revoked": False, "why": []}
    assert after == {"verified": True, "revoked": True, "why": []}
    assert handed_over(certificate, town.luo).status_code == 409


def test_it_says_the_same_sum_as_the_sheet_and_names_no_place_and_no_recipient(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    text = handed_over(certificate, town.luo).content

    record, told = badges.verify(text), certificate.snapshot or {}

    assert (record.minutes, record.number, record.volunteer) == (told["minutes"], told["number"], told["volunteer"])
    assert (f"{record.first}", f"{record.last}", record.issued) == (told["from"], told["until"], certificate.issued_at)
    assert (record.name, record.address) == ("luo", f"https://civic.example/verify/{certificate.code}/")
    assert "文化广场" not in text.decode()
    assert badges.verify(handed_over(certificate, town.luo, "?name=masked").content).name == "l*"


def test_what_is_signed_is_read_without_our_database(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    text = handed_over(certificate, town.luo).content
    kept = json.dumps(published(json.loads(text))["list"])
    Certificate.objects.filter(pk=certificate.pk).delete()

    assert not badges.revoked(text, kept, at=now())


def test_nobody_but_its_holder_is_handed_one_and_none_before_it_is_issued(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    found = [handed_over(certificate, person).status_code for person in (town.he, town.gao, town.wei)]
    again = actions.draft(certificate.volunteer, by=town.luo, at=AFTER + 8 * DAY)

    assert (found, handed_over(again, town.luo).status_code) == ([404, 404, 404], 404)


def test_what_was_altered_in_the_database_is_not_signed(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    told = {**(certificate.snapshot or {}), "minutes": 6000}
    Certificate.objects.filter(pk=certificate.pk).update(snapshot=told, digest=digest(told))

    assert handed_over(certificate, town.luo).status_code == 409


def test_without_a_key_the_pages_say_so_and_publish_nothing(town: Town, settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = []
    certificate = certificate_in(town, "issued")
    pages = [ask(f"/hours/certificates/{certificate.pk}/", town.luo), ask(f"/verify/{certificate.code}/")]

    assert ["暂不发放凭证" in page.content.decode() for page in pages] == [True, True]
    assert [ask(path).status_code for path in ("/.well-known/did.json", "/credentials/revoked/0/")] == [404, 404]
    assert handed_over(certificate, town.luo).status_code == 409


def test_the_page_of_everybody_tells_of_the_credential_and_hands_over_none(town: Town) -> None:
    certificate = certificate_in(town, "issued")
    page = ask(f"/verify/{certificate.code}/").content.decode()

    assert ("/.well-known/did.json" in page, "credential.json" in page) == (True, False)
    assert f"{certificate.place}" not in page


def test_the_list_tells_of_revoked_ones_alone_and_there_is_no_other_list(town: Town) -> None:
    certificate_in(town, "issued")

    assert b"uH4sI" in ask("/credentials/revoked/0/").content
    assert ask("/credentials/revoked/7/").status_code == 404
