"""What was ordered in the last days, by whom and where; each order then lives as far as its scene says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from baixing.demo import rules
from baixing.demo.actions.lives import DAY, Desk, live
from baixing.demo.actions.people import Company, neighbours
from baixing.demo.actions.teams import CENTRE
from baixing.demo.rules import Scene
from baixing.kernel.calendar import LOCAL
from baixing.menu.models import ServiceItem
from baixing.menu.queries import offered_in
from baixing.network.models import Home, Post, Unit
from baixing.orders import actions
from baixing.orders.actions.behalf import Told, place_for
from baixing.people.models import Person

MORNING, EVENING = 8, 20  # hours between which people order and are at home
SPREAD = 32  # orders in other villages of the county
LONGEST_LEAD = 3  # days to prepare, for these
LONG_AGO = {"served": (90, -1), "rated": (150, -3), "appointed": (30, 2)}  # hours, days to the visit
WAYS = ("placed", "pending", "offered", "accepted", "appointed", "served", "rated", "rated")


@dataclass(frozen=True)
class Plot:
    """A scene with its people and its place."""

    scene: Scene
    resident: Person
    station: Unit
    desk: Desk
    follower: Person | None = None


def work(company: Company, dice: Random, at: datetime) -> None:
    """Two weeks of the demo station, and a little in the villages around, in the order in which they were placed."""
    above = (company["dispatcher"], company["institute"], company["county"])
    desk = Desk(company["clerk"], above, dice, at)
    plots = [*_at_home(company, desk), *_around(company, desk)]
    for plot in sorted(plots, key=lambda plot: -plot.scene.ago):
        order = _place(plot)
        if plot.follower:
            actions.follow(order, plot.follower, by=plot.resident, at=order.placed_at)
        live(order, plot.scene, plot.desk)


def _at_home(company: Company, desk: Desk) -> list[Plot]:
    """The scenes of the demo station."""
    scenes, people = rules.scenes(), {"resident": company["resident"], "grandmother": company.grandmother}
    alone = {scene.who: scene.alone for scene in scenes if scene.who not in people}
    stations = [company.station] * len(alone)
    made = neighbours(desk.dice, 0, stations, list(alone.values()), desk.now - 20 * DAY)
    people |= dict(zip(alone, made, strict=True))
    return [Plot(scene, people[scene.who], company.station, desk, people.get(scene.follower)) for scene in scenes]


def _around(company: Company, desk: Desk) -> list[Plot]:
    """Something in each state in villages of the county, where one person does all."""
    villages = Unit.objects.within(company.units[CENTRE]).tier(1).exclude(pk=company.station.pk).order_by("path")
    stations = desk.dice.sample(list(villages), SPREAD)
    made = neighbours(desk.dice, 1000, stations, [False] * SPREAD, desk.now - 20 * DAY)
    items = _items(company.units[CENTRE], (desk.now - 10 * DAY).astimezone(LOCAL).date())
    staff = {post.unit_id: post.person for post in Post.objects.filter(unit__in=stations).select_related("person")}
    plots = []
    for number, (resident, station) in enumerate(zip(made, stations, strict=True)):
        clerk, way = staff[station.pk], WAYS[number % len(WAYS)]
        ago, visit = LONG_AGO.get(way, (desk.dice.randint(2, 6), 0))
        scene = Scene(
            "", desk.dice.choice(items), ago, way, visit=visit, face=desk.dice.choice(("good", "good", "fair"))
        )
        plots.append(Plot(scene, resident, station, replace(desk, clerk=clerk, officers=(clerk,))))
    return plots


def _items(county: Unit, day: date) -> list[str]:
    """Services that one person gives at any time of the year, and of which people speak in our words."""
    fit = offered_in(county, day).filter(code__in=rules.spoken_items(), people=1, months="", min_age=None)
    return list(fit.filter(lead_days__lte=LONGEST_LEAD).order_by("pk").values_list("code", flat=True))


def _place(plot: Plot) -> actions.Order:
    scene, desk, resident, station = plot.scene, plot.desk, plot.resident, plot.station
    item = ServiceItem.objects.get(code=scene.item) if scene.item else None
    address = Home.objects.get(person=resident).address
    at, words = _by_day(desk.now - timedelta(hours=scene.ago)), rules.words_for(desk.dice, scene.item, desk.said)
    desk.said.add(words)
    if scene.by_phone:
        told = Told(resident.name, resident.phone, station, item, words, address, actions.Order.Proof.SPOKEN)
        return place_for(told, by=desk.clerk, at=at)
    windows = _windows(scene, item, at, desk.now)
    wanted = actions.Wanted(
        resident=resident, station=station, item=item, words=words, address=address, windows=windows
    )
    said = replace(wanted, by_person=scene.by_person, speech=scene.speech or None)
    return actions.place(said, by=resident, at=at)


def _windows(scene: Scene, item: ServiceItem | None, at: datetime, now: datetime) -> tuple[actions.Slot, ...]:
    """The whole day on which the visit is; else two halves of days to come. A wish names none."""
    if item is None:
        return ()
    if scene.visit:
        return (_slot(now + scene.visit * DAY, MORNING, EVENING),)
    day = at + max(item.lead_days, 1) * DAY
    return (_slot(day, 9, 12), _slot(day + DAY, 14, 18))


def _slot(day: datetime, start: int, end: int) -> actions.Slot:
    on = day.astimezone(LOCAL).date()
    return actions.Slot(*(datetime.combine(on, time(hour), LOCAL) for hour in (start, end)))


def _by_day(at: datetime) -> datetime:
    """People do not order in their sleep: late the evening before, then."""
    here = at.astimezone(LOCAL)
    if MORNING <= here.hour <= EVENING:
        return here
    day = here - DAY if here.hour < MORNING else here
    return day.replace(hour=EVENING, minute=59)
