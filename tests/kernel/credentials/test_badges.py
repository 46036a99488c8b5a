"""A volunteer's record as a credential: anybody reads it, nobody changes it, and it verifies without us."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypedDict

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from baixing.kernel.credentials import badges, canon, issuers, keys, multibase, proofs
from baixing.kernel.credentials.badges import Record
from baixing.kernel.credentials.proofs import NotProven
from baixing.kernel.refusals import NotNow
from tests.kernel.credentials.published import NODE, ROOT

AT = datetime(2026, 3, 5, 1, tzinfo=UTC)
RECORD = Record(
    address="https://civic.example/certificates/7KQ2M",
    number="铜-2026-0001",
    title="志愿服务记录证明",
    volunteer="620400123456",
    name='金*\n"安" \\ 😀',
    minutes=7530,
    first=date(2025, 1, 1),
    last=date(2026, 3, 4),
    issued=AT,
    issuer_name="铜城新时代文明实践中心",
    issuer_url="https://civic.example",
)
CIRCLE = [{"hashed": False, "identityHash": "同", "type": "IdentityObject", "identityType": "name"}] * 9

PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-03-05T01:00:00Z",
    "verificationMethod": "did:web:civic.example#",
    "proofPurpose": "assertionMethod",
    "proofValue": "z",
}


class Verdict(TypedDict):
    verified: bool
    revoked: bool
    why: list[str]


@pytest.fixture(autouse=True)
def _city(settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = [keys.new_secret()]
    settings.PUBLIC_URL = "https://civic.example"


def issued(record: Record = RECORD) -> dict[str, object]:
    return badges.issue(record, at=AT)


def text_of(document: dict[str, object]) -> str:
    return json.dumps(document, ensure_ascii=False)


def test_what_was_issued_is_read_again() -> None:
    assert badges.verify(text_of(issued())) == RECORD


def test_hours_of_other_systems_tell_no_days() -> None:
    record = replace(RECORD, first=None, last=None)

    assert badges.verify(text_of(issued(record))) == record


def test_same_record_gives_the_same_credential_in_whatever_language_it_is_asked_for() -> None:
    with translation.override("en"):
        one = issued()

    assert one == issued()


def test_no_byte_of_it_can_be_changed() -> None:
    text = text_of(issued())
    places = [place for place in range(3, len(text), 13) if text[place] != " "]

    changed = [f"{text[:at]}{chr(ord(text[at]) ^ 1)}{text[at + 1 :]}" for at in places]

    assert [one for one in changed if _verifies(one)] == []
    assert len(changed) > 100


@pytest.mark.parametrize(
    "add",
    [
        {"awarded": "gold"},
        {"@context": [*badges.CONTEXTS, {"minutes": "https://schema.org/value"}]},
        {"@context": badges.CONTEXTS[::-1]},
        {"credentialSubject": {"@context": {}}},
        {"proof": {}},
        {"proof": []},
        {"credentialSubject": {"identifier": CIRCLE}},
        {"name": "\ud800"},
        {"issuer": "did:web:elsewhere.example"},
    ],
)
def test_nothing_can_be_put_in(add: dict[str, object]) -> None:
    assert not _verifies(json.dumps({**issued(), **add}))


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"a": NaN}', "[" * 99_000, "x" * 99_000, b"\xff\xfe", "{}"])
def test_what_is_no_credential_is_refused_in_words(text: str | bytes) -> None:
    with pytest.raises(NotProven) as refused:
        badges.verify(text)

    assert str(refused.value)


def test_a_name_that_stands_twice_is_refused() -> None:
    text = text_of(issued())

    assert not _verifies(text.replace('"name":', '"name": "罗", "name":', 1))


@hypothesis(max_examples=40)
@given(st.recursive(st.none() | st.booleans() | st.text(max_size=5) | st.integers(), st.lists))
def test_whatever_stands_in_its_place_there_is_an_answer(odd: object) -> None:
    for name in ("credentialSubject", "issuer", "proof", "validFrom", "id", "type"):
        assert not _verifies(json.dumps({"@context": badges.CONTEXTS, name: odd, "proof": PROOF} | {name: odd}))


def test_nodes_that_differ_in_nothing_do_not_take_for_ever() -> None:
    subject = {"type": "AchievementSubject", "identifier": CIRCLE, "result": [{"type": "Result"}] * 9}
    knot = {"@context": badges.CONTEXTS, "type": badges.TYPES, "credentialSubject": [subject] * 9}

    with pytest.raises(canon.CannotBeReadError, match="differ in nothing"):
        canon.canonical(knot)


def test_key_of_before_still_verifies_and_its_secret_half_may_be_thrown_away(settings: Settings) -> None:
    old = issued()
    settings.CREDENTIAL_KEYS = keys.rotated(settings.CREDENTIAL_KEYS)

    new = issued()

    assert badges.verify(text_of(old)) == badges.verify(text_of(new)) == RECORD
    assert old != new
    assert [multibase.decode(key)[:2] for key in settings.CREDENTIAL_KEYS] == [keys.SECRET, keys.PUBLIC]


def test_key_that_is_no_longer_named_verifies_nothing(settings: Settings) -> None:
    old = issued()
    settings.CREDENTIAL_KEYS = [keys.new_secret()]

    with pytest.raises(NotProven):
        badges.verify(text_of(old))


def test_another_city_is_verified_from_a_copy_of_its_document(settings: Settings) -> None:
    theirs, document = issued(), issuers.our_document()
    settings.CREDENTIAL_KEYS = [keys.new_secret()]
    settings.PUBLIC_URL = "https://other.example"

    assert badges.verify(text_of(theirs), issuers.keys_in(document)) == RECORD


def test_key_of_ours_cannot_speak_for_another_issuer(settings: Settings) -> None:
    signer = issuers.signer()
    document = badges.credential(RECORD, "did:web:elsewhere.example")
    signed = proofs.with_proof(document, signer.secret, signer.method, at=AT)

    with pytest.raises(NotProven, match="别人"):
        badges.verify(text_of(signed))


def test_issuer_without_an_address_is_its_key(settings: Settings) -> None:
    settings.PUBLIC_URL = ""
    public = keys.ring().publics[0]

    assert issuers.our_document()["id"] == f"did:key:{public}"
    assert badges.verify(text_of(issued())) == RECORD


def test_city_without_a_key_is_told_so(settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = []

    with pytest.raises(NotNow):
        issued()
    with pytest.raises(NotNow):
        issuers.our_document()


def test_key_alone_that_only_verifies_does_not_sign(settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = list(keys.ring().publics)

    with pytest.raises(NotNow):
        issued()


@pytest.mark.parametrize("key", ["z", "abc", "z0OIl", "z" + "1" * 400, "z6Mk", multibase.encode(b"\x80\x26short")])
def test_what_is_no_key_is_said_so(key: str, settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = [key]

    with pytest.raises(ImproperlyConfigured, match="credential_key"):
        keys.ring()


@given(st.binary(max_size=80))
def test_multibase_is_read_as_it_was_written(data: bytes) -> None:
    assert multibase.decode(multibase.encode(data)) == data


@pytest.mark.parametrize(
    "change",
    [{"minutes": 0}, {"address": "/certificates/1"}, {"last": date(2024, 1, 1)}, {"last": None}],
)
def test_a_record_of_nothing_is_none(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"record|address"):
        replace(RECORD, **change)  # type: ignore[arg-type]  # of the right kinds


@pytest.fixture(params=["https://civic.example", ""])
def told(request: pytest.FixtureRequest, settings: Settings) -> dict[str, object]:
    """What somebody holds: a credential and a copy of its issuer's document, by address and by key."""
    settings.PUBLIC_URL = request.param
    return {"credential": issued(), "issuer": issuers.our_document()}


def test_another_hand_verifies_it_offline(told: dict[str, object]) -> None:
    assert elsewhere(told) == {"verified": True, "revoked": False, "why": []}


def test_another_hand_refuses_one_that_was_altered_by_one_byte(told: dict[str, object]) -> None:
    altered = json.loads(json.dumps(told, ensure_ascii=False).replace('"7530"', '"7531"'))

    found = elsewhere(altered)

    assert (found["verified"], found["why"][-1]) == (False, "Error: Invalid signature.")


def test_another_hand_refuses_a_key_that_the_issuer_does_not_name(told: dict[str, object]) -> None:
    stranger = keys.public_of(keys.new_secret())

    found = elsewhere({**told, "issuer": issuers.issuer_document("did:web:civic.example", [stranger])})

    assert not found["verified"]


def elsewhere(told: dict[str, object]) -> Verdict:
    """What libraries of others say, in a process that has nothing of ours."""
    command = [str(NODE), "tests/kernel/credentials/verifier.mjs"]
    done = subprocess.run(command, input=json.dumps(told), capture_output=True, text=True, check=True, cwd=ROOT)
    found: Verdict = json.loads(done.stdout)
    return found


def _verifies(text: str) -> bool:
    try:
        badges.verify(text)
    except NotProven:
        return False
    return True
