"""Two plans of one month side by side: in figures with their meaning, by place, service, village and team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.dispatching.queries.chart import Chart, of_changes
from baixing.dispatching.queries.road_words import guesses_of_both, on_guesses, rest_words, road_change, road_from_to
from baixing.dispatching.queries.words import said_road
from baixing.look.said import said_km
from baixing.menu.models import ServiceItem
from baixing.network.models import Unit
from baixing.teams.models import Team

SHOWN: Final = 100  # rows of a table
NONE: Final = (0, 0, 0, 0)
Told = Mapping[str, Any]
Said = Callable[[int], str]
Four = tuple[int, int, int, int]


@dataclass(frozen=True)
class Figure:
    """One number of both plans: what it is, what it means, how they differ in words."""

    label: str
    meaning: str
    one: str
    other: str
    change: str


@dataclass(frozen=True)
class Row:
    """A place or a service, where the two differ."""

    name: str
    orders: int
    left: str
    waited: str
    road: str


@dataclass(frozen=True)
class Village:
    unit: Unit
    gains: bool
    words: str


@dataclass(frozen=True)
class Sent:
    """A team whose visits differ; `team` is 0 where there is none that has a page."""

    name: str
    team: int
    one: int
    other: int


@dataclass(frozen=True)
class Beside:
    summary: list[str]
    figures: list[Figure]
    below: list[Row]
    items: list[Row]
    gain: list[Village]
    lose: list[Village]
    more_villages: int  # that differ, beyond those that are shown
    teams: list[Sent]
    more_teams: int
    chart: Chart | None

    @property
    def same(self) -> bool:
        return not (self.below or self.items or self.teams)


def beside(one: Told, other: Told, km: int | None, new: Mapping[str, str]) -> Beside:
    """`one` and `other` as they are kept; `km` the points of a kilometre where both are weighed alike; `new` what the
    teams are called that there might be, by their keys."""
    villages = _villages(one["villages"], other["villages"])
    gain, lose = ([village for village in villages if village.gains is gains] for gains in (True, False))
    teams = _teams(one["teams"], other["teams"], new)
    return Beside(
        summary=_summary(one, other, km),
        figures=_figures(one["total"], other["total"]),
        below=_rows(one["below"], other["below"], _places(one["below"], other["below"])),
        items=_rows(one["items"], other["items"], _items(one["items"], other["items"])),
        gain=gain[:SHOWN],
        lose=lose[:SHOWN],
        more_villages=len(gain[SHOWN:]) + len(lose[SHOWN:]),
        teams=teams[:SHOWN],
        more_teams=len(teams[SHOWN:]),
        chart=of_changes(
            Unit.objects.filter(pk__in={*one["villages"], *other["villages"]}).order_by("path"),
            {village.unit.pk: village.gains for village in villages},
        ),
    )


def _summary(one: Told, other: Told, km: int | None) -> list[str]:
    served = one["total"]["left"] - other["total"]["left"]
    lines = [_served(served)]
    if km:
        rest = (one["points"] - one["left_points"]) - (other["points"] - other["left_points"])
        lines.append(rest_words(rest / km, guesses_of_both(one["total"], other["total"])))
        if served:
            left = abs(one["left_points"] - other["left_points"]) / km
            words = _("An order that nobody serves weighs far more: these differ by as much as %(km)s km.")
            lines.append(words % {"km": said_km(left)})
    return [*lines, *on_guesses(one["total"], other["total"])]


def _served(more: int) -> str:
    if more == 0:
        return _("As many orders have a team.")
    if more > 0:
        return ngettext("%(n)d more order has a team.", "%(n)d more orders have a team.", more) % {"n": more}
    return ngettext("%(n)d order less has a team.", "%(n)d fewer orders have a team.", -more) % {"n": -more}


def _figures(one: Told, other: Told) -> list[Figure]:
    served = one["orders"] - one["left"], other["orders"] - other["left"]
    many = _("%(n)d of %(all)d")
    first = Figure(
        _("Orders with a team"),
        _("of all that were taken on in the month"),
        many % {"n": served[0], "all": one["orders"]},
        many % {"n": served[1], "all": other["orders"]},
        _more(served[1] - served[0], str),
    )
    road = Figure(
        _("Road"),
        _("kilometres to the visits, one way, of all together"),
        said_road(one),
        said_road(other),
        road_change(one, other),
    )
    waiting = _("days after the first that suits, of all orders together")
    rest = (
        (_("Teams that go"), _("teams with at least one of these visits"), _said_teams, "teams"),
        (
            _("Fullest week of a team"),
            _("visits of the busiest in one week, with all else that it did"),
            _visits,
            "most",
        ),
    )
    return [
        first,
        _figure(_("Waiting"), waiting, said_days, one["waited"], other["waited"]),
        road,
        *(_figure(label, meaning, unit, one[name], other[name]) for label, meaning, unit, name in rest),
    ]


def _figure(label: str, meaning: str, unit: Said, one: int, other: int) -> Figure:
    return Figure(label, meaning, unit(one), unit(other), _more(other - one, unit))


def _more(change: int, unit: Said) -> str:
    if change == 0:
        return _("the same")
    words = _("%(n)s more") if change > 0 else _("%(n)s less")
    return words % {"n": unit(abs(change))}


def said_days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


def _said_teams(n: int) -> str:
    return ngettext("%(n)d team", "%(n)d teams", n) % {"n": n}


def _visits(n: int) -> str:
    return ngettext("%(n)d visit", "%(n)d visits", n) % {"n": n}


def _rows(one: Told, other: Told, names: Mapping[str, str]) -> list[Row]:
    """Those that differ, the greatest change first."""
    pairs = [(key, _four(one, key), _four(other, key)) for key in names]
    changed = [(key, a, b) for key, a, b in pairs if a[1:] != b[1:]]
    changed.sort(key=lambda row: (-abs(row[1][1] - row[2][1]), -abs(row[1][2] - row[2][2]), row[0]))
    return [
        Row(
            names[key],
            max(a[0], b[0]),
            _from_to(a[1], b[1], str),
            _from_to(a[2], b[2], said_days),
            road_from_to(_way(one, key), _way(other, key)),
        )
        for key, a, b in changed[:SHOWN]
    ]


def _from_to(a: int, b: int, unit: Said) -> str:
    return unit(b) if a == b else f"{a} → {unit(b)}"


def _four(told: Told, key: str) -> Four:
    """Orders, without a team, days waited, whole kilometres."""
    orders, left, waited, hundreds = told.get(key, NONE)[:4]
    return orders, left, waited, round(hundreds / 10)


def _way(told: Told, key: str) -> Told:
    """Its road, and how many of its ways are a guess: of what was reckoned before that was kept, none."""
    orders, left, _waited, km = _four(told, key)
    return {"km": km, "ways": orders - left, "guessed": sum(told.get(key, NONE)[4:])}


def _places(one: Told, other: Told) -> dict[str, str]:
    found = {unit.path: unit.short for unit in Unit.objects.filter(path__in={*one, *other}).order_by("path")}
    return {path: found.get(path, _("a place that is no more")) for path in sorted({*one, *other})}


def _items(one: Told, other: Told) -> dict[str, str]:
    found = ServiceItem.objects.in_bulk([int(key) for key in {*one, *other}])
    return {key: found[int(key)].called for key in sorted({*one, *other}) if int(key) in found}


def _villages(one: Told, other: Told) -> list[Village]:
    """A village gains where more of its orders have a team or, with as many, they wait less."""
    keys = {key for key in {*one, *other} if _four(one, key)[1:3] != _four(other, key)[1:3]}
    units = {str(unit.pk): unit for unit in Unit.objects.filter(pk__in=keys).select_related("parent").order_by("path")}
    told = []
    for key, unit in units.items():
        a, b = _four(one, key), _four(other, key)
        served, sooner = a[1] - b[1], a[2] - b[2]
        told.append(
            (
                -abs(served),
                -abs(sooner),
                Village(unit, served > 0 or (served == 0 and sooner > 0), _gained(served, sooner)),
            )
        )
    return [village for _served, _sooner, village in sorted(told, key=lambda row: (*row[:2], row[2].unit.path))]


def _gained(served: int, sooner: int) -> str:
    parts = []
    if served:
        parts.append(_served(served).rstrip(".。"))
    if sooner:
        words = _("%(days)s of waiting less") if sooner > 0 else _("%(days)s of waiting more")
        parts.append(words % {"days": said_days(abs(sooner))})
    return _(", ").join(parts)


def _teams(one: Told, other: Told, new: Mapping[str, str]) -> list[Sent]:
    """First those that there might be, even if they have nothing to do; then whose visits differ."""
    differ = {key for key in {*one, *other} if one.get(key, 0) != other.get(key, 0)}
    keys = sorted(differ | set(new))
    found = Team.objects.in_bulk([int(key) for key in keys if key.isdigit()])
    told = []
    for key in keys:
        team = found.get(int(key)) if key.isdigit() else None
        name = team.name if team else new.get(key, _("a team that is no more"))
        told.append(Sent(name, team.pk if team and team.active else 0, one.get(key, 0), other.get(key, 0)))
    return sorted(told, key=lambda row: (bool(row.team), -abs(row.one - row.other), row.team))
