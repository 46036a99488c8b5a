"""What a city sets for all its orders: the lists of reasons, and how long each step may take."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from baixing.journal import actions as journal
from baixing.kernel.calendar import Span
from baixing.kernel.refusals import NotNow, Overtaken, Unfit
from baixing.orders.models import Clock, Offer, Order, Reason
from baixing.orders.rules import Standing, check_settings, clocks
from baixing.people.models import Person

Words = Mapping[str, str]  # name, name_en, instead, instead_en
TELLS_WHERE = frozenset({Reason.Kind.REJECT, Reason.Kind.GIVE_UP})
TEXTS = ("name", "name_en", "instead", "instead_en")


@transaction.atomic
def add_reason(kind: str, words: Words, *, after: int | None, by: Person, at: datetime) -> Reason:
    """A new line of a list, behind the reason `after`, or first."""
    check_settings(Standing(by, at))
    _take_turn(kind)
    _check_words(kind, words, None)
    reason = Reason.objects.create(kind=kind, code=_new_code(), **words)
    _place(reason, after)
    journal.write("add_reason", reason, by=by, at=at, words=_told(words), after=reason.position)
    return reason


@transaction.atomic
def change_reason(
    reason: Reason, words: Words, *, after: int | None, version: int | None, by: Person, at: datetime
) -> Reason:
    """Say it differently, or move it in its list.

    Orders keep the words they were given: once an order has the reason, a new line takes its place in the list.
    """
    check_settings(Standing(by, at))
    _take_turn(reason.kind)
    _check_words(reason.kind, words, reason)
    before, place = {name: str(getattr(reason, name)) for name in TEXTS}, reason.position
    new = {**before, **words}
    told = f"{_told(before)}\n→ {_told(new)}" if new != before else ""
    if told and _is_given(reason):
        _step(reason, version, active=False)
        said = Reason.objects.create(kind=reason.kind, code=_new_code(), **new)
        journal.write("add_reason", said, by=by, at=at, words=_told(new), instead_of=reason.pk)
    else:
        _step(reason, version, **new)
        said = reason
    _place(said, after)
    facts: dict[str, int] = {"to": said.pk, "before": place, "after": said.position}
    journal.write("change_reason", reason, by=by, at=at, words=told, **facts)
    return said


@transaction.atomic
def retire_reason(reason: Reason, *, version: int | None, by: Person, at: datetime) -> None:
    """Nobody can choose it from now on. Orders that have it keep it."""
    check_settings(Standing(by, at))
    _take_turn(reason.kind)
    others = Reason.objects.filter(kind=reason.kind, active=True).exclude(pk=reason.pk)
    if not others.exists():
        raise NotNow(_("This is the last reason of its list. Add another one first."))
    _step(reason, version, active=False)
    journal.write("retire_reason", reason, by=by, at=at, before=True, after=False)


@transaction.atomic
def restore_reason(reason: Reason, *, version: int | None, by: Person, at: datetime) -> None:
    check_settings(Standing(by, at))
    _take_turn(reason.kind)
    _check_words(reason.kind, {name: getattr(reason, name) for name in TEXTS}, reason)
    _step(reason, version, active=True)
    journal.write("restore_reason", reason, by=by, at=at, before=False, after=True)


@transaction.atomic
def set_clock(step: str, spans: Mapping[str, Span], *, version: int | None, by: Person, at: datetime) -> Clock:
    """How long a step may take from now on, by urgency. Clocks that run already keep their moment.

    `version` is that of the row the page showed, 0 when there was none.
    """
    check_settings(Standing(by, at))
    if any(wrong := clocks.fault(spans)):
        raise Unfit(wrong[1], field=wrong[0])
    new = {urgency: str(span) for urgency, span in spans.items()}
    clock = Clock.objects.filter(step=step).first()
    before = [getattr(clock, name) for name in new] if clock else [clocks.default(step)[name] for name in new]
    if version == 0:
        clock = _first(step, new)
    elif clock is not None:
        _step(clock, version, **new)
    else:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    journal.write("set_clock", clock, by=by, at=at, step=step, before=before, after=list(new.values()))
    return clock


def _take_turn(kind: str) -> None:
    """Of two who change one list at once the second waits here."""
    Reason.objects.filter(kind=kind).update(position=F("position"))


def _check_words(kind: str, words: Words, but: Reason | None) -> None:
    if kind in TELLS_WHERE and not words.get("instead", "").strip():
        raise Unfit(_("Please say where the resident can go instead."), field="instead")
    same = Reason.objects.filter(kind=kind, active=True, name=words["name"])
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Unfit(_("This reason stands in the list already."), field="name")


def _is_given(reason: Reason) -> bool:
    given = {"reason": reason.code}
    return Order.objects.filter(**given).exists() or Offer.objects.filter(**given).exists()


def _place(reason: Reason, after: int | None) -> None:
    """Put it behind the other one, and number the list anew."""
    rows = list(Reason.objects.filter(kind=reason.kind, active=True).exclude(pk=reason.pk).order_by("position", "pk"))
    behind = next((place for place, row in enumerate(rows, start=1) if row.pk == after), 0)
    rows.insert(behind, reason)
    for place, row in enumerate(rows):
        row.position = place
    Reason.objects.bulk_update(rows, ["position"])


def _step(row: Reason | Clock, version: int | None, **changes: object) -> None:
    """Compare-and-set on the version that the person's page showed."""
    if version is None:
        raise NotNow(_("This page is incomplete. Please reload it and try again."))
    found = type(row)._base_manager.filter(pk=row.pk, version=version)
    if not found.update(**changes, version=version + 1):
        raise Overtaken(_("Somebody else has changed this meanwhile."))
    row.refresh_from_db()


def _first(step: str, spans: Mapping[str, str]) -> Clock:
    try:
        with transaction.atomic():
            return Clock.objects.create(step=step, **spans)
    except IntegrityError:
        raise Overtaken(_("Somebody else has changed this meanwhile.")) from None


def _told(words: Words) -> str:
    return " / ".join(words[name] for name in TEXTS if words.get(name))


def _new_code() -> str:
    return f"r-{secrets.token_hex(5)}"
