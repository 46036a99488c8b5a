"""Data Integrity proofs of the cryptosuite `eddsa-rdfc-2022` (W3C vc-data-integrity, vc-di-eddsa)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.kernel.credentials import keys, multibase
from baixing.kernel.credentials.contexts import Loader, kept
from baixing.kernel.refusals import Unfit

SUITE: Final = "eddsa-rdfc-2022"
KIND: Final = "DataIntegrityProof"
PURPOSE: Final = "assertionMethod"
MEMBERS: Final = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
Document = Mapping[str, object]
KeyOf = Callable[[str], str]  # the public key that an issuer names so; empty when we know none


class NotProven(Unfit):
    """What is shown is not what was signed, or nobody whom we know signed it."""

    words = _("This is not as it was issued. It has been changed, or somebody else made it.")


def with_proof(document: Document, secret: str, method: str, *, at: datetime) -> dict[str, object]:
    """The same, signed. `method` is the name under which the issuer shows the public half of the key."""
    proof: dict[str, object] = {
        "type": KIND,
        "cryptosuite": SUITE,
        "created": said(at),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    value = multibase.encode(keys.sign(secret, to_sign(document, proof)))
    return {**document, "proof": {**proof, "proofValue": value}}


def check_proof(document: Document, key_of: KeyOf, *, load: Loader = kept) -> str:
    """The name of the key that signed it; refuses when none did that we know."""
    from baixing.kernel.credentials import canon  # heavy: see the package

    proof = document.get("proof")
    if not isinstance(proof, Mapping) or not _is_ours(proof):
        raise NotProven(_("There is no proof in this that we can check."))
    method = str(proof["verificationMethod"])
    if not (public := key_of(method)):
        raise NotProven(_("This was signed with a key that we do not know."))
    bare = {name: value for name, value in document.items() if name != "proof"}
    try:
        data = to_sign(bare, {name: value for name, value in proof.items() if name != "proofValue"}, load)
    except canon.CannotBeReadError as error:
        raise NotProven(_("This cannot be read as a credential.")) from error
    if not keys.signed(public, _signature(proof), data):
        raise NotProven
    return method


def check_whole(document: Document, *, load: Loader = kept) -> None:
    """Refuse what holds something that is not signed, because it means nothing in the words of its contexts."""
    from baixing.kernel.credentials import canon  # heavy: see the package

    try:
        whole = canon.says_all({name: value for name, value in document.items() if name != "proof"}, load)
    except canon.CannotBeReadError as error:
        raise NotProven(_("This cannot be read as a credential.")) from error
    if not whole:
        raise NotProven


def to_sign(document: Document, proof: Document, load: Loader = kept) -> bytes:
    """Two digests one after the other: of what is said of the proof, and of the document."""
    from baixing.kernel.credentials import canon  # heavy: see the package

    texts = (canon.canonical({"@context": document.get("@context"), **proof}, load), canon.canonical(document, load))
    return b"".join(hashlib.sha256(text.encode()).digest() for text in texts)


def said(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _is_ours(proof: Mapping[object, object]) -> bool:
    fixed = (proof.get("type"), proof.get("cryptosuite"), proof.get("proofPurpose"))
    return set(proof) == MEMBERS and fixed == (KIND, SUITE, PURPOSE)


def _signature(proof: Mapping[object, object]) -> bytes:
    try:
        return multibase.decode(str(proof["proofValue"]))
    except ValueError:
        return b""
