"""What an operator's commands do, over all apps."""

from __future__ import annotations

from baixing.operations.actions.keeping import backup, restore
from baixing.operations.actions.keys import rebuild_indexes, reseal_some
from baixing.operations.actions.ticking import forget, tick

__all__ = ["backup", "forget", "rebuild_indexes", "reseal_some", "restore", "tick"]
