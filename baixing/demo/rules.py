"""What the demo city is invented from. No name here is of a real person, no number is given to anybody."""

from __future__ import annotations

import tomllib
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from baixing.kernel.refusals import Words
from baixing.network.models import Post, Unit

DATA = files("baixing.demo") / "data"
FIRST_STAFF, FIRST_LEADER, FIRST_MEMBER, FIRST_NEIGHBOUR = 10_000, 20_000, 30_000, 50_000
FIRST_RESIDENT, FIRST_GUEST = 1_000_000, 2_000_000  # of the city at full size


class Size(models.TextChoices):
    SMALL = "small", _("small")
    CITY = "city", _("the whole city")


class Stage(models.TextChoices):
    """What a demo city is made of, one after the other."""

    UNITS = "units", _("units and staff")
    TEAMS = "teams", _("teams")
    ACTIVITIES = "activities", _("activities")
    VENUES = "venues", _("venues")
    ORDERS = "orders", _("orders")
    RECORDS = "records", _("hours of the demo team")
    RESIDENTS = "residents", _("residents")
    SESSIONS = "sessions", _("sessions and sign-ups")
    HOURS = "hours", _("hours of two years")
    INDEXES = "indexes", _("indexes")
    ROOTS = "roots", _("roots of the ledger")
    CLOCK = "clock", _("the clock of orders")


@dataclass(frozen=True)
class Role:
    """A demo account: what it is called, the post it holds and on which tier."""

    name: str
    role: Words
    post: str = ""
    tier: int = 0


CAST: dict[str, Role] = {
    "resident": Role("金禾", _("Resident")),
    "clerk": Role("周岚", _("Clerk of the station"), Post.Kind.STAFF, 1),
    "dispatcher": Role("石泉", _("Dispatcher of the station"), Post.Kind.DISPATCHER, 1),
    "institute": Role("吴竹", _("Staff of the institute above"), Post.Kind.STAFF, 2),
    "county": Role("何清", _("Staff of the county centre"), Post.Kind.STAFF, 3),
    "city": Role("高源", _("Head of the city centre"), Post.Kind.HEAD, 4),
    "auditor": Role("沈明", _("Auditor"), Post.Kind.AUDITOR, 4),
    "editor": Role("宁月", _("Editor of the city centre"), Post.Kind.EDITOR, 4),
    "leader": Role("罗阳", _("Leader of a team")),
    "volunteer": Role("闵松", _("Volunteer of that team")),
    "city_dispatcher": Role("段云", _("Dispatcher of the city centre"), Post.Kind.DISPATCHER, 4),
}
GRANDMOTHER, HER_BIRTHDAY = "秦玉兰", date(1948, 3, 12)  # signs in with the resident's phone


@dataclass(frozen=True)
class Scene:
    """One order of the demo station, and how far it came."""

    who: str
    item: str
    ago: int
    way: str
    ours: bool = False
    visit: int = 0
    evening: bool = False
    face: str = ""
    alone: bool = False
    by_phone: bool = False
    by_person: bool = False
    follower: str = ""
    speech: str = ""


@cache
def data(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def scenes() -> list[Scene]:
    return [Scene(**row) for row in data("orders")["order"]]


def phone(number: int) -> str:
    """A number of the range 110-0000-0000, which no operator gives out."""
    return f"+861100{number:07}"


def office_phone(number: int) -> str:
    """A landline whose local part begins with 0, which no exchange gives out."""
    return f"0943-0{number:06}"


def name(dice: Random) -> str:
    people = data("people")
    return str(dice.choice(people["surnames"]) + dice.choice(people["first"]) + dice.choice(people["last"]))


def door(dice: Random, place: str) -> str:
    """An address within a village or community; marked as of the demo by the banner of every page."""
    lists = data("addresses")
    doors = lists["streets" if place.endswith("社区") else "lanes"]
    return str(
        dice.choice(doors).format(
            road=dice.choice(lists["roads"]),
            estate=dice.choice(lists["estates"]),
            team=dice.choice(lists["teams"]),
            number=dice.randint(1, 120),
            building=dice.randint(1, 18),
            unit=dice.randint(1, 4),
            door=dice.randint(1, 6) * 100 + dice.randint(1, 4),
        )
    )


def office_door(dice: Random) -> str:
    return f"{dice.choice(data('addresses')['roads'])}{dice.randint(1, 120)}号"


def partners() -> list[tuple[Unit.Kind, dict[str, Any]]]:
    """Member units and practice bases, with the centre each hangs under and what its people can do."""
    rows, kinds = data("units"), (("member", Unit.Kind.MEMBER), ("base", Unit.Kind.BASE))
    return [(kind, row) for key, kind in kinds for row in rows[key]]


def about_team(dice: Random, place: str, skill_name: str) -> str:
    return str(dice.choice(data("teams")["abouts"])).format(place=place, skill=skill_name)


def about_unit(dice: Random, tier: int, place: str) -> str:
    return str(dice.choice(data("units")["about"][str(tier)])).format(place=place)


def team_name(dice: Random, place: str, skill: str, skill_name: str) -> str:
    lists = data("teams")
    pattern: str = dice.choice(lists["patterns"])
    noun = dice.choice(lists["nouns"][skill])
    return pattern.format(place=place, theme=dice.choice(lists["themes"]), noun=noun, skill=skill_name)


def capacity(dice: Random) -> dict[str, int]:
    day = dice.choice((1, 2, 2, 3))
    return {"day_capacity": day, "week_capacity": day * dice.choice((2, 3, 4))}


def words_for(dice: Random, item: str, used: Container[str] = ()) -> str:
    """What somebody who orders this would say, if possible not what was said before; a wish when it is no item."""
    fit = _words("order", item) if item else _words("wish")
    fresh = [words for words in fit if words not in used]
    return dice.choice(fresh or fit)


def spoken_items() -> list[str]:
    return sorted({str(row["item"]) for row in data("words")["order"]})


def result_of(dice: Random, item: str) -> str:
    return dice.choice(_words("result", item) or _words("result"))


def rating_of(dice: Random, item: str, face: str) -> str:
    return dice.choice(_words("rating", item, face) or _words("rating", "", face))


def _words(kind: str, item: str = "", face: str = "") -> list[str]:
    """What fits this item, or, without one, what fits any."""
    rows = data("words")[kind]
    return [row["words"] for row in rows if row.get("item", "") == item and face in {"", row.get("face")}]
