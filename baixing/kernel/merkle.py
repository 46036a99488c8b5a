"""One digest over many leaves, and the way by which a single leaf shows that it is among them (as in RFC 6962)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from baixing.kernel.canonical import canonical

Path = list[list[str]]  # from the leaf up: on which side the other one stands, and its digest
EMPTY = hashlib.sha256(b"").hexdigest()


def leaf(value: object) -> str:
    return hashlib.sha256(b"\0" + canonical(value)).hexdigest()


def root(leaves: Sequence[str]) -> str:
    """The order of the leaves counts. One without a neighbour goes up as it is."""
    row = list(leaves)
    while len(row) > 1:
        row = _up(row)
    return row[0] if row else EMPTY


def path(leaves: Sequence[str], place: int) -> Path:
    found, row = [], list(leaves)
    while len(row) > 1:
        other = place ^ 1
        if other < len(row):
            found.append(["left" if other < place else "right", row[other]])
        row, place = _up(row), place // 2
    return found


def climb(start: str, way: Path) -> str:
    """The root to which this way leads from the leaf."""
    for side, other in way:
        start = _node(other, start) if side == "left" else _node(start, other)
    return start


def _up(row: list[str]) -> list[str]:
    pairs = [_node(*row[n : n + 2]) for n in range(0, len(row) - 1, 2)]
    return pairs + row[len(pairs) * 2 :]


def _node(left: str, right: str) -> str:
    return hashlib.sha256(b"\1" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()
