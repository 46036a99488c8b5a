"""Faults to plant: each is one thing left out that somebody could leave out, and the promise that it breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from django.db.models import F

from baixing.journal import actions as journal
from baixing.journal.models import Entry
from baixing.kernel.life import Living, Move
from baixing.kernel.refusals import Overtaken
from baixing.orders import actions, listeners
from baixing.orders.actions import clock, dispatching, moving, ticking
from baixing.orders.models import Escalation, Offer, Order, Rating
from baixing.orders.queries import pages
from baixing.orders.rules import LIFE, Standing, guards
from baixing.schedule import actions as schedule

Fault = AbstractContextManager[object]
Row = Move[Any, Any]


def _blind(order: Living, end: str, /, **changes: object) -> None:
    """A step that does not look whether somebody was faster."""
    type(order)._base_manager.filter(pk=order.pk).update(state=end, version=F("version") + 1, **changes)
    order.refresh_from_db()


def without_compare_and_set() -> Fault:
    return patch.object(Living, "step", _blind)


@contextmanager
def _with_rows(change: Callable[[Row], Row]) -> Iterator[None]:
    with patch.object(LIFE, "_moves", tuple(change(row) for row in LIFE)):
        yield


def _of(verb: str, **changes: Any) -> Callable[[], Fault]:  # noqa: ANN401 - handed on
    """The rows of a verb with something changed in them."""

    def planted() -> Fault:
        return _with_rows(lambda row: replace(row, **changes) if row.verb == verb else row)

    return planted


def version_stays() -> Fault:
    """A step that looks, and leaves no trace for the next one to see."""

    def step(order: Living, end: str, /, **changes: object) -> None:
        unmoved = type(order)._base_manager.filter(pk=order.pk, state=order.state, version=order.version)
        if not unmoved.update(state=end, **changes):
            raise Overtaken
        order.refresh_from_db()

    return patch.object(Living, "step", step)


def line_forgotten(verb: str) -> Fault:
    write = journal.write

    def forgetful(said: str, *args: Any, **facts: Any) -> object:  # noqa: ANN401 - handed on
        return None if said == verb else write(said, *args, **facts)

    return patch.object(journal, "write", forgetful)


def lines_not_chained() -> Fault:
    return patch.object(Entry, "digest_of_all", lambda entry: f"{entry.thing} {entry.seq}")


def answer_not_kept() -> Fault:
    answer = dispatching._answer

    def only_no(order: Order, state: Offer.State, *said: Any) -> None:  # noqa: ANN401 - handed on
        if state != Offer.State.ACCEPTED:
            answer(order, state, *said)

    return patch.object(dispatching, "_answer", only_no)


def nothing_freed() -> Fault:
    return patch.object(dispatching, "free", _nothing)


def visits_stay() -> Fault:
    return patch.object(schedule, "call_off", _nothing)


def never_escalates() -> Fault:
    return patch.object(ticking, "DUE", ticking.DUE[:-1])


def escalates_again() -> Fault:
    """Without looking whether it was done."""
    return patch.object(Escalation.objects, "get_or_create", lambda **_facts: (None, True))


def sent_down() -> Fault:
    """An order that should climb lands below."""
    return patch.object(clock, "next_above", lambda unit, _at: unit.children.first() or unit.parent)


def bounces_not_counted() -> Fault:
    return patch.object(dispatching, "bounce", _nothing)


def placed_anew() -> Fault:
    """The total clock starts again with each state."""
    entering = moving._entering

    def reset(order: Order, state: str, at: datetime, changes: moving.Changes) -> dict[str, object]:
        return {**entering(order, state, at, changes), "placed_at": at}

    return patch.object(moving, "_entering", reset)


def never_stood_still() -> Fault:
    return patch.object(moving, "wake", lambda _order, _at: {"still_since": None})


def orders_left_behind() -> Fault:
    return patch.object(listeners, "staffed", _anybody)


def shown_for_ever() -> Fault:
    return patch.object(guards, "CONTACT_AFTER", timedelta(days=999))


def page_goes_on() -> Fault:
    """The page asks only whether somebody looked a moment ago."""
    shown = pages.order_page

    def open_page(order: Order, one: Standing) -> pages.OrderPage:
        return replace(shown(order, one), shown=bool(pages.revealed([order], one)))

    return patch.object(pages, "order_page", open_page)


def half_done(verb: str) -> Fault:
    """What was written before a refusal is not taken back."""
    return patch.object(actions, verb, getattr(actions, verb).__wrapped__)


def rating_lost() -> Fault:
    return patch.object(Rating.objects, "create", _nothing)


def _nothing(*_said: object, **_facts: object) -> None:
    return None


def _anybody(*_asked: object) -> bool:
    return True


def _nobody(*_asked: object) -> bool:
    return False


@dataclass(frozen=True)
class Planted:
    fault: Callable[[], Fault]
    where: str  # on the ways to which state
    red: str  # what is said then


FAULTS: dict[str, Planted] = {
    "a step without compare-and-set": Planted(without_compare_and_set, "asked", "from a stale page"),
    "a version that stays": Planted(version_stays, "asked", "every_step_has_a_line"),
    "a verb without its line": Planted(partial(line_forgotten, "urge"), "placed", "urge is not in the journal"),
    "lines that are not chained": Planted(lines_not_chained, "placed", "journal_is_whole"),
    "an offer not closed when accepted": Planted(answer_not_kept, "accepted", "one_live_offer_at_most"),
    "a team that keeps what it gave back": Planted(nothing_freed, "pending", "one_team_has_it_at_most"),
    "a visit nobody calls off": Planted(visits_stay, "withdrawn", "nobody_is_kept_busy"),
    "a clock that does not escalate": Planted(never_escalates, "unmet", "nothing_is_overdue"),
    "a clock that forgets it escalated": Planted(escalates_again, "unmet", "one_escalation_for_each"),
    "an order that falls": Planted(sent_down, "unmet", "never_falls"),
    "a bounce not counted": Planted(bounces_not_counted, "pending", "bounces_send_it_up"),
    "a guard that is always content": Planted(_of("ask", guard=None), "pending", "stays_within_its_limit"),
    "a power for everybody": Planted(_of("admit", who=_anybody), "pending", "somebody did admit and may not"),
    "a power for nobody": Planted(_of("agree", who=_nobody), "rejected", "somebody may agree, and was not let"),
    "a move that is in no table": Planted(_of("admit", start={"placed", "asked"}), "asked", "only_moves_of_the_table"),
    "a verb after the end": Planted(
        _of("urge", start={*Order.State.values}), "withdrawn", "somebody did urge and may not"
    ),
    "a total clock that starts again": Planted(placed_anew, "pending", "total_clock_runs"),
    "a clock that goes on while asking": Planted(never_stood_still, "withdrawn", "total_clock_runs"),
    "a unit that leaves its orders behind": Planted(orders_left_behind, "asked", "an_owner_who_can_act"),
    "a contact shown for ever": Planted(shown_for_ever, "served", "shown_to_the_team_only_in_its_time"),
    "a page that goes on showing it": Planted(page_goes_on, "pending", "cannot_be_read_once"),
    "a refusal that leaves half behind": Planted(partial(half_done, "appoint"), "appointed", "left something behind"),
    "a rating that is not kept": Planted(rating_lost, "closed", "one_rating_a_round"),
}
