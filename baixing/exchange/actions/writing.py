"""Writing a checked list, through the verbs that write each thing. Whoever calls has a transaction, and the turn."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, time
from itertools import groupby
from typing import Final

from django.db.models import Model

from baixing.exchange.models import Import, Made
from baixing.exchange.queries.checks.items import ItemDeed
from baixing.exchange.queries.checks.people import PersonDeed
from baixing.exchange.queries.checks.teams import TeamDeed
from baixing.exchange.queries.checks.units import UnitDeed
from baixing.menu import actions as menu
from baixing.network import actions as network
from baixing.network.models import Home, Unit
from baixing.people import actions as people
from baixing.people.models import Person
from baixing.teams import actions as teams
from baixing.teams.actions import TeamFacts
from baixing.teams.models import Membership, Volunteer

AT_ONCE: Final = 500


@dataclass
class Outcome:
    """The rows that were made, and those that were changed with what stood there before."""

    made: list[Model] = field(default_factory=list)
    changed: list[tuple[Model, dict[str, object]]] = field(default_factory=list)

    def rows(self, source: Import) -> list[Made]:
        made = [Made(source=source, model=thing._meta.label_lower, key=thing.pk) for thing in self.made]
        return made + [
            Made(source=source, model=thing._meta.label_lower, key=thing.pk, before=dumped(before))
            for thing, before in self.changed
        ]


def dumped(before: dict[str, object]) -> str:
    return json.dumps(before, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Model):
        return value.pk
    return value.isoformat() if isinstance(value, time) else str(value)


def write_units(deeds: Sequence[UnitDeed], _unit: Unit, by: Person, at: datetime) -> Outcome:
    outcome = Outcome()
    outcome.made += network.add_units([deed.new for deed in deeds if deed.new], by=by, at=at)
    for deed in deeds:
        if deed.unit and deed.before and deed.facts != deed.before:
            network.change_unit(deed.unit, deed.facts, seen=deed.unit.version, by=by, at=at)
            outcome.changed.append((deed.unit, asdict(deed.before)))
    return outcome


def write_people(deeds: Sequence[PersonDeed], _unit: Unit, by: Person, at: datetime) -> Outcome:
    outcome = Outcome()
    new = {deed.key: deed.newcomer for deed in deeds if deed.newcomer}
    made = people.enrol_all(list(new.values()), by=by, at=at)
    who = dict(zip(new, made, strict=True))
    who |= {deed.key: deed.person for deed in deeds if deed.person}
    outcome.made += made
    posts = [network.Filling(who[deed.key], *deed.post) for deed in deeds if deed.post]
    outcome.made += network.appoint_all(posts, by=by, at=at)
    _settle(outcome, deeds, who, by, at)
    joining = [teams.Joining(deed.team, who[deed.key]) for deed in deeds if deed.team]
    had = set(_numbers([one.person.pk for one in joining]))
    places = teams.admit_all(joining, by=by, at=at)
    _take_note(outcome, places, had)
    return outcome


def write_teams(deeds: Sequence[TeamDeed], _unit: Unit, by: Person, at: datetime) -> Outcome:
    outcome = Outcome()
    new = [teams.NewTeam(deed.home, deed.facts, deed.leader) for deed in deeds if deed.leader and not deed.team]
    had = set(_numbers([one.leader.pk for one in new]))
    founded, places = teams.found_all(new, by=by, at=at)
    outcome.made += founded
    _take_note(outcome, places, had)
    for deed in deeds:
        if deed.team and deed.before and deed.facts != deed.before:
            teams.change_team(deed.team, deed.facts, version=deed.team.version, by=by, at=at)
            outcome.changed.append((deed.team, team_before(deed.before)))
    return outcome


def write_items(deeds: Sequence[ItemDeed], unit: Unit, by: Person, at: datetime) -> Outcome:
    outcome = Outcome()
    outcome.made += menu.add_items(unit, [deed.facts for deed in deeds if deed.item is None], by=by, at=at)
    for deed in deeds:
        if deed.item and deed.facts != deed.before:
            facts = deed.facts | {"tasks": list(deed.item.tasks.all())}
            menu.change_item(deed.item, facts, version=deed.item.version, by=by, at=at)
            outcome.changed.append((deed.item, deed.before))
    return outcome


WRITERS: Final[dict[str, Callable[..., Outcome]]] = {
    Import.Kind.UNITS: write_units,
    Import.Kind.PEOPLE: write_people,
    Import.Kind.TEAMS: write_teams,
    Import.Kind.ITEMS: write_items,
}


def team_before(facts: TeamFacts) -> dict[str, object]:
    said = ("name", "about", "reach", "speaks", "day_capacity", "week_capacity")
    plain = {name: getattr(facts, name) for name in said}
    return plain | {"skills": [skill.pk for skill in facts.skills]}


def _settle(
    outcome: Outcome, deeds: Sequence[PersonDeed], who: dict[tuple[str, str], Person], by: Person, at: datetime
) -> None:
    settling = {
        deed.key: network.Settling(who[deed.key], deed.home.station, deed.home.address, alone=deed.home.alone)
        for deed in deeds
        if deed.home
    }
    before = {deed.home_before.pk: deed.home_before for deed in deeds if deed.home and deed.home_before}
    for home in network.set_homes(list(settling.values()), by=by, at=at):
        if had := before.get(home.pk):
            outcome.changed.append((home, _home_before(had)))
        else:
            outcome.made.append(home)


def _home_before(home: Home) -> dict[str, object]:
    return {"station": home.station_id, "address": home.address, "alone": home.alone}


def _take_note(outcome: Outcome, places: Sequence[Membership], had: set[int]) -> None:
    """Memberships and numbers that are new. Who had asked to join is in the team for good."""
    outcome.made += [place for place in places if place.version == 1]
    numbers = _numbers([place.person_id for place in places])
    outcome.made += [number for person, number in numbers.items() if person not in had]


def _numbers(people: Sequence[int]) -> dict[int, Volunteer]:
    found: dict[int, Volunteer] = {}
    for some in parts(sorted(set(people))):
        found |= {row.person_id: row for row in Volunteer.objects.filter(person__in=some)}
    return found


def parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def by_model(rows: Sequence[Made]) -> dict[str, list[Made]]:
    ordered = sorted(rows, key=lambda row: row.model)
    return {model: list(some) for model, some in groupby(ordered, key=lambda row: row.model)}
