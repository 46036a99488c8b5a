"""What an operator's commands do, over all apps."""

from __future__ import annotations

from baixing.operations.actions.keys import rebuild_indexes, reseal_some
from baixing.operations.actions.ticking import forget, tick

__all__ = ["forget", "rebuild_indexes", "reseal_some", "tick"]
