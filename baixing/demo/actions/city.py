"""The units of the demo city: staff, hours, addresses, partners, and what the months are about."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from baixing.demo import rules
from baixing.demo.actions.people import persons
from baixing.kernel.calendar import LOCAL
from baixing.network.actions import add_unit
from baixing.network.models import Post, Unit
from baixing.programme.models import Brand, Theme

HOURS = (  # opens, closes, days of the week from Monday, 1
    (time(8, 30), time(18), "12345"),
    (time(8, 30), time(18), "123456"),
    (time(8), time(17, 30), "12345"),
    (time(9), time(18, 30), "1234567"),
)
ABOUT = {
    4: "统管全市的文明实践：排菜单、调队伍、办大型活动、看考核。",
    3: "县区的中心，村和社区办不了的单子在这里接。",
    2: "乡镇街道的所，管着下面的站，也有自己的队伍。",
    1: "家门口的站，点单、问事、参加活动都在这里。",
}


def themes(at: datetime) -> None:
    """The theme of each month of this year and the next, and the brands."""
    year = at.astimezone(LOCAL).year
    rows = rules.data("themes")
    for count in range(24):
        month = datetime(year + count // 12, count % 12 + 1, 1, tzinfo=LOCAL).date()
        Theme.objects.get_or_create(month=month, defaults={**rows["theme"][count % 12], "invented": True})
    for brand in rows["brand"]:
        Brand.objects.get_or_create(slug=brand["slug"], defaults={**brand, "invented": True})


def dress(dice: Random, at: datetime) -> None:
    """Phones, hours, doors and a sentence for each unit of the tree; partners hung on the centres."""
    units = list(Unit.objects.filter(tier__gte=1).order_by("path"))
    for number, unit in enumerate(units):
        unit.phone, unit.invented, unit.about = rules.office_phone(number), True, ABOUT[unit.tier]
        unit.opens, unit.closes, unit.open_days = dice.choice(HOURS if unit.tier == 1 else HOURS[:1])
        unit.address = rules.office_door(dice)
    fields = ["phone", "invented", "about", "opens", "closes", "open_days", "address"]
    Unit.objects.bulk_update(units, fields, batch_size=200)
    _partners({str(unit.code)[:6]: unit for unit in units if unit.tier == 3}, units[0], dice, at)  # noqa: PLR2004 - counties


def _partners(counties: dict[str, Unit], city: Unit, dice: Random, at: datetime) -> None:
    rows = rules.data("units")
    kinds = ((Unit.Kind.MEMBER, rows["member"]), (Unit.Kind.BASE, rows["base"]))
    for kind, each in kinds:
        for row in each:
            under = counties.get(str(row["under"]), city)
            unit = add_unit(kind, row["name"], under, by=None, at=at, name=row["name"], invented=True)
            Unit.objects.filter(pk=unit.pk).update(about=row["kind"], address=rules.office_door(dice))


def staff(dice: Random, at: datetime) -> None:
    """One member of staff a unit, so that every order has somebody who can act."""
    units = list(Unit.objects.filter(tier__gte=1).order_by("path"))
    since = at - timedelta(days=30)
    rows = persons(dice, rules.FIRST_STAFF, len(units), since)
    Post.objects.bulk_create(
        Post(person=person, unit=unit, kind=Post.Kind.STAFF, since=since)
        for person, unit in zip(rows, units, strict=True)
    )
