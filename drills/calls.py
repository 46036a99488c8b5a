"""What a process asks of the kernel, in order: writes, syncs and answers, read by strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

WATCHED = "write,writev,pwrite64,pwritev,sendto,sendmsg,fsync,fdatasync"
CALL = re.compile(
    r"^(?P<at>[\d.]+) (?P<name>\w+)\(\d+<(?P<file>[^>]*)>(?P<said>.*) = (?P<got>-?\d+).* <(?P<took>[\d.]+)>$"
)


@dataclass(frozen=True, order=True)
class Call:
    at: float  # seconds since 1970: a sync when it ended, anything else when it began
    name: str
    file: str
    said: str

    @property
    def is_sync(self) -> bool:
        return self.name in {"fsync", "fdatasync"}


def strace(folder: Path) -> tuple[str, ...]:
    """Put before a command: one file a thread in the folder. Installed by apt where it is missing."""
    if not shutil.which("strace"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        subprocess.run([*root, "apt-get", "install", "-y", "-qq", "strace"], capture_output=True, check=True)
    folder.mkdir()
    return (
        "strace",
        "-I",
        "2",
        "-ff",
        "-ttt",
        "-T",
        "-y",
        "-s",
        "2000",
        "-e",
        f"trace={WATCHED}",
        "-o",
        str(folder / "calls"),
    )


def read(*folders: Path) -> list[Call]:
    """All the calls of all the threads, as they happened."""
    files = (file for folder in folders for file in folder.iterdir())
    return sorted(call for file in files for call in _calls(file.read_text(errors="replace").splitlines()))


def _calls(lines: Iterable[str]) -> Iterator[Call]:
    for line in lines:
        if (found := CALL.match(line)) and int(found["got"]) >= 0:
            is_sync = found["name"] in {"fsync", "fdatasync"}
            yield Call(float(found["at"]) + is_sync * float(found["took"]), found["name"], found["file"], found["said"])


@dataclass(frozen=True)
class Told:
    """What stood between one confirmation and the one before it."""

    writes: int
    syncs: int
    unsafe: frozenset[str]  # files written after their last sync

    @property
    def is_safe(self) -> bool:
        return bool(self.writes and self.syncs and not self.unsafe)


def confirmations(calls: Iterable[Call], rows: re.Pattern[str]) -> Iterator[Told]:
    """For each "placed" that left the server: were all writes to the files of the rows on the disk before it?"""
    writes, syncs, unsafe = 0, 0, set[str]()
    for call in calls:
        if rows.search(call.file):
            writes, syncs = writes + (not call.is_sync), syncs + call.is_sync
            unsafe = unsafe - {call.file} if call.is_sync else unsafe | {call.file}
        elif "HTTP/1.1 302" in call.said and "location: /orders/" in call.said.lower():
            yield Told(writes, syncs, frozenset(unsafe))
            writes, syncs = 0, 0
