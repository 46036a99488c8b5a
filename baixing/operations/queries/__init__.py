"""What an operator asks of an installation."""

from __future__ import annotations

from baixing.operations.queries.deep import deep_faults
from baixing.operations.queries.installation import faults, remarks

__all__ = ["deep_faults", "faults", "remarks"]
