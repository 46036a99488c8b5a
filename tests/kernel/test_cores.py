"""Each web worker stays on a core of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO

import pytest

WORKER = """
import os, sys, threading
from baixing.kernel import cores
core = cores.stay(cores.OF_CORE + "/topology")  # not where the servers of other tests are
found = []
thread = threading.Thread(target=lambda: found.append(os.sched_getaffinity(0)))
thread.start()
thread.join()
print(core, found[0] == {core}, flush=True)
sys.stdin.read()
"""
SEVERAL = sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
pytestmark = pytest.mark.skipif(not SEVERAL, reason="needs Linux and two cores")


@contextmanager
def worker() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that has chosen its core, what it says of it, until the block ends."""
    process = subprocess.Popen([sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process, pipe(process.stdout).readline().strip()
    finally:
        process.kill()
        process.wait()
        pipe(process.stdin).close()
        pipe(process.stdout).close()


def pipe(end: IO[str] | None) -> IO[str]:
    assert end is not None
    return end


def test_workers_have_cores_of_their_own_and_leave_them_when_killed() -> None:
    free = len(os.sched_getaffinity(0))
    with ExitStack() as stack:
        said = [stack.enter_context(worker()) for _ in range(free + 1)]
        cores = [words for _process, words in said]
        assert len(set(cores[:-1])) == free, "no two on one core"
        assert all(words.endswith(" True") for words in cores[:-1]), "and their threads with them"
        assert cores[-1].startswith("None "), "who finds none free runs anywhere"
        said[0][0].kill()
        said[0][0].wait()
        assert stack.enter_context(worker())[1] == cores[0], "a killed one's core is free again"
