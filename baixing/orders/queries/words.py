"""What a page says of an order: what happens next, by whom, by when; and what has happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from baixing.journal.queries import lines
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import Words
from baixing.orders.models import Order

S = Order.State
NEXT: dict[str, Words] = {
    S.PLACED: lazy("%(unit)s will answer you by %(when)s."),
    S.ASKED: lazy("%(unit)s has asked you something. Please answer by %(when)s."),
    S.PENDING: lazy("%(unit)s is looking for a team, by %(when)s."),
    S.OFFERED: lazy("%(team)s has been asked and answers by %(when)s."),
    S.ACCEPTED: lazy("%(team)s will set a time with you by %(when)s."),
    S.APPOINTED: lazy("%(team)s comes on %(visit)s."),
    S.SERVED: lazy("It is served. Please tell us how it was, by %(when)s."),
    S.DISPUTED: lazy("%(unit)s is looking into it and decides by %(when)s."),
    S.PAUSED: lazy("It rests until %(when)s and goes on by itself then."),
    S.CLOSED: lazy("It is done. Thank you."),
    S.WITHDRAWN: lazy("It was taken back. You can place it again at any time."),
    S.REJECTED: lazy("It could not be taken on. Please read why below."),
    S.MERGED: lazy("It goes on together with an equal order."),
    S.UNMET: lazy("We cannot meet it for now. Please read what else you can do below."),
}
SAID: dict[str, Words] = {
    "place": lazy("Placed"), "change": lazy("Changed"), "ask": lazy("Asked the resident"),
    "supply": lazy("The resident answered"), "withdraw": lazy("Withdrawn"), "lapse": lazy("Closed without an answer"),
    "name_item": lazy("Got its service"), "admit": lazy("Taken on"), "reject": lazy("Proposed not to take on"),
    "merge": lazy("Merged"), "transfer": lazy("Another unit was asked to take it"), "pause": lazy("Proposed to pause"),
    "agree": lazy("Co-signed"), "refuse": lazy("Not co-signed"), "resume": lazy("Goes on"),
    "give_up": lazy("Cannot be met now"), "dispatch": lazy("Offered to a team"), "open": lazy("Open for claiming"),
    "claim": lazy("Claimed by a team"), "accept": lazy("Accepted"), "decline": lazy("The team declined"),
    "lapse_offer": lazy("No answer in time"), "recall": lazy("Offer taken back"), "appoint": lazy("Visit set"),
    "suggest": lazy("The resident asked for another time"), "hand_back": lazy("Handed back"),
    "miss": lazy("Nobody met"), "serve": lazy("Served"), "alarm": lazy("Danger reported"),
    "reveal": lazy("Contact looked at"), "rate": lazy("Rated"), "dispute": lazy("The resident is not content"),
    "redo": lazy("Will be served again"), "uphold": lazy("Looked at and closed"), "close": lazy("Closed"),
    "escalate": lazy("Went up one tier"), "hand_over": lazy("Handed over"), "call": lazy("A call is due"),
    "urge": lazy("Urged"), "follow": lazy("Family may follow"), "join": lazy("A neighbour joined"),
    "lapse_proposal": lazy("Not co-signed"), "read": lazy("Journal read"),
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One line of the time line. `words` only where the reader may see them."""

    label: str
    at: datetime
    words: str
    now: bool = False
    icon: str = "check"
    tone: str = "patina"


def next_step(order: Order) -> str:
    """One sentence: what happens next, who does it, by when."""
    when = order.due_at.astimezone(LOCAL).strftime("%m-%d %H:%M") if order.due_at else ""
    visit = order.visit.start.astimezone(LOCAL).strftime("%m-%d %H:%M") if order.visit else ""
    team = order.team.name if order.team else ""
    return str(NEXT[order.state]) % {"unit": order.owner.short, "team": team, "when": when, "visit": visit}


def steps(order: Order) -> list[Step]:
    """The time line, the oldest first."""
    found = [Step(_said(line.verb), line.at, line.text) for line in lines(order)]
    return [*found[:-1], replace(found[-1], now=True)] if found else []


def public_steps(order: Order) -> list[Step]:
    """The same for somebody who may see states and dates only."""
    return [Step(step.label, step.at, "", step.now) for step in steps(order) if step.label != _("Contact looked at")]


def _said(verb: str) -> str:
    return str(SAID.get(verb, verb))
