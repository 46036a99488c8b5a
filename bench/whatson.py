"""How long the pages of what is on, of sessions, sign-ups and hours take in the city at full size.

`.venv/bin/python -m bench.whatson [rounds]`: looks at the installation in DATA, made by `SIZE=city ./run` or `baixing
seed --size city`; without DATA it makes one first, in var/bench (or where BENCH says). DATABASE_URL names its database
on PostgreSQL. Each page is asked as somebody who may read it, through all the middleware, in this process; by the clock
and, which a busy machine does not change much, by the processor. The slowest first.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from bench.servers import KEPT, ROOT

if TYPE_CHECKING:
    from django.test import Client

    from baixing.people.models import Person

MOST = 250.0  # milliseconds at the 99th percentile
ROUNDS = 100
READ = frozenset({200, 302})


@dataclass
class Page:
    """One address, asked by one person, many times: milliseconds by the clock and of work, and questions."""

    role: str
    address: str
    queries: int = 0
    size: int = 0
    times: list[float] = field(default_factory=list)
    works: list[float] = field(default_factory=list)

    @property
    def late(self) -> float:
        return quantiles(self.times, n=100)[98]

    @property
    def worked(self) -> float:
        return quantiles(self.works, n=100)[98]

    def __str__(self) -> str:
        clock, work = quantiles(self.times, n=100), quantiles(self.works, n=100)
        told = "".join(f"{cut:8.1f}" for cut in (clock[49], clock[98], work[49], work[98]))
        return f"{told}{self.queries:8d}{self.size:8d}  {self.role:10} {self.address}"


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    _start()
    gc.collect()
    gc.freeze()  # as `wsgi.py` does
    print(_sizes())
    found = [
        _measure(role, address, client, rounds)
        for role, client, address in _readings()
        if client.get(address).status_code in READ  # some pages are not there while nothing stands on them
    ]
    found.sort(key=lambda page: -page.worked)
    print("   clock p50, p99    work p50, p99  queries   bytes")
    for page in found:
        print(page)
    late, hard = sum(one.late >= MOST for one in found), sum(one.worked >= MOST for one in found)
    print(f"{len(found)} pages; p99 of {MOST:g} ms or more: {late} by the clock, {hard} by the processor")
    return 1 if hard else 0


def _start() -> None:
    folder = Path(os.environ.get("DATA") or KEPT / "years").resolve()
    os.environ |= {"DATA": str(folder), "DJANGO_SETTINGS_MODULE": "baixing.settings", "BAIXING_DEMO": "1"}
    os.environ |= {"STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    (folder / "static").mkdir(parents=True, exist_ok=True)
    program = str(Path(sys.executable).parent / "baixing")
    subprocess.run([sys.executable, "-m", "tools.keys", str(folder / "keys.env")], check=True, cwd=ROOT)
    for command in (["migrate", "-v0"], ["seed", "--size", "city"]):
        subprocess.run([program, *command], check=True, cwd=ROOT, stdout=sys.stderr)
    import django

    django.setup()


def _readings() -> Iterator[tuple[str, Client, str]]:
    """Who reads what. Nobody, a resident with many sign-ups, the busiest volunteer, staff of four tiers, a leader."""
    from baixing.kernel.calendar import LOCAL, now
    from baixing.network.models import Platform, Unit
    from baixing.schedule.models import Session

    at = now()
    anybody, platforms = _client(None), list(Platform.objects.values_list("pk", flat=True))
    village, county = Unit.objects.tier(1).earliest("pk"), Unit.objects.tier(3).earliest("pk")
    days = [f"{at.astimezone(LOCAL).date() + timedelta(days=ahead):%F}" for ahead in (0, 3, 10)]
    asked = ["", *(f"?day={day}" for day in days), *(f"?platform={pk}" for pk in platforms[:2]), "?free=on", "?age=70"]
    asked += ["?kind=lesson", f"?unit={village.pk}", f"?unit={county.pk}", f"?unit={county.pk}&free=on&age=10"]
    yield from (("anybody", anybody, f"/whats-on/{more}") for more in asked)
    yield from (("anybody", anybody, f"/whats-on/map/{more}") for more in ("", "?free=on", f"?platform={platforms[0]}"))
    units = (village, village.parent, county, county.parent)
    yield from (
        ("anybody", anybody, f"/units/{unit.pk}/{more}") for unit in units if unit for more in ("", "calendar.ics")
    )
    coming = Session.objects.filter(public=True, state="open", start__gt=at).order_by("start")
    over = Session.objects.filter(state="reported").order_by("-start")
    shown = [found.pk for found in (coming.first(), over.first(), over.filter(unit__tier=4).first()) if found]
    yield from (("anybody", anybody, f"/sessions/{pk}/{more}") for pk in shown for more in ("", "calendar.ics"))
    yield from (("anybody", anybody, address) for address in ("/", "/activity-lists/", "/ledger/", "/publicity/"))
    for role, person in _people().items():
        yield from ((role, _client(person), address) for address in _own(role, person))


def _own(role: str, person: Person) -> Iterator[str]:
    """What is for this person alone."""
    from baixing.schedule.models import Session

    yield from ("/", "/whats-on/", "/signups/", "/hours/", "/hours/ledger.json", "/me/calendars/", "/notices/")
    if role in {"resident", "volunteer"}:
        own = person.signups.order_by("-session__start").first()
        yield from (f"/signups/{own.pk}/", f"/sessions/{own.session_id}/") if own else ()
        return
    yield from ("/sessions/run/", "/sessions/today/", "/activities/")
    yield from ("/hours/claims/", "/hours/flags/", "/hours/certificates/")
    post = person.posts.select_related("unit").first()
    run = Session.objects.filter(unit=post.unit) if post else Session.objects.filter(team__leader=person)
    if post:
        yield from ("/today/", f"/units/{post.unit_id}/plan/")
    for state in ("open", "held", "reported"):
        found = run.filter(state=state).order_by("-start").first()
        if found:
            pages = ("", "people/", "roster/", "board/", "closing/", "list/", "call-list/")
            yield from (f"/sessions/{found.pk}/{page}" for page in pages)


def _people() -> dict[str, Person]:
    from django.db.models import Count

    from baixing.hours.models import Record
    from baixing.network.models import Post
    from baixing.people.models import Person
    from baixing.schedule.models import Signup
    from baixing.teams.models import Team

    busiest = Signup.objects.exclude(person=None).values_list("person").annotate(n=Count("pk")).order_by("-n")
    found = {"resident": Person.objects.get(pk=busiest[0][0])}
    found["volunteer"] = Record.objects.select_related("volunteer__person").order_by("-turn")[0].volunteer.person
    for tier in (1, 2, 3, 4):
        posts = Post.objects.filter(unit__tier=tier, kind="staff", until=None).select_related("person")
        found[f"staff {tier}"] = posts.order_by("pk")[0].person
    teams = Team.objects.annotate(n=Count("sessions")).order_by("-n").select_related("leader")
    found["leader"] = teams[0].leader
    return found


def _client(person: Person | None) -> Client:
    """A browser; whoever holds a post has passed the second step."""
    from django.db.models import F
    from django.test import Client

    from baixing.people.models import SignIn

    client = Client(SERVER_NAME="localhost", headers={"accept-language": "zh-hans"}, raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        SignIn.objects.filter(session_key=client.session.session_key).update(proved_at=F("at"))
    return client


def _measure(role: str, address: str, client: Client, rounds: int) -> Page:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    queries = len(asked)
    page = Page(role, address, queries, len(answer.content))
    for _round in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        client.get(address)
        page.times.append((time.perf_counter() - began) * 1000)
        page.works.append((time.process_time() - worked) * 1000)
    return page


def _sizes() -> str:
    from django.db import connection

    from baixing.journal.models import Entry
    from baixing.people.models import Person
    from baixing.schedule.models import Session, Signup

    models = (Session, Signup, Person, Entry)
    counts = [f"{model._base_manager.count():,} {model._meta.verbose_name_plural}" for model in models]
    return f"{connection.vendor}: {', '.join(counts)}"


if __name__ == "__main__":
    sys.exit(main())
