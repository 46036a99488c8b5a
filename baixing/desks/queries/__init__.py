"""What each role's home shows, gathered from several apps."""

from __future__ import annotations

from baixing.desks.queries.office import board, desk, inbox, of_note, offices, shelves
from baixing.desks.queries.public import front, kept, unit_page

__all__ = ["board", "desk", "front", "inbox", "kept", "of_note", "offices", "shelves", "unit_page"]
