"""Which languages and dialects residents asked for, and which teams speak them, as the solver takes it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from baixing.orders.models import Order


def speeches(orders: Sequence[Order], speak: Sequence[Collection[str] | None]) -> dict[str, NDArray[Any]]:
    """`speak` is what each team speaks, None where it is whatever is asked for. Nothing where nobody asks."""
    asked = sorted({order.speech for order in orders} - {""})
    if not asked:
        return {}
    speaks = [[own is None or one in own for one in asked] for own in speak]
    language = [asked.index(order.speech) if order.speech else -1 for order in orders]
    return {
        "speaks": np.array(speaks, bool).reshape(len(speak), len(asked)),
        "language": np.array(language, np.int64),
    }
