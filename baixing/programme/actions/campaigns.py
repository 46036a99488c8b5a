"""Campaigns are founded, published and closed; who promises is counted and never named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.models import name_of
from baixing.kernel.refusals import NotAllowed, NotNow, Unfit
from baixing.kernel.rows import add
from baixing.network.models import Unit
from baixing.notices import actions as notices
from baixing.notices.actions import Word
from baixing.people.models import Person
from baixing.programme.models import Campaign, Pledge
from baixing.programme.queries.campaigns import holder_of, who_takes_part
from baixing.programme.rules import CAMPAIGN_LIFE, PLEDGE_LIFE, Standing, check_keeper


@dataclass(frozen=True)
class Aim:
    """From a day to a day. `facts` are plain columns of a campaign."""

    first: date
    last: date
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def add_campaign(unit: Unit, aim: Aim, *, by: Person, at: datetime) -> Campaign:
    """A draft, read by those in charge."""
    check_keeper(Standing(by, at), unit)
    made = Campaign(unit=unit, made_by=by, made_at=at, **_columns(aim))
    made.save(force_insert=True)
    journal.write("add_campaign", made, by=by, at=at, unit=unit.pk)
    return made


@transaction.atomic
def change_campaign(found: Campaign, aim: Aim, *, by: Person, at: datetime) -> None:
    """What is promised and counted stays as it is once people have promised it."""
    CAMPAIGN_LIFE.check("change_campaign", Standing(by, at), found)
    columns = _columns(aim)
    fixed = [name for name in ("promise", "counted", "measure") if columns.get(name) != getattr(found, name)]
    if fixed and found.state == Campaign.State.PUBLISHED:
        words = _("People read this already: what is promised and counted stays as it is.")
        raise Unfit(words, field=fixed[0])
    moved = (found.first, found.last) != (aim.first, aim.last)
    found.step(found.state, **columns)
    journal.write("change_campaign", found, by=by, at=at)
    if moved and found.state == Campaign.State.PUBLISHED:
        _tell("campaign.changed", found, at, first=aim.first.isoformat(), last=aim.last.isoformat())


@transaction.atomic
def publish_campaign(found: Campaign, *, by: Person, at: datetime) -> None:
    CAMPAIGN_LIFE.move("publish_campaign", Standing(by, at), found)
    journal.write("publish_campaign", found, by=by, at=at)


@transaction.atomic
def close_campaign(found: Campaign, *, by: Person, at: datetime) -> None:
    """Nothing more is promised or counted. What waits may still be confirmed."""
    CAMPAIGN_LIFE.move("close_campaign", Standing(by, at), found)
    journal.write("close_campaign", found, by=by, at=at)


@transaction.atomic
def call_off_campaign(found: Campaign, words: str, *, by: Person, at: datetime) -> None:
    """Whoever has promised or counted something reads why. What was counted stays."""
    CAMPAIGN_LIFE.move("call_off_campaign", Standing(by, at), found, why=words)
    journal.write("call_off_campaign", found, by=by, at=at, words=words)
    _tell("campaign.called_off", found, at, words=words)


@transaction.atomic
def pledge(campaign: Campaign, kind: str, *, unit: Unit | None = None, by: Person, at: datetime) -> Pledge:
    """Promise for oneself, for the household, or for a unit that one is in charge of; each once."""
    one = Standing(by, at)
    if not take_turn(campaign, last__gte=one.today):
        raise NotNow(_("This campaign takes no more promises."))
    if unit is not None and not (one.is_in_charge(unit) and campaign.unit.covers(unit)):
        raise NotAllowed(_("Only the head and the staff of a unit promise for it."))
    holder = f"u{unit.pk}" if unit is not None else holder_of(one, kind)
    made = Pledge(campaign=campaign, kind=kind, holder=holder, by=by, unit=unit, at=at)
    if not add(made):
        raise NotNow(_("This is promised already. Thank you."))
    journal.write("pledge", made, by=by, at=at, campaign=campaign.pk)
    return made


@transaction.atomic
def withdraw_pledge(found: Pledge, *, by: Person, at: datetime) -> None:
    """Without a reason, at any time."""
    PLEDGE_LIFE.move("withdraw_pledge", Standing(by, at), found)
    journal.write("withdraw_pledge", found, by=by, at=at)


@transaction.atomic
def forget_pledges(person: Person) -> None:
    """Nobody can tell any more whose they were; they still count."""
    Pledge.objects.filter(by=person, unit=None).update(by=None, holder="")


def take_turn(campaign: Campaign, **more: date) -> bool:
    """Promises and counts come in one after the other as long as it runs, and none once it is closed."""
    runs = Campaign.objects.filter(pk=campaign.pk, state=Campaign.State.PUBLISHED, **more)
    return bool(runs.update(turn=F("turn") + 1))


def _tell(kind: str, found: Campaign, at: datetime, **facts: str) -> None:
    said = {"title": found.title, **facts}
    word = Word(list(who_takes_part(found)), kind, said, f"/campaigns/{found.pk}/", thing=name_of(found))
    notices.tell_all([word], at=at)


def _columns(aim: Aim) -> dict[str, Any]:
    if aim.last < aim.first:
        raise Unfit(_("The last day is before the first."), field="last")
    return {**aim.facts, "first": aim.first, "last": aim.last}
