from __future__ import annotations

from baixing.operations.actions.keeping import backup, restore
from baixing.operations.actions.ticking import tick

__all__ = ["backup", "restore", "tick"]
