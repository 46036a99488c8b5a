"""The colour and the picture of a state. The word always stands beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tone:
    """One of copper (going on), patina (good), amber (waits for you), red (bad), slate (plain)."""

    name: str
    icon: str


PLAIN = Tone("slate", "info")

TONES = {
    # an order
    "placed": Tone("slate", "mail"),
    "asked": Tone("amber", "question"),
    "pending": Tone("slate", "wait"),
    "offered": Tone("copper", "dispatch"),
    "accepted": Tone("copper", "helper"),
    "appointed": Tone("copper", "calendar"),
    "served": Tone("amber", "star"),
    "disputed": Tone("amber", "return"),
    "paused": Tone("slate", "pause"),
    "closed": Tone("patina", "done"),
    "withdrawn": Tone("slate", "return"),
    "rejected": Tone("red", "refused"),
    "merged": Tone("slate", "merge"),
    "unmet": Tone("red", "refused"),
    # an offer
    "declined": Tone("red", "refused"),
    "lapsed": Tone("red", "late"),
    "recalled": Tone("slate", "return"),
    # a session
    "draft": Tone("slate", "edit"),
    "open": Tone("copper", "calendar"),
    "held": Tone("patina", "done"),
    "reported": Tone("patina", "done"),
    "called_off": Tone("red", "refused"),
    # a booking
    "released": Tone("slate", "return"),
    # a sign-up
    "awaiting_guardian": Tone("amber", "wait"),
    "kept": Tone("amber", "due"),
    "confirmed": Tone("patina", "check"),
    "checked_in": Tone("patina", "done"),
    "attended": Tone("patina", "done"),
    "cancelled": Tone("slate", "return"),
    "absent": Tone("slate", "close"),
    "open_to_all": Tone("patina", "check"),
    "full": Tone("amber", "wait"),
    # an activity
    "published": Tone("copper", "star"),
    "concluded": Tone("patina", "done"),
    # a count of a campaign
    "told": Tone("amber", "wait"),
    "returned": Tone("amber", "return"),
    "made": Tone("patina", "done"),
    # a contest and its works
    "judging": Tone("copper", "star"),
    "announced": Tone("patina", "done"),
    "entered": Tone("amber", "wait"),
    "admitted": Tone("patina", "check"),
    # words of remembrance
    "shown": Tone("slate", "check"),
    "kept_back": Tone("slate", "pause"),
    # a membership
    "applied": Tone("amber", "wait"),
    "member": Tone("patina", "done"),
    "left": Tone("slate", "exit"),
    "refused": Tone("red", "refused"),
    # hours and their certificates
    "computed": Tone("amber", "question"),
    "reviewed": Tone("copper", "check"),
    "credited": Tone("patina", "done"),
    "drafted": Tone("slate", "edit"),
    "publicised": Tone("copper", "talk"),
    "issued": Tone("patina", "done"),
    "revoked": Tone("red", "refused"),
    # the outbox
    "waiting": Tone("slate", "wait"),
    "sending": Tone("copper", "dispatch"),
    "sent": Tone("patina", "done"),
    "dropped": Tone("slate", "return"),
    "failed": Tone("red", "late"),
    # a list that is brought in, and its rows
    "checking": Tone("slate", "wait"),
    "ready": Tone("amber", "question"),
    "faulty": Tone("red", "late"),
    "writing": Tone("slate", "wait"),
    "done": Tone("patina", "done"),
    "undoing": Tone("slate", "wait"),
    "undone": Tone("slate", "return"),
    "broken": Tone("red", "refused"),
    "new": Tone("patina", "plus"),
    "changed": Tone("copper", "edit"),
    "same": Tone("slate", "check"),
    "bad": Tone("red", "late"),
    # a way of being told
    "on": Tone("patina", "done"),
    "off": Tone("slate", "pause"),
    "unset": Tone("slate", "plus"),
    "missing": Tone("slate", "close"),
    "down": Tone("red", "danger"),
    # a plan and what it proposes
    "asked_for": Tone("slate", "wait"),
    "superseded": Tone("slate", "return"),
    "proposed": Tone("copper", "question"),
    "stale": Tone("amber", "return"),
    "asked_back": Tone("amber", "wait"),
    "short": Tone("red", "late"),
    "gains": Tone("patina", "good"),
    "loses": Tone("red", "late"),
    # how near the due time is
    "overdue": Tone("red", "late"),
    "due": Tone("amber", "due"),
    "urgent": Tone("red", "danger"),
    "free": Tone("patina", "check"),
    "shut": Tone("slate", "clock"),
}


def tone_of(state: str) -> Tone:
    return TONES.get(state, PLAIN)
