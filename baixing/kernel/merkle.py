"""One digest over many leaves, and the way by which a single leaf shows that it is among them (as in RFC 6962)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from baixing.kernel.canonical import canonical

Path = list[list[str]]  # from the leaf up: on which side the other one stands, and its digest
SIZE = 32  # bytes of a digest
EMPTY = hashlib.sha256(b"").hexdigest()


def leaf(value: object) -> str:
    return hashlib.sha256(b"\0" + canonical(value)).hexdigest()


@dataclass(frozen=True)
class Tree:
    """All digests from the leaves up, row by row, in as few bytes as they have: four million for sixty thousand."""

    rows: tuple[bytes, ...]

    @classmethod
    def over(cls, leaves: Sequence[str]) -> Tree:
        """The order of the leaves counts. One without a neighbour goes up as it is."""
        rows = [b"".join(map(bytes.fromhex, leaves))]
        while len(rows[-1]) > SIZE:
            rows.append(_up(rows[-1]))
        return cls(tuple(rows))

    @property
    def root(self) -> str:
        return self.rows[-1].hex() or EMPTY

    def path(self, place: int) -> Path:
        found: Path = []
        for row in self.rows[:-1]:
            other = place ^ 1
            if beside := row[other * SIZE : (other + 1) * SIZE]:
                found.append(["left" if other < place else "right", beside.hex()])
            place //= 2
        return found


def root(leaves: Sequence[str]) -> str:
    return Tree.over(leaves).root


def path(leaves: Sequence[str], place: int) -> Path:
    return Tree.over(leaves).path(place)


def climb(start: str, way: Path) -> str:
    """The root to which this way leads from the leaf."""
    for side, other in way:
        pair = (other, start) if side == "left" else (start, other)
        start = _node(b"".join(map(bytes.fromhex, pair))).hex()
    return start


def _up(row: bytes) -> bytes:
    whole = len(row) // (2 * SIZE) * 2 * SIZE
    return b"".join(_node(row[n : n + 2 * SIZE]) for n in range(0, whole, 2 * SIZE)) + row[whole:]


def _node(pair: bytes) -> bytes:
    return hashlib.sha256(b"\1" + pair).digest()
