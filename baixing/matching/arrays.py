"""The kinds of array that are spoken of here, and small deeds on them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[Any]
LARGEST = 2**62
TOUCHING = 1e-9  # km that a team may go too far, for the sake of rounding


def spread(starts: Ints, counts: Ints) -> Ints:
    """starts[0], starts[0] + 1, … (counts[0] of them), then those of starts[1], and so on."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(starts - ends + counts, counts)


def rank_within(group: Ints, key: Ints) -> Ints:
    """Of each row its place in its group, the smallest key first."""
    order = _by_both(group, key)
    begins = np.flatnonzero(np.diff(group[order], prepend=-1))
    rank = np.empty(len(group), np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(begins, np.diff(begins, append=len(group)))
    return rank


def _by_both(group: Ints, key: Ints) -> Ints:
    """By group, then by key: one sort where both fit into one number, which is several times as fast."""
    if not len(group):
        return group
    low, span = int(key.min()), int(key.max()) - int(key.min()) + 1
    if (int(group.max()) + 1) * span < LARGEST:
        return np.argsort(group * span + (key - low))
    return np.lexsort((key, group))


def road_km(place: Floats, home: Floats, road: float) -> Floats:
    """Kilometres of road between points of two arrays whose last axis is x and y."""
    apart = place - home
    return np.hypot(apart[..., 0], apart[..., 1]) * road
