"""The life of an import, who may bring what in where, and how large a list may be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from baixing.exchange.models import Import
from baixing.kernel.life import Life, Move
from baixing.kernel.refusals import NotAllowed
from baixing.menu.rules import KEEPERS, edits_menu
from baixing.network.models import Unit
from baixing.network.rules import IN_CHARGE, edits, posts_of
from baixing.people.models import Person
from baixing.teams.rules import Standing

State, Kind = Import.State, Import.Kind

MOST_ROWS: Final = 20_000
LARGEST_FILE: Final = 8 * 1024 * 1024  # bytes
LEASE: Final = timedelta(seconds=90)  # a worker not heard of for so long is gone
TRIES: Final = 3
KEPT: Final = timedelta(hours=24)  # how long the rows of a list that nobody confirms are kept


def brings_in(person: Person, kind: str, unit: Unit, on: datetime) -> bool:
    """Those in charge of the unit or of one above it; a menu's items also its editors."""
    if kind == Kind.ITEMS:
        return edits_menu(person, unit, on)
    if unit.is_partner() and kind == Kind.UNITS:
        return False
    return edits(person, unit, on)


def kinds_for(person: Person, unit: Unit, on: datetime) -> list[Import.Kind]:
    """What this person may bring in here."""
    return [kind for kind in Kind if brings_in(person, kind, unit, on)]


def check_bringing(person: Person, kind: str, unit: Unit, on: datetime) -> None:
    if not brings_in(person, kind, unit, on):
        raise NotAllowed(_("Only those in charge of this unit, or of one above it, bring lists in here."))


def offices_for(person: Person, on: datetime) -> Collection[Unit]:
    """The units in which this person may bring something in, the highest first."""
    return {post.unit_id: post.unit for post in posts_of(person, on, IN_CHARGE | KEEPERS)}.values()


def _in_charge(one: Standing, source: Import) -> bool:
    return brings_in(one.person, source.kind, source.unit, one.at)


def _whose_it_is(one: Standing, source: Import) -> bool:
    """Only who has seen the whole list, phones and all, says that it is right."""
    return one.person.pk == source.by_id and _in_charge(one, source)


def _nobody(_one: Standing, _source: Import) -> bool:
    return False


LIFE: Final[Life[Standing, Import]] = Life(
    Move("pass", {State.CHECKING, State.WRITING}, State.READY, who=_nobody, by_clock=True),
    Move("fail", {State.CHECKING, State.WRITING}, State.FAULTY, who=_nobody, by_clock=True),
    Move("confirm", {State.READY}, State.WRITING, who=_whose_it_is),
    Move("write", {State.WRITING}, State.DONE, who=_nobody, by_clock=True),
    Move("drop", {State.CHECKING, State.READY, State.FAULTY}, State.DROPPED, who=_in_charge, by_clock=True),
    Move("undo", {State.DONE}, State.UNDOING, who=_in_charge),
    Move("take_back", {State.UNDOING}, State.UNDONE, who=_nobody, by_clock=True),
    Move("break_off", set(Import.AT_WORK) - {State.UNDOING}, State.BROKEN, who=_nobody, by_clock=True),
    Move("give_up", {State.UNDOING}, State.DONE, who=_nobody, by_clock=True),
)
