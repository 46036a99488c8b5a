"""How long the worker reckons a what-if over a month of a city, and how much memory it takes.

`DATA=var .venv/bin/python -m bench.what_if [orders]`: in a copy of the demo city that DATA holds (SQLite), after so
many orders of last month are laid over all its villages and services. Seconds at work are those of a core.
"""

from __future__ import annotations

import os
import resource
import secrets
import shutil
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from baixing.network.models import Unit

COPIED = ("baixing.sqlite3", "keys.env")
DAYS = 28
AT_HOME = (0, 1, 2, 3)  # days that a resident gave; with none, any will do


def main() -> None:
    orders = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    with tempfile.TemporaryDirectory(prefix="baixing-bench-") as folder:
        _start(Path(os.environ["DATA"]), Path(folder))
        month = _last_month()
        _lay(orders, month)
        _reckon(month)


def _start(city: Path, folder: Path) -> None:
    for name in COPIED:
        shutil.copy(city / name, folder / name)
    keys = (line.split("=", 1) for line in (folder / "keys.env").read_text("utf-8").splitlines() if "=" in line)
    os.environ |= {name: value.strip("'\"") for name, value in keys}
    os.environ |= {"DATA": str(folder), "BAIXING_DEMO": "1", "DJANGO_SETTINGS_MODULE": "baixing.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _last_month() -> date:
    from baixing.kernel.calendar import now

    return (now().date().replace(day=1) - timedelta(days=1)).replace(day=1)


def _lay(count: int, month: date) -> None:
    """Copies of one that was served, in any village and for any service, with days with gaps between them."""
    from baixing.kernel.calendar import LOCAL
    from baixing.menu.models import ServiceItem
    from baixing.network.models import Unit
    from baixing.orders.models import Order, Window

    dice = Random(1)  # noqa: S311 - an invented month, nothing secret
    villages, items = list(Unit.objects.tier(1)), list(ServiceItem.objects.active())
    model = Order.objects.filter(state=Order.State.CLOSED).exclude(admitted_at=None).earliest("pk")
    columns = {field.attname: getattr(model, field.attname) for field in Order._meta.concrete_fields}
    made = []
    for _ in range(count):
        at = datetime(month.year, month.month, 1, 9, tzinfo=LOCAL) + timedelta(minutes=dice.randrange(DAYS * 24 * 60))
        village, item = dice.choice(villages), dice.choice(items)
        own: dict[str, object] = {
            "id": None,
            "code": secrets.token_hex(8),
            "station_id": village.pk,
            "owner_id": village.pk,
        }
        own |= {"item_id": item.pk, "visit_id": None, "asked_team_id": None, "placed_at": at, "admitted_at": at}
        made.append(Order(**{**columns, **own, "promised_at": at + timedelta(days=7)}))
    windows = []
    for order in Order.objects.bulk_create(made, batch_size=500):
        for day in sorted(dice.sample(range(1, 9), dice.choice(AT_HOME))):
            start = order.placed_at + timedelta(days=day)
            windows.append(Window(order=order, start=start, end=start + timedelta(hours=3)))
    Window.objects.bulk_create(windows, batch_size=1000)
    print(f"{count} orders, {len(windows)} days, {len(villages)} villages, {len(items)} services")


def _reckon(month: date) -> None:
    from baixing.dispatching import actions
    from baixing.dispatching.actions.reckoning import work
    from baixing.dispatching.models import WhatIf
    from baixing.dispatching.rules.changes import Changes, More
    from baixing.kernel.calendar import now
    from baixing.network.models import Post, Unit
    from baixing.teams.models import Skill

    top = Unit.objects.get(parent=None, tier=4)
    head = Post.objects.filter(unit=top, kind=Post.Kind.HEAD).earliest("pk").person
    more = More(Skill.objects.earliest("pk").pk, _county(top).pk, 2, 2, 6)
    asked = actions.ask_what_if(top, month, Changes(more=(more,), weights={"wait": 10}), by=head, at=now())
    clock, core = time.monotonic(), time.process_time()
    work(now)
    told = (time.process_time() - core, time.monotonic() - clock, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    made = WhatIf.objects.get(pk=asked.pk)
    print(f"{told[0]:.1f} s at work, {told[1]:.1f} s by the clock, most memory {told[2] // 1024} MB")
    total = made.found["changed"]["total"]
    print(f"{made.state}, proven {made.proven}, {made.cost} and {made.changed_cost} points, {total}")


def _county(top: Unit) -> Unit:
    from baixing.network.models import Unit

    return Unit.objects.filter(parent=top, tier=3).earliest("pk")


if __name__ == "__main__":
    main()
