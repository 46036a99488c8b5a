"""What a unit has counted in a month: one person tells it, another one above confirms it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.kernel.rows import add
from baixing.network.models import Unit
from baixing.network.queries import holders
from baixing.network.rules import IN_CHARGE
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.programme.actions.campaigns import take_turn
from baixing.programme.models import Campaign, Tally
from baixing.programme.queries.campaigns import months_of
from baixing.programme.rules import TALLY_LIFE, Standing


@dataclass(frozen=True)
class Counted:
    """So many matters in a month, and how they were counted."""

    month: date
    number: int
    words: str = ""


@transaction.atomic
def tell_tally(campaign: Campaign, unit: Unit, counted: Counted, *, by: Person, at: datetime) -> Tally:
    """The first time, or again as long as nobody has confirmed it."""
    one = Standing(by, at)
    _check(campaign, unit, counted, one)
    facts = {"number": counted.number, "words": counted.words, "told_by": by, "told_at": at}
    made = Tally(campaign=campaign, unit=unit, month=counted.month, **facts)
    if not add(made):
        made = _again(made, one, facts)
    journal.write("tell_tally", made, by=by, at=at, unit=unit.pk, number=counted.number)
    _tell(made, "tally.told", _above(unit, by, at), at, number=counted.number, measure=campaign.measure)
    return made


@transaction.atomic
def confirm_tally(found: Tally, *, by: Person, at: datetime) -> None:
    """From now on everybody reads it."""
    TALLY_LIFE.move("confirm_tally", Standing(by, at), found, decided_by=by, decided_at=at, answer="")
    journal.write("confirm_tally", found, by=by, at=at, number=found.number)


@transaction.atomic
def return_tally(found: Tally, words: str, *, by: Person, at: datetime) -> None:
    """Nobody else reads it until it is told again."""
    TALLY_LIFE.move("return_tally", Standing(by, at), found, decided_by=by, decided_at=at, answer=words)
    journal.write("return_tally", found, by=by, at=at, number=found.number)
    _tell(found, "tally.returned", [found.told_by], at, words=words)


def _check(campaign: Campaign, unit: Unit, counted: Counted, one: Standing) -> None:
    if not (campaign.unit.covers(unit) and one.is_in_charge(unit)):
        raise NotAllowed(_("Only the head and the staff of a unit that takes part tell what it has counted."))
    if not take_turn(campaign):
        raise NotNow(_("This campaign is over: nothing more is counted."))
    if counted.month not in months_of(campaign, one.today):
        raise Unfit(_("This month is not one of the campaign, or it has not begun yet."), field="month")


def _again(told: Tally, one: Standing, facts: dict[str, object]) -> Tally:
    rows = Tally.objects.select_related("unit", "campaign")
    there = rows.filter(campaign=told.campaign, unit=told.unit, month=told.month).first()
    if there is None:
        raise Overtaken
    if there.state == Tally.State.CONFIRMED:
        words = _("This month is confirmed already. Whoever confirmed it can give it back, then tell it again.")
        raise NotNow(words)
    TALLY_LIFE.check("tell_tally", one, there)
    there.step(Tally.State.TOLD, **facts)
    return there


def _above(unit: Unit, by: Person, at: datetime) -> list[Person]:
    """Who can confirm it: those in charge of the nearest unit above where somebody is; at the top, colleagues."""
    nearest = unit.parent or unit
    while True:
        found = list(holders(nearest, IN_CHARGE, at).exclude(pk=by.pk))
        if found or nearest.parent is None:
            return found
        nearest = nearest.parent


def _tell(tally: Tally, kind: str, people: list[Person], at: datetime, **facts: str | int) -> None:
    said = {"unit": tally.unit.short, "title": tally.campaign.title, **facts}
    link = f"/campaigns/{tally.campaign_id}/tallies/"
    notices.tell_all([Word(people, kind, said, link, thing=name_of(tally))], at=at)
