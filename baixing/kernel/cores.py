"""A web worker stays on one processor core.

Its threads take turns at Python anyhow (CPython's global interpreter lock), and a turn goes on at every question to the
database. To wake a thread on another core takes longer than the question: 500 people who sign up at once wait a
quarter longer. nginx and uWSGI know the same as worker_cpu_affinity and cpu-affinity.
"""

from __future__ import annotations

import os
import socket
import sys

_held: list[socket.socket] = []  # as long as this process lives


def stay(among: str = "baixing") -> int | None:
    """Run this process, and the threads that it will start, on one core that no other worker among these has.

    Gives the core; None where the system has no such thing, Python has no such lock, or each core is taken.
    """
    if sys.platform != "linux" or not getattr(sys, "_is_gil_enabled", lambda: True)():
        return None
    cores = os.sched_getaffinity(0)
    if len(cores) == 1:
        return None
    core = next((core for core in sorted(cores) if _claim(f"{among}-core-{core}")), None)
    if core is not None:
        os.sched_setaffinity(0, {core})
    return core


def _claim(name: str) -> bool:
    """By a name that the kernel gives to one process at a time, and takes back when it ends, however it ends."""
    claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        claim.bind(f"\0{name}")
    except OSError:
        claim.close()
        return False
    _held.append(claim)
    return True
