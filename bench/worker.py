"""What one web worker needs: memory once it has shown every page, and the time until Django is set up.

`.venv/bin/python -m bench.worker`: an installation of its own with the demo city on SQLite, one granian worker with
one thread, every public page and every page of a signed-in resident asked three times; then `django.setup` in ten
fresh processes, as wsgi.py does it, that find bytecode, as after the first start of an installation. BENCH names the
folder that keeps what is made once (var/bench), PORT the port (8163).
"""

from __future__ import annotations

import os
import subprocess
import sys
from statistics import median

from bench import town
from bench.load import Where, once, request
from bench.servers import granian, memory, serving

MOST_MB, MOST_SECONDS = 90.0, 0.5
ROUNDS = 10
WHERE: Where = ("127.0.0.1", int(os.environ.get("PORT", "8163")))
SET_UP = "import gc, time; gc.disable(); a=time.perf_counter(), time.process_time(); import django; django.setup(); \
b=time.perf_counter(), time.process_time(); print(b[0]-a[0], b[1]-a[1])"


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as ./run does: else each process compiles all that it loads
    said = town.environment("worker")
    script = [sys.executable, "-m", "bench.prepare", "2"]
    done = subprocess.run(script, env={**os.environ, **said}, check=True, stdout=subprocess.PIPE, text=True)
    _codes, session, *_more = done.stdout.split()
    with serving(granian(WHERE), WHERE, said) as pid:
        asked = _pages(said)
        for _round in range(3):
            seen = [
                once(WHERE, request("GET", page, WHERE, Cookie=who))[0] for page in asked for who in _readers(session)
            ]
        print(f"{len(asked)} pages, each as a stranger and as a resident; {sum(code < 400 for code in seen)} shown")  # noqa: PLR2004 - 4xx
        for one, (pss, rss) in memory(pid).items():
            print(f"  process {one}: {pss:.0f} MB of its own (PSS), {rss:.0f} MB with what it shares (RSS)")
        worst = max(pss for pss, _rss in memory(pid).values())
        print(f"the worker: {worst:.0f} MB (<= {MOST_MB:g}: {'holds' if worst <= MOST_MB else 'DOES NOT HOLD'})")
    _set_up(said)


def _set_up(said: dict[str, str]) -> None:
    settings = {**os.environ, **said, "DJANGO_SETTINGS_MODULE": "baixing.settings", **_keys()}
    told = [subprocess.check_output([sys.executable, "-c", SET_UP], env=settings, text=True) for _ in range(ROUNDS)]
    pairs = [tuple(map(float, line.split())) for line in told]
    wall, work = (median(pair[n] for pair in pairs) for n in (0, 1))
    holds = "holds" if work <= MOST_SECONDS else "DOES NOT HOLD"
    print(f"django.setup: {work:.2f} s of work, {wall:.2f} s by the clock (<= {MOST_SECONDS:g}: {holds})")


def _keys() -> dict[str, str]:
    from bench import settings

    return {
        "SECRET_KEY": settings.SECRET_KEY,
        "INDEX_KEY": "x",
        "FIELD_KEYS": settings.FIELD_KEYS[0],
        "BAIXING_DEMO": "1",
    }


def _readers(session: str) -> tuple[str, str]:
    """The cookies of a stranger and of a resident."""
    return "theme=", f"session={session}"


def _pages(said: dict[str, str]) -> list[str]:
    """All that a resident may ask for, by the addresses of the system itself."""
    os.environ.update(said)
    import django

    django.setup()
    from bench import readers

    return sorted({one.address for one in readers.pages() if one.role in {"stranger", "resident"}})


if __name__ == "__main__":
    main()
