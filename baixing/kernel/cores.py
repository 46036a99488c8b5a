"""A web worker stays on one processor core.

Its threads take turns at Python anyhow (CPython's global interpreter lock), and a turn goes on at every question to the
database. To wake a thread on another core takes longer than the question: 500 people who sign up at once wait a
quarter longer. nginx and uWSGI know the same as worker_cpu_affinity and cpu-affinity.
"""

from __future__ import annotations

import fcntl
import os
import sys
from typing import Final

OF_CORE: Final = "/sys/devices/system/cpu/cpu{core}"


def stay(lock: str = OF_CORE) -> int | None:
    """Run this process, and the threads that it will start, on one core on which no other worker stays.

    `lock` names what a process locks while a core is its own. Gives the core; None where the system has no such thing,
    Python has no such lock, or each core is taken.
    """
    if sys.platform != "linux" or not getattr(sys, "_is_gil_enabled", lambda: True)():
        return None
    cores = sorted(os.sched_getaffinity(0))
    core = next((core for core in cores if _claim(lock.format(core=core))), None) if len(cores) > 1 else None
    if core is not None:
        os.sched_setaffinity(0, {core})
    return core


def _claim(path: str) -> bool:
    """Whether it is ours now, until this process ends, however it ends."""
    try:
        held = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        return False
    return True
