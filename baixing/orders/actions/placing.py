"""A resident says what they need, changes it, answers, or takes it back."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.actions import Fact
from baixing.kernel.calendar import LOCAL
from baixing.kernel.prepared import prepared
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany, Unfit
from baixing.kernel.rows import insert
from baixing.kernel.seal import tail
from baixing.look.said import said_moment
from baixing.menu.models import ServiceItem
from baixing.menu.queries import is_offered
from baixing.network.models import Home, Unit
from baixing.network.queries import home_of, officers
from baixing.network.rules import OFFICERS
from baixing.orders.actions import telling
from baixing.orders.actions.moving import NO_TEAM, go, next_above, wake
from baixing.orders.models import Offer, Order, Window
from baixing.orders.rules import Standing, clocks, danger
from baixing.people.actions import choose_speech
from baixing.people.actions.turns import take_turn
from baixing.people.models import Consent, Person
from baixing.people.queries import needs_guardian
from baixing.people.rules import is_minor
from baixing.people.rules.speech import is_speech
from baixing.schedule import actions as schedule
from baixing.schedule.actions import Slot
from baixing.teams.models import Team

MOST_OPEN = 5
MOST_AT_ONCE = 3
AT_ONCE = timedelta(minutes=10)
FARTHEST = timedelta(days=60)
LATE = timedelta(hours=2)
URGE_APART = timedelta(hours=24)


@dataclass(frozen=True)
class Wanted:
    """What is ordered, for whom and where. Without an item it is a wish and needs words."""

    resident: Person
    station: Unit
    item: ServiceItem | None = None
    words: str = ""
    address: str = ""
    phone: str = ""
    windows: Sequence[Slot] = field(default_factory=tuple)
    proof: str = ""
    shared: bool = False
    by_person: bool = False
    asked_team: Team | None = None
    speech: str | None = None  # language or dialect; None: as the resident has said before
    appeal_of: Order | None = None


@transaction.atomic
def place(wanted: Wanted, *, by: Person, at: datetime) -> Order:
    """A new order. Its total clock starts now, and never starts again."""
    take_turn("person", str(wanted.resident.pk))
    _check_author(wanted, by, at)
    _check_limits(wanted.resident, at)
    _check_offered(wanted, at)
    _check_windows(wanted.windows, wanted.item, at)
    _check_speech(wanted.speech)
    home = home_of(wanted.resident)
    owner, desk = _first_receiver(wanted, at)
    order = _create(wanted, owner, home, by, at)
    insert([Window(order=order, start=w.start, end=w.end) for w in wanted.windows])
    _remember_home(wanted, home)
    _remember_speech(order, by, at)
    journal.begin("place", order, by=by, at=at, words=wanted.words, proof=order.proof)
    telling.placed(order, desk, at)
    return order


@transaction.atomic
def change(
    order: Order,
    *,
    words: str,
    address: str,
    windows: Sequence[Slot],
    speech: str | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Say it differently, as long as no team is named. What is None stays as it is."""
    _check_windows(windows, order.item, at)
    _check_speech(speech)
    facts = _on_behalf(order, by)
    new = {"words": words, "address": address, "danger": danger.found(words)}
    new |= {"speech": speech} if speech is not None else {}
    go("change", order, new, by=by, at=at, said=words, facts=facts)
    order.windows.all().delete()
    Window.objects.bulk_create(Window(order=order, start=w.start, end=w.end) for w in windows)


@transaction.atomic
def supply(order: Order, *, answer: str, by: Person, at: datetime) -> None:
    """Answer what the owner asked; the total clock runs again."""
    if not answer.strip():
        raise Unfit(_("Please write your answer."), field="answer")
    words = f"{order.words}\n{answer}".strip()
    heard = danger.found(answer) or order.danger
    go("supply", order, {"words": words, "danger": heard, **wake(order, at)}, by=by, at=at, said=answer)
    telling.forget_reminders(order, at)
    telling.owner(order, "owner.supplied", at)


@transaction.atomic
def withdraw(order: Order, *, by: Person, at: datetime) -> None:
    """Take it back before it is served. The volunteers are free again at once."""
    team, visit = order.team, order.visit
    late = bool(visit and visit.start - at < LATE and order.state == Order.State.APPOINTED)
    go("withdraw", order, NO_TEAM, by=by, at=at, facts={"late": late, **_on_behalf(order, by)})
    Offer.objects.filter(order=order, state__in=["live", "accepted"]).update(state=Offer.State.RECALLED, answered_at=at)
    if visit is not None and visit.state == visit.State.OPEN:
        schedule.call_off(visit, by=by, at=at)
    telling.withdrawn(order, team, at)


@transaction.atomic
def suggest(order: Order, *, windows: Sequence[Slot], by: Person, at: datetime) -> None:
    """Ask the team for another time; the leader sets it."""
    if not windows:
        raise Unfit(_("Choose at least one time that suits you."), field="windows")
    _check_windows(windows, None, at)
    go("suggest", order, {"suggestions": order.suggestions + 1}, by=by, at=at)
    order.windows.all().delete()
    Window.objects.bulk_create(Window(order=order, start=w.start, end=w.end) for w in windows)
    telling.team(order, "team.suggested", at)


@transaction.atomic
def urge(order: Order, *, by: Person, at: datetime) -> None:
    """Ask the owner to hurry, at most once a day."""
    if order.urged_at is not None and at < order.urged_at + URGE_APART:
        again = said_moment(order.urged_at + URGE_APART, at)
        raise NotNow(_("You can urge again from %(when)s on.") % {"when": again})
    go("urge", order, {"urged_at": at}, by=by, at=at, facts=_on_behalf(order, by))
    telling.owner(order, "owner.urged", at)


def _on_behalf(order: Order, by: Person) -> dict[str, Fact]:
    return {"on_behalf": by.pk != order.resident_id}


def _check_author(wanted: Wanted, by: Person, at: datetime) -> None:
    resident, one = wanted.resident, Standing(by, at)
    if needs_guardian(resident, at.astimezone(LOCAL).date()):
        raise NotNow(_("Children under 14 need a guardian who confirms first."))
    if not one.answers_for(resident):
        if not wanted.proof:
            raise Unfit(_("Say how you know that the resident wants this."), field="proof")
        if not one.holds_over(OFFICERS, wanted.station):
            raise NotAllowed(_("Only staff of this village's units may order on behalf."))
    elif not _agreed(resident.pk):
        raise NotNow(_("Please agree first to how we handle your data, on your own page."))
    if wanted.appeal_of is not None and wanted.appeal_of.resident_id != resident.pk:
        raise NotAllowed


def _check_limits(resident: Person, at: datetime) -> None:
    if not _living(resident.pk):
        raise NotNow(_("This person's account is closed."))
    live = _live(resident.pk)
    if len(live) >= MOST_OPEN:
        raise TooMany(_("Five orders are open already. Please wait until one is done."))
    if len(_placed(resident.pk, at - AT_ONCE, at)) >= MOST_AT_ONCE:
        raise TooMany(_("Three orders within ten minutes are enough. Please wait a little."))


@prepared
def _agreed(person: int) -> QuerySet[Consent, tuple[int]]:
    return Consent.objects.filter(person=person, kind=Consent.Kind.PRIVACY, withdrawn_at=None).values_list("pk")


@prepared
def _living(person: int) -> QuerySet[Person, tuple[int]]:
    return Person.objects.living().filter(pk=person).values_list("pk")


@prepared
def _live(resident: int) -> QuerySet[Order, tuple[int]]:
    return Order.objects.live().filter(resident=resident).values_list("pk")[:MOST_OPEN]


@prepared
def _placed(resident: int, after: datetime, until: datetime) -> QuerySet[Order, tuple[int]]:
    mine = Order.objects.filter(resident=resident, placed_at__gt=after, placed_at__lte=until)
    return mine.values_list("pk")[:MOST_AT_ONCE]


def _check_offered(wanted: Wanted, at: datetime) -> None:
    item, today = wanted.item, at.astimezone(LOCAL).date()
    if item is None:
        if not wanted.words.strip():
            raise Unfit(_("Please say in words what you need."), field="words")
        return
    if not is_offered(item, wanted.station, today):
        raise NotNow(_("This service is not offered for your village at the moment."))
    age = wanted.resident.age(today)
    young = age is not None and item.min_age is not None and age < item.min_age
    old = age is not None and item.max_age is not None and age > item.max_age
    if young or old:
        raise NotNow(_("This service is for people of another age. Please ask your station."))


def _check_windows(windows: Collection[Slot], item: ServiceItem | None, at: datetime) -> None:
    earliest = at + timedelta(days=item.lead_days - 1) if item and item.lead_days else at
    for window in windows:
        if window.end <= window.start:
            raise Unfit(_("The end must be after the start."), field="windows")
        if window.end <= at or window.end > at + FARTHEST:
            raise Unfit(_("Choose times within the next 60 days."), field="windows")
        if window.end <= earliest:
            days = item.lead_days if item else 0
            words = _("This service needs %(days)d days to prepare. Choose a later day.")
            raise Unfit(words % {"days": days}, field="windows")


def _check_speech(speech: str | None) -> None:
    if speech is not None and not is_speech(speech):
        raise Unfit(_("Choose one of the languages and dialects."), field="speech")


def _create(wanted: Wanted, owner: Unit, home: Home | None, by: Person, at: datetime) -> Order:
    item = wanted.item
    phone = wanted.phone or wanted.resident.phone
    guarded = Standing(by, at).answers_for(wanted.resident)
    proof = Order.Proof.GUARDIAN if guarded else wanted.proof
    order = Order(
        code=base64.b32encode(secrets.token_bytes(10)).decode(),
        item=item,
        words=wanted.words,
        urgency=item.urgency if item else Order.Urgency.NORMAL,
        shared=wanted.shared and item is None,
        danger=danger.found(wanted.words),
        resident=wanted.resident,
        placed_by=by,
        proof="" if by.pk == wanted.resident.pk else proof,
        station=wanted.station,
        address=wanted.address or (home.address if home else ""),
        phone=phone,
        phone_tail=tail(phone) if phone else "",
        by_person=wanted.by_person,
        asked_team=wanted.asked_team,
        speech=wanted.resident.speech if wanted.speech is None else wanted.speech,
        two_needed=is_minor(wanted.resident, at.astimezone(LOCAL).date()) or bool(home and home.alone),
        owner=owner,
        first_receiver=owner,
        appeal_of=wanted.appeal_of,
        placed_at=at,
        entered_at=at,
        promised_at=at,
    )
    order.due_at, order.promised_at = clocks.first(order, at=at)
    insert([order])
    return order


def _first_receiver(wanted: Wanted, at: datetime) -> tuple[Unit, list[Person]]:
    """The village's own station if somebody works there, else the nearest unit above; and who acts for it.

    An appeal goes one tier above the unit that decided.
    """
    if wanted.appeal_of is None and (desk := list(officers(wanted.station, at))):
        return wanted.station, desk
    decided = wanted.appeal_of.owner if wanted.appeal_of else None
    above = next_above(decided or wanted.station, at) or decided
    if above is None:
        raise NotNow(_("Nobody works at this station yet. Please call the centre."))
    return above, list(officers(above, at))


def _remember_home(wanted: Wanted, home: Home | None) -> None:
    """The next order starts with what this one said."""
    if home is None:
        defaults = {"station": wanted.station, "address": wanted.address}
        home, _made = Home.objects.get_or_create(person=wanted.resident, defaults=defaults)
    if wanted.address and not home.address:
        home.address = wanted.address
        home.save(update_fields=["address"])


def _remember_speech(order: Order, by: Person, at: datetime) -> None:
    choose_speech(order.resident, order.speech, by=by, at=at)
