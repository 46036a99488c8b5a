"""Why nobody comes, in words, and what would help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries.words import way
from baixing.look.said import said_day
from baixing.orders.models import Order
from baixing.orders.queries import fitness
from baixing.teams.models import Team
from baixing.teams.queries import said_name

Told = Mapping[str, Any]


def said_shortage(told: Told, order: Order, teams: Mapping[int, Team], today: date) -> list[str]:
    """A sentence on what is missing; the nearest and what stops each; whom to train and whom to borrow."""
    match told["code"]:
        case "past":
            return [_("The days that the resident gave are over. Please ask for new ones.")]
        case "full":
            return [_full(told, today)]
        case _nobody:
            return [_nobody_comes(told, order), *_nearest(told, order, teams, today), *_help(told, order, teams)]


def _full(told: Told, today: date) -> str:
    words = ngettext(
        "%(n)d team could come, but has no room from %(first)s to %(last)s.",
        "%(n)d teams could come, but none has room from %(first)s to %(last)s.",
        told["teams"],
    )
    days = {name: said_day(as_day(told[name]), today) for name in ("first", "last")}
    return words % {"n": told["teams"], **days}


def _nobody_comes(told: Told, order: Order) -> str:
    skill = order.item.skill if order.item else ""
    nearest = told["nearest"][0] if told["nearest"] else None
    if nearest is None:
        return _("No team anywhere knows %(skill)s.") % {"skill": skill}
    return _("No team that knows %(skill)s can come to %(village)s now.") % {
        "skill": skill,
        "village": order.station.short,
    }


def _nearest(told: Told, order: Order, teams: Mapping[int, Team], today: date) -> list[str]:
    """As it stands at this moment: what stopped a team may have changed since."""
    lines = []
    for near in told["nearest"]:
        if (team := teams.get(near["team"])) is not None:
            why = fitness(order, team, today).barriers
            said = why[0] if why else _("could come now: make the plan anew")
            words = _("%(team)s, %(way)s: %(why)s")
            lines.append(words % {"team": team.name, "way": way(near, team, order.station), "why": said})
    return lines


def _help(told: Told, order: Order, teams: Mapping[int, Team]) -> list[str]:
    skill = order.item.skill if order.item else ""
    lines = []
    for near in told.get("train", ()):
        if (team := teams.get(near["team"])) is not None:
            words = _("Train: %(team)s comes there and does not know %(skill)s yet.")
            lines.append(words % {"team": team.name, "skill": skill} + _needs(near, order))
    for near in told.get("borrow", ()):
        if (team := teams.get(near["team"])) is not None:
            words = _("Borrow: ask %(unit)s for %(team)s, which knows it: %(way)s.")
            said = {"unit": team.home.short, "team": team.name, "way": way(near, team, order.station)}
            lines.append(words % said + _needs(near, order))
    return lines


def _needs(near: Told, order: Order) -> str:
    """Without the licence that the item asks for it could not come either."""
    licence = order.item.licence if order.item and near.get("needs") else None
    if licence is None:
        return ""
    words = _("It would need this licence first: %(licence)s.")
    return " " + words % {"licence": said_name(licence, get_language() or "")}
