"""What is asked once for all the teams of a list, before each is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from baixing.kernel.calendar import LOCAL
from baixing.orders.models import Offer, Order
from baixing.orders.queries.loads import Loads, loads
from baixing.schedule.queries import days_off, week_of
from baixing.teams.models import Membership, Team
from baixing.teams.queries import short_of_people

AHEAD = 21  # days in which a free one is looked for
FARTHEST = 60  # days ahead that a resident may name
SAID_NO = (Offer.State.DECLINED, Offer.State.HANDED_BACK)
Keys = frozenset[int]
NONE: Keys = frozenset()


@dataclass(frozen=True)
class Facts:
    """Of one order and the teams that know its craft."""

    covering: Keys
    declined: Keys
    served: Keys
    own: Keys
    short: Keys
    loads: Loads
    off: frozenset[tuple[int, date]]
    wanted: tuple[date, ...]  # the days that the resident gave
    weeks: tuple[date, ...]  # the Mondays of these days; of the coming days when any time is fine


def facts_of(order: Order, teams: Sequence[Team], on: date) -> Facts:
    keys = [team.pk for team in teams]
    offers = dict(_answers([order]))
    wanted = _wanted(order)
    return Facts(
        covering=frozenset(Team.objects.filter(pk__in=keys).covering(order.station).values_list("pk", flat=True)),
        declined=offers.get((order.pk, True), NONE),
        served=offers.get((order.pk, False), NONE),
        own=dict(_own([order])).get(order.resident_id, NONE),
        short=short_of_people(teams, order.people_needed, max(wanted, default=on)),
        loads=loads(teams, on, FARTHEST + 7, but=order),
        off=days_off(teams, on, FARTHEST),
        wanted=wanted,
        weeks=_weeks(wanted, on),
    )


def facts_of_many(
    orders: Sequence[Order], teams: Mapping[int, Sequence[Team]], on: date
) -> Iterator[tuple[Order, Facts]]:
    """The same for each of many orders that have no team yet, asked as often as for one. `teams` by their craft."""
    every = list({team.pk: team for some in teams.values() for team in some}.values())
    offers, own = dict(_answers(orders)), dict(_own(orders))
    all_loads, off = loads(every, on, FARTHEST + 7), days_off(every, on, FARTHEST)
    areas = {team.pk: team.area() for team in every}
    short: dict[tuple[int, date], Keys] = {}
    for order in orders:
        wanted = _wanted(order)
        needs = (order.people_needed, max(wanted, default=on))
        if needs not in short:
            short[needs] = short_of_people(every, *needs)
        craft = teams.get(order.item.skill_id if order.item else 0, ())
        yield (
            order,
            Facts(
                covering=frozenset(team.pk for team in craft if _comes(team, areas[team.pk], order)),
                declined=offers.get((order.pk, True), NONE),
                served=offers.get((order.pk, False), NONE),
                own=own.get(order.resident_id, NONE),
                short=short[needs],
                loads=all_loads,
                off=off,
                wanted=wanted,
                weeks=_weeks(wanted, on),
            ),
        )


def _comes(team: Team, area: str, order: Order) -> bool:
    """As `covering`, asked from the team's end."""
    return order.station.path.startswith(area) or team.home_id == order.station_id


def _wanted(order: Order) -> tuple[date, ...]:
    return tuple(window.start.astimezone(LOCAL).date() for window in order.windows.all())


def _answers(orders: Sequence[Order]) -> Iterator[tuple[tuple[int, bool], Keys]]:
    """Who said no to which order, and who has served it before."""
    states = (*SAID_NO, Offer.State.ENDED)
    rows = Offer.objects.filter(order__in=[order.pk for order in orders], state__in=states)
    found: dict[tuple[int, bool], set[int]] = {}
    for order, team, state in rows.order_by().values_list("order_id", "team_id", "state"):
        found.setdefault((order, state in SAID_NO), set()).add(team)
    return ((key, frozenset(teams)) for key, teams in found.items())


def pointless(order: Order) -> Keys:
    """Teams that no help brings to this very order: they said no to it, or the resident serves in them."""
    said_no = Offer.objects.filter(order=order, state__in=SAID_NO).values_list("team_id", flat=True)
    led = Team.objects.filter(leader=order.resident_id).values_list("pk", flat=True)
    return frozenset(said_no) | frozenset(led) | dict(_own([order])).get(order.resident_id, NONE)


def _own(orders: Sequence[Order]) -> Iterator[tuple[int, Keys]]:
    """In which teams the residents are themselves."""
    members = Membership.objects.members().filter(person__in={order.resident_id for order in orders})
    found: dict[int, set[int]] = {}
    for person, team in members.values_list("person_id", "team_id"):
        found.setdefault(person, set()).add(team)
    return ((person, frozenset(teams)) for person, teams in found.items())


def _weeks(wanted: Sequence[date], on: date) -> tuple[date, ...]:
    days = [day for day in wanted if day >= on] or [on + timedelta(days=n) for n in range(AHEAD)]
    return tuple(dict.fromkeys(week_of(day) for day in sorted(days)))
