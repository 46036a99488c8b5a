"""Invented persons: many at once, and the company of demo accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from baixing.demo import rules
from baixing.kernel.seal import blind, tail
from baixing.network.models import Home, Post, Unit
from baixing.people import actions as people
from baixing.people.models import Consent, Factor, Person
from baixing.people.rules import REQUIRED, TEXT_VERSIONS
from baixing.people.rules.factors import new_secret

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Company:
    """The demo accounts by role, the village that they live and work in, the units above it by tier."""

    roles: dict[str, Person]
    grandmother: Person
    station: Unit
    units: dict[int, Unit]

    def __getitem__(self, role: str) -> Person:
        return self.roles[role]


def persons(dice: Random, first: int, count: int, at: datetime) -> list[Person]:
    """Invented persons whose phones are of a range that nobody is given."""
    made = []
    for number in range(first, first + count):
        phone = rules.phone(number)
        person = Person(
            name=rules.name(dice), phone=phone, phone_index=blind(phone), phone_tail=tail(phone), demo=True, made_at=at
        )
        person.set_unusable_password()
        made.append(person)
    rows = Person.objects.bulk_create(made)
    _agree(rows, at)
    return rows


def cast(dice: Random, at: datetime) -> Company:
    """One account a role, all about the same village; and one more who shares the resident's phone."""
    station = Unit.objects.tier(1).order_by("path")[0]
    units = {unit.tier: unit for unit in Unit.objects.above(station)}
    since = at - MONTH
    roles = {
        key: people.enrol(row.name, rules.phone(n), None, at=since, by=None, demo=True)
        for n, (key, row) in enumerate(rules.CAST.items(), 1)
    }
    grandmother = people.enrol(rules.GRANDMOTHER, rules.phone(1), rules.HER_BIRTHDAY, at=since, by=None, demo=True)
    _agree([*roles.values(), grandmother], since)
    Post.objects.bulk_create(
        Post(person=roles[key], unit=units[row.tier], kind=row.post, since=since)
        for key, row in rules.CAST.items()
        if row.post
    )
    give_app([roles[key] for key, row in rules.CAST.items() if row.post], since)
    address = rules.door(dice, station.short)
    for person in (roles["resident"], grandmother):
        Home.objects.create(person=person, station=station, address=address)
    return Company(roles, grandmother, station, units)


def neighbours(dice: Random, first: int, stations: Sequence[Unit], alone: Sequence[bool], at: datetime) -> list[Person]:
    """One more person for each of these villages, at once; some of them live alone."""
    rows = persons(dice, rules.FIRST_NEIGHBOUR + first, len(stations), at)
    Home.objects.bulk_create(
        Home(person=person, station=station, address=rules.door(dice, station.short), alone=one)
        for person, station, one in zip(rows, stations, alone, strict=True)
    )
    return rows


def give_app(rows: Sequence[Person], at: datetime) -> None:
    """An authenticator app for whoever holds a post. A demo's pages show what it would show."""
    Factor.objects.bulk_create(
        Factor(person=person, kind=Factor.Kind.APP, secret=new_secret(), made_at=at) for person in rows
    )


def _agree(rows: list[Person], at: datetime) -> None:
    Consent.objects.bulk_create(
        Consent(person=p, kind=kind, text_version=TEXT_VERSIONS[kind], given_at=at, channel="web", by=p)
        for p in rows
        for kind in REQUIRED
    )
