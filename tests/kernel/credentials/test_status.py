"""What was revoked is told in a list that its issuer signs: whoever keeps a copy needs neither us nor a network."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pytest_django import Settings

from baixing.kernel.calendar import now
from baixing.kernel.credentials import badges, issuers, keys, status
from baixing.kernel.credentials.proofs import NotProven
from baixing.kernel.credentials.status import SIZE, Place
from tests.kernel.credentials.test_badges import AT, RECORD, elsewhere, issued, text_of

ADDRESS = "https://civic.example/credentials/status/0/"
NOBODY = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"  # W3C's own example: 131,072 zeros
HELD = replace(RECORD, status=Place(ADDRESS, 94_567))
LATER = AT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _city(settings: Settings) -> None:
    settings.CREDENTIAL_KEYS = [keys.new_secret()]
    settings.PUBLIC_URL = "https://civic.example"


def listed(*places: int, address: str = ADDRESS) -> dict[str, object]:
    return status.issue_list(address, places, at=AT)


def test_the_example_of_the_standard_is_read() -> None:
    assert status.unpacked(NOBODY) == bytes(SIZE // 8)


@hypothesis(max_examples=20)
@given(st.sets(st.integers(0, SIZE - 1), max_size=9))
def test_exactly_the_places_put_in_are_read_again(places: set[int]) -> None:
    bits = status.unpacked(status.packed(places))

    assert {at for at in range(SIZE) if bits[at // 8] & (0x80 >> at % 8)} == places


def test_the_credential_names_its_place_and_the_list_says_whether_it_is_revoked() -> None:
    text = text_of(issued(HELD))

    assert badges.verify(text) == HELD
    assert not badges.revoked(text, text_of(listed(94_566, 94_568)), at=LATER)
    assert badges.revoked(text, text_of(listed(94_567)), at=LATER)


def test_another_city_is_believed_from_copies_alone(settings: Settings) -> None:
    text, kept, document = text_of(issued(HELD)), text_of(listed(94_567)), issuers.our_document()
    settings.CREDENTIAL_KEYS, settings.PUBLIC_URL = [keys.new_secret()], "https://other.example"

    assert badges.revoked(text, kept, issuers.keys_in(document), at=LATER)


@pytest.mark.parametrize("revoked", [True, False])
def test_another_hand_reads_the_list_and_agrees(revoked: bool) -> None:
    told = {"credential": issued(HELD), "issuer": issuers.our_document()}
    kept = status.issue_list(ADDRESS, [94_567] if revoked else [94_566], at=now())  # whose clock is this machine's

    found = elsewhere({**told, "list": kept})

    assert found == {"verified": True, "revoked": revoked, "why": []}


def test_another_hand_refuses_a_list_that_was_altered() -> None:
    told = {"credential": issued(HELD), "issuer": issuers.our_document()}
    kept = status.issue_list(ADDRESS, [94_567], at=now())
    other = status.issue_list(ADDRESS, [], at=now())["credentialSubject"]

    assert not elsewhere({**told, "list": {**kept, "credentialSubject": other}})["verified"]


def test_a_list_that_is_not_the_issuers_or_another_one_or_old_is_refused(settings: Settings) -> None:
    text = text_of(issued(HELD))
    good, elsewhere_listed = listed(), listed(address="https://civic.example/credentials/status/1/")
    altered = json.loads(text_of(good).replace("uH4s", "uH5s"))

    for bad, at in (
        (altered, LATER),
        (elsewhere_listed, LATER),
        (good, AT + timedelta(days=8)),
        (issued(HELD), LATER),
        ({**good, "credentialSubject": {}}, LATER),
    ):
        with pytest.raises(NotProven):
            badges.revoked(text, text_of(bad), at=at)
    settings.PUBLIC_URL = "https://other.example"
    with pytest.raises(NotProven):
        badges.revoked(text, text_of(listed()), at=LATER)


def test_a_credential_without_a_place_cannot_be_looked_up() -> None:
    with pytest.raises(NotProven):
        badges.revoked(text_of(issued()), text_of(listed()), at=LATER)


@pytest.mark.parametrize("entry", [{}, {"type": "Other"}, {"statusListIndex": "-1"}, {"statusListIndex": "131072"}])
def test_a_status_of_another_kind_is_no_credential_of_ours(entry: dict[str, str]) -> None:
    told = {**Place(ADDRESS, 1).entry(), **entry} if entry else {"statusListCredential": ADDRESS}

    with pytest.raises((ValueError, KeyError)):
        status.place_of(told)


@pytest.mark.parametrize("data", [bytes(SIZE // 8 - 1), bytes(SIZE * 100), b""])
def test_a_list_of_another_length_is_none(data: bytes) -> None:
    letters = base64.urlsafe_b64encode(gzip.compress(data)).rstrip(b"=").decode()

    with pytest.raises(ValueError, match="length"):
        status.unpacked(f"u{letters}")
