"""What happened to an order, in words, from the lines of its journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.journal import queries as journal
from baixing.journal.models import Entry
from baixing.look.tones import tone_of
from baixing.network.rules import OFFICERS
from baixing.orders.models import Order
from baixing.orders.rules import Standing

# Words that units say to each other: they are for the staff alone.
INTERNAL = frozenset({"transfer", "refuse", "alarm", "pause"})

VERBS: dict[str, tuple[Promise | str, str]] = {
    "place": (gettext_lazy("Placed"), "order"),
    "change": (gettext_lazy("Changed"), "edit"),
    "ask": (gettext_lazy("The station asked"), "question"),
    "supply": (gettext_lazy("Answered"), "talk"),
    "lapse": (gettext_lazy("Closed without an answer"), "late"),
    "withdraw": (gettext_lazy("Withdrawn"), "return"),
    "name_item": (gettext_lazy("The wish has its service"), "wish"),
    "admit": (gettext_lazy("Taken on"), "check"),
    "reject": (gettext_lazy("Said no"), "refused"),
    "merge": (gettext_lazy("Merged with an equal order"), "merge"),
    "transfer": (gettext_lazy("Asked another unit to take it"), "swap"),
    "pause": (gettext_lazy("Proposed to pause it"), "pause"),
    "agree": (gettext_lazy("The other unit agreed"), "check"),
    "refuse": (gettext_lazy("The other unit did not agree"), "refused"),
    "lapse_proposal": (gettext_lazy("The proposal lapsed"), "late"),
    "resume": (gettext_lazy("Goes on"), "return"),
    "give_up": (gettext_lazy("Cannot be met for now"), "refused"),
    "dispatch": (gettext_lazy("A team was asked"), "dispatch"),
    "open": (gettext_lazy("Open for claiming"), "unlock"),
    "claim": (gettext_lazy("Claimed by a team"), "helper"),
    "accept": (gettext_lazy("Accepted"), "helper"),
    "decline": (gettext_lazy("The team could not come"), "return"),
    "lapse_offer": (gettext_lazy("The team did not answer in time"), "late"),
    "recall": (gettext_lazy("The offer was taken back"), "return"),
    "appoint": (gettext_lazy("Visit set"), "calendar"),
    "suggest": (gettext_lazy("Asked for another time"), "clock"),
    "hand_back": (gettext_lazy("The team handed it back"), "return"),
    "miss": (gettext_lazy("Nobody met"), "late"),
    "serve": (gettext_lazy("Served"), "done"),
    "alarm": (gettext_lazy("Danger reported"), "danger"),
    "reveal": (gettext_lazy("Looked at the contact"), "unlock"),
    "rate": (gettext_lazy("Rated"), "star"),
    "dispute": (gettext_lazy("Not content"), "return"),
    "redo": (gettext_lazy("Will be served again"), "return"),
    "uphold": (gettext_lazy("Looked at and closed"), "done"),
    "close": (gettext_lazy("Closed"), "done"),
    "escalate": (gettext_lazy("Sent to the unit above"), "next"),
    "call": (gettext_lazy("Somebody has to call"), "phone"),
    "hand_over": (gettext_lazy("Handed to the unit above"), "next"),
    "urge": (gettext_lazy("Urged"), "bell"),
    "follow": (gettext_lazy("A family member follows it"), "me"),
    "unfollow": (gettext_lazy("Somebody follows it no more"), "me"),
    "join": (gettext_lazy("A neighbour joined"), "plus"),
    "read": (gettext_lazy("An auditor read the journal"), "journal"),
}


@dataclass(frozen=True)
class Step:
    """One line as a page shows it; names as `look/parts/_timeline.html` has them."""

    verb: str
    label: str
    icon: str
    at: datetime
    who: str
    words: str
    tone: str
    now: bool = False


def timeline(order: Order, one: Standing) -> list[Step]:
    """All that happened, the oldest first; the last one is where it stands."""
    entries = list(journal.lines(order))
    inside = is_inside(order, one)
    last = entries[-1].pk if entries else 0
    return [_step(entry, order, inside=inside, now=entry.pk == last) for entry in entries]


def is_inside(order: Order, one: Standing) -> bool:
    """An officer of a unit that has to do with it: they may read what units say to each other."""
    return one.holds_over(OFFICERS, order.owner) or one.holds_over(OFFICERS, order.station)


def verb_words(verb: str) -> str:
    return str(VERBS[verb][0]) if verb in VERBS else verb


def _step(entry: Entry, order: Order, *, inside: bool, now: bool) -> Step:
    hidden = entry.verb in INTERNAL and not inside
    return Step(
        verb=entry.verb,
        label=verb_words(entry.verb),
        icon=VERBS.get(entry.verb, ("", "info"))[1],
        at=entry.at,
        who=_who(entry, order),
        words="" if hidden else entry.text,
        tone=tone_of(order.state).name if now else "slate",
        now=now,
    )


def _who(entry: Entry, order: Order) -> str:
    if entry.by is None:
        return _("by itself")
    if entry.by_id == order.resident_id:
        return _("the resident")
    return str(entry.by.masked_name)
