"""The units of the demo city: staff, hours, addresses, partners, and what the months are about."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from baixing.demo import rules
from baixing.demo.actions.people import give_app, persons
from baixing.kernel.calendar import LOCAL
from baixing.network.actions import add_unit
from baixing.network.models import Post, Unit
from baixing.programme.models import Brand, Theme
from baixing.teams.models import Skill

PARTNERS = 2000  # their phones begin after those of the tree
HOURS = (  # opens, closes, days of the week from Monday, 1
    (time(8, 30), time(18), "12345"),
    (time(8, 30), time(18), "123456"),
    (time(8), time(17, 30), "12345"),
    (time(9), time(18, 30), "1234567"),
)


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
    """Phones, hours, doors and a sentence for each unit of the tree; partners hung on the centres.

    The installation itself does it, at once for all, as it loads the tree.
    """
    units = list(Unit.objects.filter(tier__gte=1).order_by("path"))
    for number, unit in enumerate(units):
        unit.phone, unit.invented = rules.office_phone(number), True
        unit.about = rules.about_unit(dice, unit.tier, unit.short)
        unit.opens, unit.closes, unit.open_days = dice.choice(HOURS if unit.tier == 1 else HOURS[:1])
        unit.address = rules.office_door(dice)
    fields = ["phone", "invented", "about", "opens", "closes", "open_days", "address"]
    Unit.objects.bulk_create(units, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
    _partners({str(unit.code)[:6]: unit for unit in units if unit.tier == 3}, units[0], dice, at)  # noqa: PLR2004 - counties


def _partners(counties: dict[str, Unit], city: Unit, dice: Random, at: datetime) -> None:
    crafts = dict(Skill.objects.values_list("slug", "name"))
    for number, (kind, row) in enumerate(rules.partners()):
        under = counties.get(row["under"], city)
        unit = add_unit(kind, row["name"], under, by=None, at=at, name=row["name"], invented=True)
        about = f"{row['kind']}，常做{'、'.join(crafts[slug] for slug in row['skills'])}。"
        phone, address = rules.office_phone(PARTNERS + number), rules.office_door(dice)
        Unit.objects.filter(pk=unit.pk).update(about=about, phone=phone, address=address)


def staff(dice: Random, at: datetime) -> None:
    """One member of staff a unit, so that every order has somebody who can act."""
    units = list(Unit.objects.filter(tier__gte=1).order_by("path"))
    since = at - timedelta(days=30)
    rows = persons(dice, rules.FIRST_STAFF, len(units), since)
    Post.objects.bulk_create(
        Post(person=person, unit=unit, kind=Post.Kind.STAFF, since=since)
        for person, unit in zip(rows, units, strict=True)
    )
    give_app(rows, since)
