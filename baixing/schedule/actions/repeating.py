"""Sessions of one recurrence: planned in one go; changed, opened and called off one, from one on, or all to come.

Each lives by itself. What is changed for many reaches those that still are as the changed one was: whoever moved or
reworded one of them by itself finds it as they left it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import NotNow, Unfit
from baixing.people.models import Person
from baixing.schedule.actions import booking, sessions, spaces
from baixing.schedule.actions.booking import Hold
from baixing.schedule.actions.sessions import Need, Planned
from baixing.schedule.actions.visiting import Slot
from baixing.schedule.models import Recurrence, Role, Session, SessionQuerySet, Signup, Space
from baixing.schedule.queries.openings import openings
from baixing.schedule.rules.booking import Hindered, Hindrance
from baixing.schedule.rules.recurrence import Repeat, check_apart, exdates_of, occurrences, rule_of

S = Session.State
ONE, LATER, ALL = "one", "later", "all"
BESIDE: Final = ("signup_from", "signup_until")  # they go with the start of each
TIMES: Final = ("start", "end", *BESIDE)


@dataclass(frozen=True)
class Again:
    """How it repeats, which days are left out, and whether what cannot be had is left out, too."""

    repeat: Repeat
    left_out: Collection[date] = ()
    others: bool = False


@transaction.atomic
def plan_again(
    planned: Planned, again: Again | None, *, space: Space | None = None, by: Person, at: datetime
) -> list[Session]:
    """Drafts, all of them or none; each with its own booking of the space, when one is named. Once, without `again`.

    All the days on which the space cannot be had are named first.
    """
    rule, starts = _starts(planned, again, at)
    slots = [Slot(start, start + (planned.end - planned.start)) for start in starts]
    fit, missing = _fitting(space, slots, others=again is not None and again.others)
    found = None
    if again is not None:
        exdates = exdates_of({*again.left_out, *missing})
        found = Recurrence.objects.create(rule=rule, exdates=exdates, start=planned.start, end=planned.end)
    made = [sessions.plan(_at(planned, slot, found), by=by, at=at) for slot in fit]
    if space is not None:
        for session in made:
            booking.book(_hold(space, session, planned), by=by, at=at)
    return made


@transaction.atomic
def change_all(
    session: Session, which: str, facts: Mapping[str, object], needs: Sequence[Need], *, by: Person, at: datetime
) -> list[Session]:
    """Say it differently for this one and its like; those that cannot follow are all named, and nothing is changed."""
    if which == ONE or session.recurrence_id is None:
        sessions.change(session, facts, needs, by=by, at=at)
        return [session]
    like = _like(session, which, at)
    then = _Change(session, facts, needs)
    own = {**facts, "rule_start": then.after["start"]} if session.start == session.rule_start else facts
    deeds = [(session, _changing(session, own, needs, by, at))]
    for one in like:
        told, theirs = then.facts_for(one), needs_of(one)
        wanted = then.needs_for(theirs)
        if told or wanted != theirs:
            deeds.append((one, _changing(one, told, wanted, by, at)))
    later = then.after["start"] > then.before["start"]  # the last first: each finds free what the next one had
    _do_all(sorted(deeds, key=lambda deed: deed[0].start, reverse=later))
    return [one for one, _deed in deeds]


@transaction.atomic
def open_all(session: Session, which: str, *, by: Person, at: datetime) -> list[Session]:
    """Those that are drafts still, and not over."""
    drafts = [one for one in _like(session, which, at) if one.state == S.DRAFT]
    for one in (session, *drafts):
        sessions.open(one, by=by, at=at)
    return [session, *drafts]


@transaction.atomic
def call_off_all(
    session: Session, which: str, *, words: str, by: Person, at: datetime
) -> list[tuple[Session, list[Signup]]]:
    """Each with those whom no message reaches."""
    return [
        (one, sessions.cancel_session(one, words=words, by=by, at=at)) for one in (session, *_like(session, which, at))
    ]


class _Change:
    """What is said differently of one session, as another of its recurrence takes it on."""

    def __init__(self, session: Session, facts: Mapping[str, object], needs: Sequence[Need]) -> None:
        self.before = {name: getattr(session, name) for name in (*facts, "start", "end", *BESIDE)}
        self.after = {**self.before, **facts}
        self.plain = {name for name in facts if name not in TIMES and facts[name] != self.before[name]}
        self.moves = (self.before["start"], self.before["end"]) != (self.after["start"], self.after["end"])
        self.needs_before, self.needs_after = needs_of(session), list(needs)

    def facts_for(self, one: Session) -> dict[str, object]:
        told = {name: self.after[name] for name in self.plain if getattr(one, name) == self.before[name]}
        start = one.start
        if self.moves and one.start == one.rule_start and one.length == self.before["end"] - self.before["start"]:
            start = one.start + (self.after["start"] - self.before["start"])
            told |= {"start": start, "end": start + (self.after["end"] - self.after["start"]), "rule_start": start}
        for name in BESIDE:
            before = _apart(self.before[name], self.before["start"])
            if _apart(getattr(one, name), one.start) == before:
                moment = _beside(_apart(self.after[name], self.after["start"]), start)
                told |= {name: moment} if moment != getattr(one, name) else {}
        return told

    def needs_for(self, theirs: list[Need]) -> list[Need]:
        return self.needs_after if theirs == self.needs_before else theirs


def needs_of(session: Session) -> list[Need]:
    """What is asked for, as it would be planned."""
    parts = ("side", "seats", "name", "least", "skill", "licence", "age_from", "age_to")
    roles = Role.objects.filter(session=session).select_related("skill", "licence").order_by("side", "pk")
    return [Need(**{part: getattr(role, part) for part in parts}) for role in roles]


def _starts(planned: Planned, again: Again | None, at: datetime) -> tuple[str, list[datetime]]:
    if again is None:
        return "", [planned.start]
    rule = rule_of(again.repeat, planned.start.astimezone(LOCAL).date())
    starts = occurrences(rule, planned.start, again.left_out)
    check_apart(starts, planned.end - planned.start)
    if starts[0] < at:
        raise Unfit(_("One of these days is over already."), field="day")
    return rule, starts


def _fitting(space: Space | None, slots: Sequence[Slot], *, others: bool) -> tuple[list[Slot], set[date]]:
    """The times at which the space can be had; its turn is ours from here on."""
    if space is None:
        return list(slots), set()
    spaces.take_turn(space)
    spaces.check_in_use(space)
    free = openings(space, slots[0].start, slots[-1].end)
    barriers = [Hindrance(slot.start, slot.end, free.barrier(slot.start, slot.end)) for slot in slots]
    hindrances = [one for one in barriers if one.words]
    fit = [slot for slot, one in zip(slots, barriers, strict=True) if not one.words]
    if hindrances and not (others and fit):
        words = _("On these days %(space)s cannot be had. Nothing is planned yet.")
        raise Hindered(words % {"space": space.name}, hindrances)
    return fit, {one.start.astimezone(LOCAL).date() for one in hindrances}


def _at(planned: Planned, slot: Slot, recurrence: Recurrence | None) -> Planned:
    facts = dict(planned.facts)
    for name in BESIDE:
        facts |= {name: _beside(_apart(facts.get(name), planned.start), slot.start)}
    if recurrence is not None:
        facts |= {"recurrence": recurrence, "rule_start": slot.start}
    return replace(planned, start=slot.start, end=slot.end, facts=facts)


def _hold(space: Space, session: Session, planned: Planned) -> Hold:
    """For the team that holds it, or its unit; with as many heads as there are seats, or as the space holds."""
    heads = sum(need.seats for need in planned.needs) or space.capacity
    own = {"team": session.team} if session.team else {"unit": session.unit}
    return Hold(space, Slot(session.start, session.end), heads, session=session, **own)


def _like(session: Session, which: str, at: datetime) -> list[Session]:
    """The others of its recurrence that are to come; from this one on, or all."""
    if which == ONE or session.recurrence_id is None:
        return []
    rows: SessionQuerySet = Session.objects.filter(recurrence=session.recurrence_id, state__in=(S.DRAFT, S.OPEN))
    rows = rows.filter(start__gt=at).exclude(pk=session.pk).select_related("unit", "team", "platform")
    return list((rows.filter(start__gt=session.start) if which == LATER else rows).order_by("start", "pk"))


def _changing(
    one: Session, facts: Mapping[str, object], needs: Sequence[Need], by: Person, at: datetime
) -> Callable[[], None]:
    return lambda: sessions.change(one, facts, needs, by=by, at=at)


def _do_all(deeds: Iterable[tuple[Session, Callable[[], None]]]) -> None:
    """Try each, so that all which cannot be are named at once."""
    hindrances = []
    for one, deed in deeds:
        start, end = one.start, one.end
        try:
            with transaction.atomic():
                deed()
        except (Unfit, NotNow) as no:
            hindrances.append(Hindrance(start, end, str(no)))
    if hindrances:
        hindrances.sort(key=lambda one: one.start)
        raise Hindered(_("It cannot be changed on these days. Nothing is changed yet."), hindrances)


def _apart(moment: object, start: datetime) -> timedelta | None:
    return moment - start if isinstance(moment, datetime) else None


def _beside(apart: timedelta | None, start: datetime) -> datetime | None:
    return None if apart is None else start + apart
