"""The city at full size, a thousand times smaller: true in every row, the same each time, whole or not there at all."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Sum

from baixing.demo import rules
from baixing.demo.actions import NotHere, seed
from baixing.demo.actions.years import CITY, Scale, live_through
from baixing.demo.actions.years.people import shares_of
from baixing.demo.actions.years.tables import bare
from baixing.demo.management.progress import Progress
from baixing.demo.rules import Size, Stage
from baixing.hours.models import HoursEntry, LedgerRoot
from baixing.journal.models import Entry
from baixing.kernel.calendar import LOCAL
from baixing.network.actions import add_unit
from baixing.network.models import Platform, Post, Task, Unit
from baixing.operations.queries import deep_faults
from baixing.people.actions import enrol
from baixing.people.models import Person
from baixing.schedule.models import Attendance, Role, Session, Signup
from tests.emptying import lifted

pytestmark = pytest.mark.both

AT = datetime(2026, 11, 25, 15, 20, tzinfo=LOCAL)  # a Wednesday
LONG = timedelta(days=1200)
SMALL = CITY.of(1000)
K = Unit.Kind
CASTS = re.compile(r"::[a-z ]+(\[\])?|ARRAY|[()\[\] ]")  # which PostgreSQL writes in another way when it reads its own
CHAIN = ((K.CENTRE, "白银市"), (K.CENTRE, "白银区"), (K.INSTITUTE, "王岘镇"), (K.STATION, "雒家滩村"))


def quiet(_stage: Stage, _share: float) -> None:
    """Nobody waits for it."""


@pytest.fixture
def tree(db: None) -> list[Unit]:
    """A city, a county, a township, two villages; somebody works in each."""
    for row in rules.data("years")["kind"]:
        Platform.objects.get_or_create(slug=row["platform"], defaults={"name": row["platform"]})
        Task.objects.get_or_create(slug=row["task"], defaults={"name": row["task"]})
    units: list[Unit] = []
    for kind, name in CHAIN:
        units.append(add_unit(kind, name, units[-1] if units else None, by=None, at=AT - LONG))
    units.append(add_unit(K.STATION, "三合社区", units[2], by=None, at=AT - LONG))
    for number, unit in enumerate(units):
        person = enrol(f"工{number}", rules.phone(number), None, at=AT - LONG, by=None, demo=True)
        Post.objects.create(person=person, unit=unit, kind=Post.Kind.STAFF, since=AT - LONG)
    head = enrol("高", rules.phone(99), None, at=AT - LONG, by=None, demo=True)
    Post.objects.create(person=head, unit=units[0], kind=Post.Kind.HEAD, since=AT - LONG)
    return units


@pytest.fixture
def years(tree: list[Unit]) -> Scale:
    live_through(SMALL, at=AT, tell=quiet)
    return SMALL


def test_it_is_as_large_as_it_says(years: Scale) -> None:
    sizes = (Session.objects.count(), Signup.objects.count(), Person.objects.exclude(born=None).count())

    assert sizes == (years.sessions, years.signups, years.residents) == (68, 2000, 170)
    assert set(Session.objects.values_list("state", flat=True)) >= {"reported", "open"}
    assert HoursEntry.objects.count() > 100
    assert LedgerRoot.objects.count() >= 20


def test_the_doctor_finds_nothing_in_it(years: Scale) -> None:
    assert list(deep_faults(AT)) == []


def test_nothing_of_it_happens_after_now(years: Scale) -> None:
    assert not Entry.objects.filter(at__gt=AT).exists()
    assert not Session.objects.filter(state__in=("held", "reported"), start__gt=AT).exists()
    assert not Session.objects.filter(state="open", start__lte=AT).exists()


def test_nobody_is_in_two_places_at_once(years: Scale) -> None:
    own: dict[int, list[tuple[datetime, datetime]]] = {}
    rows = Signup.objects.exclude(person=None).order_by("session__start", "session__end")
    for person, start, end in rows.values_list("person", "session__start", "session__end"):
        own.setdefault(person, []).append((start, end))

    assert not [one for spans in own.values() for one, two in pairwise(spans) if two[0] < one[1]]


PLANTED: dict[str, tuple[Callable[[], object], str]] = {
    "seats": (lambda: Role.objects.filter(taken__gt=1).update(taken=1), "seats are taken, and"),
    "nobody came": (lambda: Attendance.objects.filter(left_at=None).delete(), "nothing says when"),
    "somebody came": (lambda: Signup.objects.filter(state="attended").update(state="absent"), "somebody came with it"),
    "sign-up": (
        lambda: Signup.objects.filter(state="absent").update(state="lapsed"),
        "is lapsed, and its journal says",
    ),
    "session": (lambda: Session.objects.filter(state="reported").update(state="held"), "is held, and its journal says"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_wrong_count_is_found(years: Scale, fault: str) -> None:
    plant, words = PLANTED[fault]
    with lifted(connection):
        plant()

    assert [said for said in deep_faults(AT) if words in said]


def test_it_is_the_same_each_time(tree: list[Unit]) -> None:
    def told() -> list[tuple[object, ...]]:
        with transaction.atomic():
            live_through(SMALL, at=AT, tell=quiet)
            rows = Signup.objects.order_by("code").values_list("code", "state", "at", "session__title", "person__name")
            found = [*rows, *HoursEntry.objects.order_by("pk").values_list("minutes", "seq", "at", "days")]
            transaction.set_rollback(True)
        return found

    assert told() == told()


def test_who_is_killed_half_way_leaves_nothing(tree: list[Unit]) -> None:
    def killed(stage: Stage, _share: float) -> None:
        if stage == Stage.HOURS:
            raise KeyboardInterrupt

    before, people = _indexes(), Person.objects.count()
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        live_through(SMALL, at=AT, tell=killed)

    assert (_indexes(), Person.objects.count(), Session.objects.count()) == (before, people, 0)


def test_what_was_lifted_is_laid_again_to_the_letter(db: None) -> None:
    before = _indexes()
    with transaction.atomic(), bare(Signup, Entry, HoursEntry):
        meanwhile = _indexes()

    assert _indexes() == before > meanwhile


def _indexes() -> set[tuple[str, str]]:
    """Every index, unique rule and foreign key that there is."""
    ask = "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
    if connection.vendor == "postgresql":
        ask = (
            "SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0"
            " UNION SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        )
    with connection.cursor() as cursor:
        cursor.execute(ask)
        return {(name, CASTS.sub("", said or "")) for name, said in cursor.fetchall()}


def test_a_real_city_is_left_alone(db: None) -> None:
    add_unit(K.CENTRE, "白银市", None, by=None, at=AT)

    with pytest.raises(NotHere):
        seed(at=AT, tell=quiet)

    assert not Person.objects.exists()


def test_a_small_city_does_not_become_a_large_one(db: None) -> None:
    enrol("金禾", rules.phone(1), None, at=AT, by=None, demo=True)

    with pytest.raises(SystemExit):
        call_command("seed", size="city", stderr=io.StringIO())

    assert seed(at=AT, tell=quiet) is False


def test_the_whole_is_shared_out_to_the_last() -> None:
    assert shares_of(10, [1, 1, 1]) == [3, 4, 3]
    assert sum(shares_of(2_000_000, [0.1 * n for n in range(1, 68_000)])) == 2_000_000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("lang", "words"), [("zh_CN.UTF-8", "场次与报名"), ("en_GB.UTF-8", "sessions and sign-ups")])
def test_how_far_it_is_is_told_in_the_readers_language(lang: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", lang)
    out = Terminal()
    progress = Progress(Size.CITY, out)
    progress.began -= 60
    progress(Stage.SESSIONS, 0.5)

    assert words in out.getvalue()
    assert ("还需约 1 分" if lang.startswith("zh") else "1 min ") in out.getvalue()


def test_heads_are_those_of_the_report(years: Scale) -> None:
    session = Session.objects.filter(state="reported").earliest("pk")
    line = Entry.objects.of(session).get(verb="report")

    came = Attendance.objects.filter(session=session, came=True).aggregate(heads=Sum("heads"))["heads"]
    assert line.facts == {"came": came}
