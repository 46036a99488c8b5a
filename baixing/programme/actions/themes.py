"""Themes and brands are named by the editors of the city centre."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources import files

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.people.models import Person
from baixing.programme.models import Brand, Theme
from baixing.programme.rules import edits_programme

DATA = files("baixing.programme") / "data"
Facts = Mapping[str, str]


@transaction.atomic
def set_theme(month: date, facts: Facts, *, version: int | None, by: Person, at: datetime) -> Theme:
    """Name what a month is about. `version` is that of the theme the page showed, 0 when there was none."""
    _check(by, at)
    if version == 0:
        theme = _first(month, facts)
    else:
        theme = Theme.objects.get(month=month)
        _step(theme, version, facts)
    journal.write("set_theme", theme, by=by, at=at, month=month.isoformat())
    return theme


@transaction.atomic
def add_brand(slug: str, facts: Facts, *, by: Person, at: datetime) -> Brand:
    _check(by, at)
    if Brand.objects.filter(slug=slug).exists():
        raise Unfit(_("There is a brand with this short name already."), field="slug")
    brand = Brand.objects.create(slug=slug, **facts)
    journal.write("add_brand", brand, by=by, at=at, slug=slug)
    return brand


@transaction.atomic
def change_brand(brand: Brand, facts: Facts, *, version: int | None, by: Person, at: datetime) -> None:
    _check(by, at)
    _step(brand, version, facts)
    journal.write("change_brand", brand, by=by, at=at)


@transaction.atomic
def load_programme(at: datetime) -> None:
    """Name the coming twelve months and the brands from the package, where nobody has named them yet."""
    today = at.astimezone(LOCAL).date()
    for row in _rows("themes", "theme"):
        number = int(str(row.pop("month")))
        month = date(today.year + (number < today.month), number, 1)
        Theme.objects.get_or_create(month=month, defaults=row)
    for row in _rows("brands", "brand"):
        Brand.objects.get_or_create(slug=row.pop("slug"), defaults=row)


def _check(by: Person, at: datetime) -> None:
    if not edits_programme(by, at):
        raise NotAllowed(_("Only the editors of the city centre name themes and brands."))


def _first(month: date, facts: Facts) -> Theme:
    try:
        with transaction.atomic():
            return Theme.objects.create(month=month.replace(day=1), **facts)
    except IntegrityError:
        raise Overtaken(_("Somebody else has named this month meanwhile.")) from None


def _step(row: Theme | Brand, version: int | None, facts: Facts) -> None:
    """Compare-and-set on the version that the person's page showed."""
    if version is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    changes = {**facts, "invented": False, "version": version + 1}
    if not type(row)._base_manager.filter(pk=row.pk, version=version).update(**changes):
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    row.refresh_from_db()


def _rows(name: str, key: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[key]
    for row in rows:
        row["invented"] = row.pop("demo", False)
    return rows
