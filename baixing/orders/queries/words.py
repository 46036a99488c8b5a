"""What a page says of an order: what happens next, by whom, by when; and what has happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.journal.queries import lines
from baixing.kernel.calendar import LOCAL
from baixing.kernel.refusals import Words
from baixing.orders.models import Order

S = Order.State
NEXT: dict[str, Words] = {
    S.PLACED: gettext_lazy("%(unit)s will answer you by %(when)s."),
    S.ASKED: gettext_lazy("%(unit)s has asked you something. Please answer by %(when)s."),
    S.PENDING: gettext_lazy("%(unit)s is looking for a team, by %(when)s."),
    S.OFFERED: gettext_lazy("%(team)s has been asked and answers by %(when)s."),
    S.ACCEPTED: gettext_lazy("%(team)s will set a time with you by %(when)s."),
    S.APPOINTED: gettext_lazy("%(team)s comes on %(visit)s."),
    S.SERVED: gettext_lazy("It is served. Please tell us how it was, by %(when)s."),
    S.DISPUTED: gettext_lazy("%(unit)s is looking into it and decides by %(when)s."),
    S.PAUSED: gettext_lazy("It rests until %(when)s and goes on by itself then."),
    S.CLOSED: gettext_lazy("It is done. Thank you."),
    S.WITHDRAWN: gettext_lazy("It was taken back. You can place it again at any time."),
    S.REJECTED: gettext_lazy("It could not be taken on. Please read why below."),
    S.MERGED: gettext_lazy("It goes on together with an equal order."),
    S.UNMET: gettext_lazy("We cannot meet it for now. Please read what else you can do below."),
}
SAID: dict[str, Words] = {
    "place": gettext_lazy("Placed"),
    "change": gettext_lazy("Changed"),
    "ask": gettext_lazy("Asked the resident"),
    "supply": gettext_lazy("The resident answered"),
    "withdraw": gettext_lazy("Withdrawn"),
    "lapse": gettext_lazy("Closed without an answer"),
    "name_item": gettext_lazy("Got its service"),
    "admit": gettext_lazy("Taken on"),
    "reject": gettext_lazy("Proposed not to take on"),
    "merge": gettext_lazy("Merged"),
    "transfer": gettext_lazy("Another unit was asked to take it"),
    "pause": gettext_lazy("Proposed to pause"),
    "agree": gettext_lazy("Co-signed"),
    "refuse": gettext_lazy("Not co-signed"),
    "resume": gettext_lazy("Goes on"),
    "give_up": gettext_lazy("Cannot be met now"),
    "dispatch": gettext_lazy("Offered to a team"),
    "open": gettext_lazy("Open for claiming"),
    "claim": gettext_lazy("Claimed by a team"),
    "accept": gettext_lazy("Accepted"),
    "decline": gettext_lazy("The team declined"),
    "lapse_offer": gettext_lazy("No answer in time"),
    "recall": gettext_lazy("Offer taken back"),
    "appoint": gettext_lazy("Visit set"),
    "suggest": gettext_lazy("The resident asked for another time"),
    "hand_back": gettext_lazy("Handed back"),
    "miss": gettext_lazy("Nobody met"),
    "serve": gettext_lazy("Served"),
    "alarm": gettext_lazy("Danger reported"),
    "reveal": gettext_lazy("Contact looked at"),
    "rate": gettext_lazy("Rated"),
    "dispute": gettext_lazy("The resident is not content"),
    "redo": gettext_lazy("Will be served again"),
    "uphold": gettext_lazy("Looked at and closed"),
    "close": gettext_lazy("Closed"),
    "escalate": gettext_lazy("Went up one tier"),
    "hand_over": gettext_lazy("Handed over"),
    "call": gettext_lazy("A call is due"),
    "urge": gettext_lazy("Urged"),
    "follow": gettext_lazy("Family may follow"),
    "join": gettext_lazy("A neighbour joined"),
    "lapse_proposal": gettext_lazy("Not co-signed"),
    "read": gettext_lazy("Journal read"),
}


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
