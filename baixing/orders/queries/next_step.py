"""One sentence on an order: what happens next, who does it, by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from baixing.look.said import said_moment, said_range
from baixing.orders.models import Order, Reason

S = Order.State
Words = Mapping[str, str]

SENTENCES = {
    S.PLACED: gettext_lazy("%(unit)s answers you by %(when)s."),
    S.ASKED: gettext_lazy("There is a question to you. Please answer by %(when)s."),
    S.PENDING: gettext_lazy("%(unit)s looks for a team and asks it by %(when)s."),
    S.OFFERED: gettext_lazy("%(team)s has been asked and answers by %(when)s."),
    S.ACCEPTED: gettext_lazy("%(team)s will come. It sets a time with you by %(when)s."),
    S.APPOINTED: gettext_lazy("%(team)s comes %(visit)s."),
    S.SERVED: gettext_lazy("It is done. Please tell us how it was by %(when)s."),
    S.DISPUTED: gettext_lazy("%(unit)s looks into it and decides by %(when)s."),
    S.PAUSED: gettext_lazy("It rests until %(when)s and goes on by itself then."),
    S.CLOSED: gettext_lazy("It is done and closed. Thank you."),
    S.WITHDRAWN: gettext_lazy("It was withdrawn on %(ended)s."),
    S.REJECTED: gettext_lazy("%(unit)s could not take it on: %(why)s"),
    S.MERGED: gettext_lazy("It goes on together with an equal order."),
    S.UNMET: gettext_lazy("%(unit)s cannot meet it for now: %(why)s"),
}
LATE = {
    S.PLACED: gettext_lazy("%(unit)s should have answered by %(when)s. The unit above sees to it now."),
    S.PENDING: gettext_lazy("%(unit)s should have found a team by %(when)s. The unit above sees to it now."),
    S.OFFERED: gettext_lazy("%(team)s did not answer by %(when)s. %(unit)s looks for another team."),
    S.ACCEPTED: gettext_lazy("%(team)s should have set a time by %(when)s. %(unit)s sees to it."),
    S.APPOINTED: gettext_lazy("The visit was %(visit)s. %(unit)s asks how it went."),
    S.DISPUTED: gettext_lazy("%(unit)s should have decided by %(when)s. The unit above sees to it now."),
}
# What reads otherwise to those who do the next step, and to the staff who watch it.
TO_TEAM: Mapping[str, object] = {
    S.OFFERED: gettext_lazy("Can your team come? Please answer by %(when)s."),
    S.ACCEPTED: gettext_lazy("You have accepted. Please agree on a time with the resident by %(when)s."),
    S.APPOINTED: gettext_lazy("You are expected %(visit)s."),
    S.SERVED: gettext_lazy("It is done. The resident can rate it until %(when)s."),
}
TO_STAFF: Mapping[str, object] = {
    S.ASKED: gettext_lazy("The resident has been asked and may answer until %(when)s."),
    S.ACCEPTED: gettext_lazy("%(team)s has accepted and sets a time with the resident by %(when)s."),
    S.SERVED: gettext_lazy("It is done. The resident can rate it until %(when)s."),
}
TO_OWNER: Mapping[str, object] = {
    **TO_STAFF,
    S.PLACED: gettext_lazy("Please take it on by %(when)s."),
    S.PENDING: gettext_lazy("Please ask a team by %(when)s."),
    S.DISPUTED: gettext_lazy("Please look into it and decide by %(when)s."),
}
TO_RESIDENT: Mapping[str, object] = {}
COSIGN = gettext_lazy("%(cosigner)s has to agree to what was proposed, by %(cosign)s.")


def next_step(order: Order, at: datetime, to: Mapping[str, object] = TO_RESIDENT) -> str:
    """One sentence on the order as it stands at this moment, for whoever it is said to."""
    return str(_sentence(order, at, to)) % _words(order, at)


def _sentence(order: Order, at: datetime, to: Mapping[str, object]) -> object:
    if order.proposal:
        return COSIGN
    state = S(order.state)
    if state == S.APPOINTED:
        return LATE[state] if order.visit and order.visit.end < at else to.get(state, SENTENCES[state])
    late = order.due_at is not None and order.due_at < at and state in LATE
    return LATE[state] if late else to.get(state, SENTENCES[state])


def _words(order: Order, at: datetime) -> Words:
    return {
        "unit": order.owner.short,
        "team": order.team.name if order.team else "",
        "when": _said(order.due_at, at),
        "ended": _said(order.ended_at, at),
        "visit": said_range(order.visit.start, order.visit.end, at) if order.visit else "",
        "cosigner": order.proposal_to.short if order.proposal_to else "",
        "cosign": _said(order.proposal_due, at),
        "why": _why(order),
    }


def _said(moment: datetime | None, at: datetime) -> str:
    return said_moment(moment, at) if moment else ""


def _why(order: Order) -> str:
    """The reason in words, and where to go instead."""
    kinds = {S.REJECTED: Reason.Kind.REJECT, S.UNMET: Reason.Kind.GIVE_UP}
    kind = kinds.get(S(order.state))
    reason = Reason.objects.filter(kind=kind, code=order.reason).first() if kind else None
    if reason is None:
        return _("please ask the station.")
    return _("%(reason)s. %(instead)s.") % {"reason": reason, "instead": str(reason.where_to).rstrip(".。")}
