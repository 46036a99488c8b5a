from __future__ import annotations

from baixing.orders.rules.life import LIFE
from baixing.orders.rules.standing import Standing

__all__ = ["LIFE", "Standing"]
