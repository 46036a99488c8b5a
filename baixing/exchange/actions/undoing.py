"""Taking back what a list has made: all that nobody has used since. What is in use stays, and what it stands on.

Used is what any row refers to that does not go with it, and what its own journal has told of since.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Final

from django.apps import apps
from django.db.models import Field, ForeignObjectRel, Model

from baixing.exchange.actions.writing import by_model, parts
from baixing.exchange.models import Import, Made
from baixing.journal import actions as journal
from baixing.journal.actions import Line
from baixing.journal.models import Entry
from baixing.kernel.refusals import Refused
from baixing.menu import actions as menu
from baixing.menu.models import ServiceItem
from baixing.network import actions as network
from baixing.network.models import Home, Unit
from baixing.people.models import Person
from baixing.teams import actions as teams
from baixing.teams.models import Membership, Skill, Team, Volunteer

# What refers to others first: it goes before that to which it refers.
ORDER: Final = (
    "teams.membership",
    "network.post",
    "network.home",
    "teams.team",
    "menu.serviceitem",
    "teams.volunteer",
    "people.person",
    "network.unit",
)
OURS: Final = {"menu.itemfacts", "menu.edition"}  # what the machine itself keeps of a thing: it goes with it
Keys = dict[str, set[int]]


def take_back(source: Import, at: datetime) -> tuple[int, int]:
    """How many rows went, or are again what they were, and how many were kept because somebody uses them."""
    rows = by_model(list(source.made.all()))
    made = {model: {row.key for row in rows.get(model, []) if not row.before} for model in ORDER}
    kept = in_use(made, source.written_at or at)
    removed = sum(_remove(model, made[model] - kept[model], source, at) for model in ORDER)
    changes = [row for some in rows.values() for row in some if row.before]
    stuck = [row for row in changes if not _restore(row, source, at)]
    _mark(source, kept, stuck)
    return removed + len(changes) - len(stuck), sum(map(len, kept.values())) + len(stuck)


def in_use(made: Mapping[str, set[int]], since: datetime) -> Keys:
    """Of what was made, what cannot go. Asked again until nothing more is found: a unit stands on the one above it."""
    kept: Keys = {model: _told_of(model, keys, since) for model, keys in made.items()}
    found = True
    while found:
        found = False
        for model in ORDER:
            going = {name: keys - kept[name] for name, keys in made.items()}
            stays = (_referred_to(model, going) | _numbered(model, going, made)) & going[model]
            kept[model] |= stays
            found |= bool(stays)
    return kept


def _told_of(model: str, keys: Iterable[int], since: datetime) -> set[int]:
    """Those whose journal has gone on since."""
    found: set[int] = set()
    for some in parts(sorted(keys)):
        lines = Entry.objects.filter(thing__in=[f"{model}:{key}" for key in some], at__gt=since)
        found |= {int(thing.rpartition(":")[2]) for thing in lines.values_list("thing", flat=True)}
    return found


def _referred_to(model: str, going: Mapping[str, set[int]]) -> set[int]:
    """Those that a row refers to which does not go too."""
    found: set[int] = set()
    for other, name in _relations(apps.get_model(model)):
        leaving = going.get(other._meta.label_lower, set())
        for some in parts(sorted(going[model])):
            rows = other._base_manager.filter(**{f"{name}__in": some}).values_list("pk", f"{name}_id")
            found |= {key for pk, key in rows if pk not in leaving}
    return found


def _relations(model: type[Model]) -> list[tuple[type[Model], str]]:
    """The models that refer to this one, and by which field. Pairs of a many-to-many field go with the thing."""
    found = []
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not relation.many_to_many:
            other, through = relation.related_model, relation.field
            pairs = isinstance(other, type) and issubclass(other, Model) and other._meta.auto_created
            if isinstance(other, type) and not pairs and other._meta.label_lower not in OURS:
                found.append((other, _name(through)))
    return found


def _name(field: Field[object, object]) -> str:
    return field.name


def _numbered(model: str, going: Mapping[str, set[int]], made: Mapping[str, set[int]]) -> set[int]:
    """Volunteer numbers of those who stay, or who serve in a team all the same."""
    if model != "teams.volunteer":
        return set()
    numbers = Volunteer.objects.filter(pk__in=going[model]).values_list("pk", "person_id")
    who = dict(numbers)
    serving = Membership.objects.filter(person__in=who.values()).exclude(pk__in=going["teams.membership"])
    serve = set(serving.values_list("person_id", flat=True))
    staying = made["people.person"] - going["people.person"]
    return {pk for pk, person in who.items() if person in serve | staying}


def _remove(model: str, keys: set[int], source: Import, at: datetime) -> int:
    """Each gets a last line in its journal, which is kept like any other."""
    one = apps.get_model(model)
    lines = [Line("take_back", one(pk=key), {"source": source.pk}) for key in sorted(keys)]
    journal.write_all(lines, by=source.undone_by, at=at)
    for level in _levels(sorted(keys)) if one is Unit else [sorted(keys)]:
        for some in parts(level):
            one._base_manager.filter(pk__in=some).delete()
    return len(keys)


def _levels(keys: Sequence[int]) -> list[list[int]]:
    """Units, the lowest first: none goes while another hangs on it."""
    depth: dict[int, list[int]] = defaultdict(list)
    for some in parts(keys):
        for pk, path in Unit.objects.filter(pk__in=some).values_list("pk", "path"):
            depth[path.count(".")].append(pk)
    return [depth[number] for number in sorted(depth, reverse=True)]


def _restore(row: Made, source: Import, at: datetime) -> bool:
    """Let it say again what it said before; not when somebody has changed it since."""
    if _told_of(row.model, [row.key], source.written_at or at):
        return False
    try:
        RESTORE[row.model](row.key, json.loads(row.before), source.undone_by or source.by, at)
    except Refused:
        return False
    return True


def _unit(key: int, before: dict[str, object], by: Person, at: datetime) -> None:
    clocks = ("opens", "noon_from", "noon_to", "closes")
    times = {name: time.fromisoformat(str(before[name])) if before[name] else None for name in clocks}
    unit = Unit.objects.get(pk=key)
    facts = network.UnitFacts(**before | times)  # type: ignore[arg-type]  # as they were taken from one
    network.change_unit(unit, facts, seen=unit.version, by=by, at=at)


def _home(key: int, before: dict[str, object], by: Person, at: datetime) -> None:
    home = Home.objects.select_related("person").get(pk=key)
    station = Unit.objects.get(pk=int(str(before["station"])))
    network.set_home(home.person, station, str(before["address"]), alone=bool(before["alone"]), by=by, at=at)


def _team(key: int, before: dict[str, object], by: Person, at: datetime) -> None:
    team = Team.objects.get(pk=key)
    knows = before["skills"]
    skills = tuple(Skill.objects.filter(pk__in=knows if isinstance(knows, list) else []))
    facts = teams.TeamFacts(**{"speaks": team.speaks} | before | {"skills": skills})  # type: ignore[arg-type]  # as they were taken from one
    teams.change_team(team, facts, version=team.version, by=by, at=at)


def _item(key: int, before: dict[str, object], by: Person, at: datetime) -> None:
    item = ServiceItem.objects.get(pk=key)
    named = {name: _row(ServiceItem, name, before[name]) for name in ("skill", "platform") if name in before}
    menu.change_item(item, before | named | {"tasks": list(item.tasks.all())}, version=item.version, by=by, at=at)


def _row(model: type[Model], name: str, key: object) -> object:
    other = model._meta.get_field(name).related_model
    return other._base_manager.get(pk=key) if isinstance(other, type) else key


RESTORE: Final[dict[str, Callable[[int, dict[str, object], Person, datetime], None]]] = {
    "network.unit": _unit,
    "network.home": _home,
    "teams.team": _team,
    "menu.serviceitem": _item,
}


def _mark(source: Import, kept: Keys, stuck: Sequence[Made]) -> None:
    """What stays is named on the page of the list."""
    names: dict[str, list[int]] = defaultdict(list)
    for model, keys in kept.items():
        names[model] += keys
    for row in stuck:
        names[row.model].append(row.key)
    for model, stay in names.items():
        for some in parts(sorted(stay)):
            Made.objects.filter(source=source, model=model, key__in=some).update(kept=True)
    source.made.filter(kept=False).delete()
