"""How fast the menu answers, and how often the answer is among the first three.

`.venv/bin/python -m bench.search [items]`: a menu of that many items (500) in a database of its own, asked
all that `tests/menu/spoken.toml` says people ask, each many times; beside it the database's own search for
any of the words. DATABASE_URL names an empty PostgreSQL; without it the database is SQLite.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path
from statistics import median, quantiles

SPOKEN = Path(__file__).parent.parent / "tests" / "menu" / "spoken.toml"
ROUNDS = 20
FIRST = 3


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory(prefix="baixing-bench-") as folder:
        _start(folder)
        from django.db import connection

        count = _menu(size)
        print(f"{count} items on {connection.vendor}, {ROUNDS} rounds of {len(_asked())} questions")
        _tell("baixing", *_measure(_ours))
        _tell(f"{connection.vendor} LIKE", *_measure(_like))


def _start(folder: str) -> None:
    os.environ.update(
        DATA=folder,
        BAIXING_DEMO="1",
        DJANGO_SETTINGS_MODULE="baixing.settings",
        SECRET_KEY="only for a bench",  # noqa: S106 - of a database that is thrown away
        INDEX_KEY="only for a bench",
        FIELD_KEYS="dGVzdHMgc2VhbCB3aXRoIHRoaXMga2V5LCB5b3UgZG8=",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _menu(size: int) -> int:
    """The real menu, and copies of its items under names of other villages until there are so many."""
    from baixing.kernel.calendar import now
    from baixing.menu.actions import load_menu
    from baixing.menu.models import ServiceItem
    from baixing.menu.queries import search_text
    from baixing.network.actions import add_unit, load_tags
    from baixing.network.models import Unit

    load_tags()
    load_menu(add_unit(Unit.Kind.CENTRE, "铜城", None, by=None, at=now()))
    real = list(ServiceItem.objects.order_by("pk"))
    more = []
    for number in range(size - len(real)):
        item = ServiceItem.objects.get(pk=real[number % len(real)].pk)
        item.pk, item.code, item.name = None, f"{item.code}-{number}", f"{item.name}{number // len(real) + 2}组"
        item.search_text = search_text(item)
        more.append(item)
    ServiceItem.objects.bulk_create(more)
    return ServiceItem.objects.count()


def _asked() -> list[dict[str, object]]:
    return list(tomllib.loads(SPOKEN.read_text("utf-8"))["query"])


def _measure(find: Callable[[str, date], list[str]]) -> tuple[list[float], int]:
    """Milliseconds of each answer, and how many questions had a wanted one (or its copy) in front."""
    times, hits = [], 0
    for query in _asked():
        on = date(2026, int(str(query.get("month", 11))), 1)
        find(str(query["text"]), on)
        for _round in range(ROUNDS):
            began = time.perf_counter()
            found = find(str(query["text"]), on)
            times.append((time.perf_counter() - began) * 1000)
        wanted = query["want"]
        assert isinstance(wanted, list)
        hits += any(code.startswith(want) for code in found[:FIRST] for want in wanted) or not (wanted or found)
    return times, hits


def _ours(words: str, on: date) -> list[str]:
    from baixing.menu.queries import find

    return [item.code for item in find(words, None, on)]


def _like(words: str, _on: date) -> list[str]:
    from django.db.models import Q

    from baixing.menu.models import ServiceItem

    parts = reduce(or_, (Q(search_text__icontains=word) for word in words.split()))
    return [item.code for item in ServiceItem.objects.active().with_nouns().filter(parts)[:20]]


def _tell(name: str, times: list[float], hits: int) -> None:
    late = quantiles(times, n=100)
    print(
        f"{name:16} median {median(times):6.2f} ms   95 % {late[94]:6.2f} ms   99 % {late[98]:6.2f} ms   "
        f"slowest {max(times):6.2f} ms   in the first {FIRST}: {hits} of {len(_asked())}"
    )


if __name__ == "__main__":
    main()
