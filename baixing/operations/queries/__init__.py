"""What an operator asks of an installation."""

from __future__ import annotations

from baixing.operations.queries.doctor import deep_faults, faults, remarks

__all__ = ["deep_faults", "faults", "remarks"]
