"""What the words of a credential mean: documents of W3C and 1EdTech that are kept here and never asked of the network.

Who changes what a word means changes what was signed, so there are these and no others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "contexts"
VC: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
DATA_INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"
FILES: Final[Mapping[str, str]] = {
    VC: "credentials-v2.jsonld",
    OPEN_BADGES: "open-badges-3.0.3.jsonld",
    DATA_INTEGRITY: "data-integrity-v2.jsonld",
}
Loaded = dict[str, object]
Loader = Callable[[str, Mapping[str, object]], Loaded]


class UnknownContextError(Exception):
    """A document names a context that is not kept here."""


def kept(address: str, _options: Mapping[str, object]) -> Loaded:
    """What PyLD asks for: the context of this address."""
    return loaded(address, context(address))


def loaded(address: str, document: object) -> Loaded:
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": document,
        "contentType": "application/ld+json",
    }


@cache
def context(address: str) -> object:
    if address not in FILES:
        raise UnknownContextError(address)
    return json.loads((FOLDER / FILES[address]).read_text("utf-8"))
