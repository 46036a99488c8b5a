"""Byte for byte what 1EdTech and W3C published, and what the contexts that we keep are copies of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from baixing.kernel.credentials import canon, contexts, keys, multibase, proofs
from tests.kernel.credentials import published
from tests.kernel.credentials.published import CREDENTIAL, METHOD, PROOF, of_their_day

SIGNED_AT = datetime(2010, 1, 1, 19, 23, 24, tzinfo=UTC)
XSD_STRING = "^^<https://www.w3.org/2001/XMLSchema#string>"


def test_key_of_1edtech_is_written_as_it_writes_it() -> None:
    secret = multibase.encode(keys.SECRET + bytes.fromhex(published.SECRET))

    assert keys.public_of(secret) == published.PUBLIC


def test_document_and_proof_of_1edtech_have_its_digests() -> None:
    document = canon.canonical(CREDENTIAL, of_their_day)
    proof = canon.canonical({"@context": CREDENTIAL["@context"], **PROOF}, of_their_day)

    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (document, proof)]
    assert digests == [published.DOCUMENT_HASH, published.PROOF_HASH]
    assert proofs.to_sign(CREDENTIAL, PROOF, of_their_day).hex() == published.PROOF_HASH + published.DOCUMENT_HASH


def test_signature_of_1edtech_is_ours_byte_for_byte() -> None:
    secret = multibase.encode(keys.SECRET + bytes.fromhex(published.SECRET))

    signature = keys.sign(secret, proofs.to_sign(CREDENTIAL, PROOF, of_their_day))

    assert (signature.hex(), multibase.encode(signature)) == (published.SIGNATURE, published.PROOF_VALUE)


def test_credential_that_1edtech_signed_is_proven_and_another_is_not() -> None:
    signed = {**CREDENTIAL, "proof": {**PROOF, "proofValue": published.PROOF_VALUE}}

    method = proofs.check_proof(signed, {METHOD: published.PUBLIC}.__getitem__, load=of_their_day)

    assert method == METHOD
    with pytest.raises(proofs.NotProven):
        proofs.check_proof(
            {**signed, "name": "Teamwork badge"}, {METHOD: published.PUBLIC}.__getitem__, load=of_their_day
        )


def test_canonical_form_of_its_credential_in_vc_2_is_the_published_one() -> None:
    """What the older form says, in the newer words."""
    document = {name: value for name, value in CREDENTIAL.items() if name != "issuanceDate"}
    document |= {"@context": [contexts.VC, contexts.OPEN_BADGES], "validFrom": CREDENTIAL["issuanceDate"]}

    lines = canon.canonical(document)

    older = canon.canonical(CREDENTIAL, of_their_day).replace(XSD_STRING, "").replace("#issuanceDate", "#validFrom")
    newer = older.replace(
        "vocab.html#Achievement> <https://example.com", "vocab.html#achievement> <https://example.com"
    )
    assert lines == "".join(sorted(newer.splitlines(keepends=True)))
    assert hashlib.sha256(lines.encode()).hexdigest() == published.VC_2_CANONICAL


def test_alumni_credential_of_w3c_is_signed_byte_for_byte() -> None:
    at = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
    document = published.W3C_CREDENTIAL
    bare = {**PROOF, "created": proofs.said(at), "verificationMethod": published.W3C_METHOD}

    data = proofs.to_sign(document, bare, of_their_day)

    assert data.hex() == published.W3C_TO_SIGN
    assert multibase.encode(keys.sign(published.W3C_SECRET, data)) == published.W3C_PROOF_VALUE
    assert keys.public_of(published.W3C_SECRET) == published.W3C_PUBLIC


@pytest.mark.parametrize(
    ("address", "file"),
    [
        (contexts.VC, "@digitalbazaar/credentials-context/contexts/v2.jsonld"),
        (contexts.DATA_INTEGRITY, "@digitalbazaar/data-integrity-context/contexts/data-integrity-v2.jsonld"),
        (contexts.OPEN_BADGES, f"{published.BADGES}/context-3.0.3.js"),
    ],
)
def test_contexts_that_we_keep_are_those_that_others_keep(address: str, file: str) -> None:
    assert contexts.context(address) == published.in_package(file)


def test_no_other_context_is_kept_and_none_is_asked_for() -> None:
    document: Mapping[str, object] = {
        "@context": "https://www.w3.org/2018/credentials/v1",
        "type": "VerifiableCredential",
    }

    with pytest.raises(canon.CannotBeReadError):
        canon.canonical(document)
