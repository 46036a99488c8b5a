"""Earlier worlds: files of arrays in a folder."""

from __future__ import annotations

from pathlib import Path

from baixing.matching.soundness import Malformed
from baixing.matching.world import World

ENOUGH = 12  # the last of them, by name: more tell little that is new


def earlier_worlds(folder: Path, world: World) -> list[World]:
    """Of the same items; a file that is no world is named."""
    if not folder.is_dir():
        raise Malformed(f"{folder} is no folder")
    return [_read(path, world) for path in sorted(folder.glob("*.npz"))[-ENOUGH:]]


def _read(path: Path, world: World) -> World:
    try:
        found = World.read(path)
    except Malformed as error:
        raise Malformed(f"{path}: {error}", error.array, error.row) from error
    if found.serves.shape[1] != world.serves.shape[1]:
        raise Malformed(f"{path}: serves has {found.serves.shape[1]} items, not {world.serves.shape[1]}", "serves")
    return found
