"""Which bytes are signed: what a document says as RDF, in the one order and with the one set of names of RDFC-1.0."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Final

from pyld import jsonld
from pyld.canon import URDNA2015

from baixing.kernel.credentials.contexts import Loader, UnknownContextError, kept

Document = Mapping[str, object]
N_QUADS: Final = {"format": "application/n-quads"}
MOST_STEPS: Final = 200  # between nodes without a name; ours take none
MOST_ALIKE: Final = 5  # such nodes beside each other: each more multiplies the work by their number
# PyLD was written for well-meant documents, so whatever it stumbles over is the document's fault.
FAULTS: Final = (
    jsonld.JsonLdError,
    UnknownContextError,
    RecursionError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
)
_one_at_a_time = Lock()  # PyLD keeps what it has read of contexts in a cache that threads may not share


class CannotBeReadError(Exception):
    """It is no JSON-LD, names a context that is not kept here, or is built so that reading it would take for ever."""


def canonical(document: Document, load: Loader = kept) -> str:
    """All that it says, a line each, as N-Quads."""
    with _one_at_a_time:
        try:
            said = jsonld.to_rdf(dict(document), {"documentLoader": load})
            lines = str(_Bounded().main(said, N_QUADS))
            lines.encode()  # half a letter is none
        except FAULTS as error:
            raise CannotBeReadError(str(error)) from error
    return lines


def says_all(document: Document, load: Loader = kept) -> bool:
    """Whether everything that is written in it is among what is signed.

    A word that no context knows is passed over when a document is read, so that it could be put in afterwards.
    """
    with _one_at_a_time:
        try:
            again = jsonld.compact(dict(document), document["@context"], {"documentLoader": load})
        except FAULTS as error:
            raise CannotBeReadError(str(error)) from error
    return _bare(again) == _bare(document)


def _bare(thing: object) -> object:
    """Alike for what means the same: one thing and a list of it."""
    if isinstance(thing, list):
        return _bare(thing[0]) if len(thing) == 1 else [_bare(one) for one in thing]
    if isinstance(thing, Mapping):
        return {name: _bare(one) for name, one in thing.items()}
    return thing


class _Bounded(URDNA2015):  # type: ignore[misc]  # PyLD says no types
    """Nodes that differ in nothing are told apart by trying all orders of them: a few hundred bytes, a few years."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0

    def create_hash_to_related(self, id_: str, issuer: object) -> dict[str, list[str]]:
        found: dict[str, list[str]] = super().create_hash_to_related(id_, issuer)
        self.steps += 1
        if self.steps > MOST_STEPS or max(map(len, found.values()), default=0) > MOST_ALIKE:
            raise CannotBeReadError("too many nodes that differ in nothing")
        return found
