"""A city after years of use: 1,858 teams, 200,000 orders with their whole journals, a million lines, made once.

The orders of the demo city, each of which really lived its way to its state, are lived again by other residents,
teams and villages on other days: with their offers, visits, ratings, words and chained journal lines, so that `baixing
doctor --deep` finds no fault in them. No team is in two places at once: each of its visits has a day of its own.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, islice
from random import Random
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max

ORDERS, RESIDENTS, LINES = 200_000, 40_000, 1_000_000
CHUNK = 1000
LIVE_SHARE = 0.06
OLD = timedelta(days=40)  # before the demo's own days


def grow(orders: int = ORDERS) -> None:
    """Add what is missing, with a line on standard error for each ten thousand orders."""
    from baixing.orders.models import Order

    there = Order.objects.count()
    if there >= orders:
        return
    print(f"{connection.vendor}: a city of {orders} orders, some minutes", file=sys.stderr, flush=True)
    world = _World.read()
    numbers = iter(range(orders - there))
    while chunk := list(islice(numbers, CHUNK)):
        with transaction.atomic():
            _add(world, len(chunk))
        if chunk[-1] % 10_000 >= 10_000 - CHUNK:
            print(f"  {there + chunk[-1] + 1} orders", file=sys.stderr, flush=True)
    _finish()


class _Stencil:
    """One row as the database keeps it, to be written again on another day with some columns changed."""

    def __init__(self, row: models.Model) -> None:
        self.model, self.row = type(row), row
        fields = row._meta.concrete_fields
        self.base = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        self.at = {field.attname: number for number, field in enumerate(fields)}
        moments = ((n, getattr(row, f.attname)) for n, f in enumerate(fields) if isinstance(f, models.DateTimeField))
        self.moments: list[tuple[int, datetime]] = [(number, at) for number, at in moments if at is not None]

    def again(self, by: timedelta, **changes: object) -> list[object]:
        values = self.base[:]
        for number, at in self.moments:
            values[number] = adapted(at + by)
        for name, value in changes.items():
            values[self.at[name]] = value
        return values

    def moved(self, names: Sequence[str], by: timedelta) -> dict[str, object]:
        """These moments, on another day than the rest of the row."""
        return {name: adapted(getattr(self.row, name) + by) for name in names if getattr(self.row, name) is not None}


def adapted(at: datetime) -> object:
    return connection.ops.adapt_datetimefield_value(at)


@dataclass
class _Life:
    """An order of the demo with all that hangs on it."""

    order: Any
    stencil: _Stencil
    visit: _Stencil | None
    hanging: list[_Stencil]  # windows, offers, ratings
    named: list[_Stencil]  # for the visit
    lines: list[tuple[Any, _Stencil, _Stencil | None]]  # each with its words


@dataclass
class _World:
    dice: Random
    ended: list[_Life]
    live: list[_Life]
    teams: list[Any]
    by_home: dict[int, list[int]]  # residents of a village
    stations: dict[str, list[Any]]  # below a path
    units: dict[str, Any]  # by path
    notice: _Stencil
    keys: dict[type[models.Model], count[int]]
    days: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # taken by a team

    @classmethod
    def read(cls) -> _World:
        from django.apps import apps

        from baixing.network.models import Unit
        from baixing.notices.models import Notice
        from baixing.orders.models import Order
        from baixing.teams.models import Team

        lives = _lives()
        stations, units = defaultdict(list), {unit.path: unit for unit in Unit.objects.all()}
        for unit in units.values():
            for path in unit.line() if unit.tier == 1 else ():
                stations[path].append(unit)
        by_home = _residents(stations)
        first = {model: 1 + (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) for model in _kept(apps)}
        return cls(
            dice=Random(1858),  # noqa: S311 - the same city each time, nothing secret
            ended=[life for life in lives if not life.order.is_live],
            live=[life for life in lives if life.order.is_live],
            teams=[team for team in Team.objects.active().select_related("home") if stations[team.home.path]],
            by_home=by_home,
            stations=stations,
            units=units,
            notice=_Stencil(Notice.objects.filter(kind="order.placed")[0]),
            keys={model: count(number) for model, number in first.items()},
            days=defaultdict(lambda: first[Order] // 1000),  # beyond those taken when it grew before
        )


def _kept(apps: Any) -> Iterator[type[models.Model]]:  # noqa: ANN401 - Django's registry
    for label in ("orders", "schedule", "journal", "notices"):
        yield from (model for model in apps.get_app_config(label).get_models())


def _lives() -> list[_Life]:
    from baixing.journal.models import Entry, name_of
    from baixing.orders.models import Order

    plain = Order.objects.filter(merged_into=None, appeal_of=None, callbacks=None, followers=None, escalations=None)
    demo = plain.exclude(state="merged").filter(resident__demo=True).exclude(item=None).order_by("pk")[:120]
    return [
        _Life(
            order=order,
            stencil=_Stencil(order),
            visit=_Stencil(order.visit) if order.visit else None,
            hanging=[_Stencil(row) for row in (*order.windows.all(), *order.offers.all(), *order.ratings.all())],
            named=[_Stencil(row) for row in (order.visit.attendances.all()[:1] if order.visit else ())],
            lines=[
                (line, _Stencil(line), _Stencil(line.words) if line.words_digest else None)
                for line in Entry.objects.of(name_of(order)).select_related("words")
            ],
        )
        for order in demo.with_nouns().select_related("team__leader")
    ]


def _residents(stations: dict[str, list[Any]]) -> dict[int, list[int]]:
    from baixing.network.models import Home
    from bench import town

    villages = {unit.pk for units in stations.values() for unit in units}
    missing = RESIDENTS - Home.objects.count()
    for _chunk in range(0, max(missing, 0), 2000):
        town.people_at_home(2000, sorted(villages))
    by_home = defaultdict(list)
    for station, person in Home.objects.values_list("station", "person"):
        by_home[station].append(person)
    return by_home


def _add(world: _World, number: int) -> None:
    made: dict[type[models.Model], list[list[object]]] = defaultdict(list)
    for _each in range(number):
        ended = world.dice.random() > LIVE_SHARE
        life = world.dice.choice(world.ended if ended else world.live)
        for stencil, row in _again(world, life, old=ended):
            made[stencil.model].append(row)
    names = ("session", "order", "window", "offer", "rating", "attendance", "entry", "words", "notice")
    for model in sorted(made, key=lambda one: names.index(str(one._meta.model_name))):
        _write(model, made[model])


def _write(model: type[models.Model], rows: list[list[Any]]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(one.column)) for one in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 - Django's names
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


@dataclass(frozen=True)
class _Turn:
    """One more time that a life is lived: by whom, where, how many days later, under which keys."""

    key: int
    visit: int | None
    team: Any
    station: Any
    resident: int
    people: dict[int, int]  # who stands for whom
    by: timedelta
    apart: timedelta  # of a visit to come, that no team is in two places

    def stands_for(self, person: int | None) -> int | None:
        return self.people.get(person, person) if person else person


def _again(world: _World, life: _Life, *, old: bool) -> Iterator[tuple[_Stencil, list[object]]]:
    turn = _turn(world, life, old=old)
    if life.visit is not None:
        at = life.visit.moved(("start", "end"), turn.by + turn.apart)
        placed = {"id": turn.visit, "team_id": turn.team.pk, "unit_id": turn.station.pk}
        yield life.visit, life.visit.again(turn.by, **placed, **at)
    yield life.stencil, _order(world, life, turn)
    for stencil in life.named:
        named = {"id": next(world.keys[stencil.model]), "session_id": turn.visit, "person_id": turn.team.leader_id}
        yield stencil, stencil.again(turn.by, **named)
    for stencil in life.hanging:
        yield stencil, _hanging(world, stencil, turn)
    yield from _lines(world, life, turn)
    told = {"thing": f"orders.order:{turn.key}", "link": f"/orders/{turn.key}/", "person_id": turn.resident}
    at = dict.fromkeys(("at", "read_at"), adapted(life.order.placed_at + turn.by))
    yield world.notice, world.notice.again(turn.by, id=next(world.keys[world.notice.model]), **told, **at)


def _turn(world: _World, life: _Life, *, old: bool) -> _Turn:
    team = world.dice.choice(world.teams)
    station = world.dice.choice(world.stations[team.home.path])
    resident = world.dice.choice(world.by_home[station.pk])
    world.days[team.pk] += 1
    days, was = timedelta(days=world.days[team.pk]), life.order
    return _Turn(
        key=next(world.keys[life.stencil.model]),
        visit=next(world.keys[life.visit.model]) if life.visit else None,
        team=team,
        station=station,
        resident=resident,
        people={was.resident_id: resident, **({was.team.leader_id: team.leader_id} if was.team else {})},
        by=-OLD - days if old else timedelta(0),  # a live order keeps its clocks
        apart=timedelta(0) if old else days,
    )


def _order(world: _World, life: _Life, turn: _Turn) -> list[object]:
    was = life.order
    placed_by = turn.stands_for(was.placed_by_id)
    changes = {
        "id": turn.key,
        "code": "".join(world.dice.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)),
        "station_id": turn.station.pk,
        "resident_id": turn.resident,
        "placed_by_id": placed_by,
        "proof": "" if placed_by == turn.resident else (was.proof or "spoken"),
        "owner_id": _unit_of(world, was.owner, turn.station),
        "first_receiver_id": _unit_of(world, was.first_receiver, turn.station),
        "team_id": turn.team.pk if was.team_id else None,
        "visit_id": turn.visit,
    }
    late = life.stencil.moved(("due_at",), turn.by + turn.apart) if was.state == "appointed" else {}
    return life.stencil.again(turn.by, **changes, **late)


def _hanging(world: _World, stencil: _Stencil, turn: _Turn) -> list[object]:
    changes: dict[str, object] = {"id": next(world.keys[stencil.model]), "order_id": turn.key}
    for name in ("by_id", "resident_id", "offered_by_id", "answered_by_id"):
        if name in stencil.at:
            changes[name] = turn.stands_for(getattr(stencil.row, name))
    if "team_id" in stencil.at:
        changes["team_id"] = turn.team.pk
    if "proof" in stencil.at:
        same = changes["by_id"] == changes["resident_id"]
        changes["proof"] = "" if same else (getattr(stencil.row, "proof", "") or "spoken")
    return stencil.again(turn.by, **changes)


def _lines(world: _World, life: _Life, turn: _Turn) -> Iterator[tuple[_Stencil, list[object]]]:
    """The chain of the journal, each digest reckoned anew."""
    before, thing = "", f"orders.order:{turn.key}"
    for line, stencil, words in life.lines:
        at, by_id, facts = line.at, line.by_id, line.facts
        line.thing, line.at, line.by_id, line.before = thing, at + turn.by, turn.stands_for(by_id), before
        line.facts = facts | {"team": turn.team.pk} if facts.get("team") else facts
        changes = {"thing": thing, "by_id": line.by_id, "before": before, "digest": line.digest_of_all()}
        changes["facts"] = line._meta.get_field("facts").get_db_prep_save(line.facts, connection)
        line.at, line.by_id, line.facts, before = at, by_id, facts, str(changes["digest"])
        number = next(world.keys[stencil.model])
        yield stencil, stencil.again(turn.by, id=number, **changes)
        if words is not None:
            yield words, words.again(turn.by, id=next(world.keys[words.model]), entry_id=number)


def _unit_of(world: _World, was: Any, station: Any) -> int:  # noqa: ANN401 - units
    """The unit over the village that is as high as the other one was."""
    line = station.line()
    found: int = world.units[line[max(len(line) - was.tier, 0)]].pk
    return found


def _finish() -> None:
    """Let the database know its own sizes, and count on from the last keys."""
    from django.apps import apps
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
