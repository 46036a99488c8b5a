"""What the pages of what-ifs show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from baixing.dispatching.models import WhatIf, WhatIfQuerySet
from baixing.dispatching.queries.beside import Beside, beside
from baixing.dispatching.queries.naming import Names, said
from baixing.dispatching.rules.changes import Changes, first_of
from baixing.dispatching.rules.what_ifs import LIFE
from baixing.kernel.calendar import LOCAL
from baixing.look.said import said_month
from baixing.network.models import Post, Unit
from baixing.network.rules import OFFICERS
from baixing.orders.rules import Standing
from baixing.teams.models import Skill

CHOSEN_FROM: Final = 50
LIST = ("unit", "by")
HEAVY: Final = ("certificate", "found")


@dataclass(frozen=True)
class Entry:
    """One what-if in a list or a choice: what is to be different, and over which month."""

    what_if: WhatIf
    lines: list[str]

    @property
    def title(self) -> str:
        return _("; ").join(self.lines)

    @property
    def month(self) -> str:
        return said_month(self.what_if.month)

    @property
    def label(self) -> str:
        return f"{self.month} · {self.title}"


@dataclass(frozen=True)
class Page:
    """A what-if with the plan as things are beside it, once it is reckoned."""

    entry: Entry
    why: str
    beside: Beside | None
    notes: list[str]
    others: list[Entry]  # of the same month
    powers: frozenset[str]

    @property
    def what_if(self) -> WhatIf:
        return self.entry.what_if


@dataclass(frozen=True)
class Pair:
    one: Entry
    other: Entry
    beside: Beside
    moved: bool  # what both began with is not the same any more


def visible_what_ifs(one: Standing) -> WhatIfQuerySet:
    """Those of the units under one's posts."""
    seen = Q(pk=None)
    for post in one.posts:
        if post.kind in OFFICERS | {Post.Kind.AUDITOR}:
            seen |= Q(unit__path__startswith=post.unit.path)
    return WhatIf.objects.filter(seen).select_related(*LIST)


def of_unit(unit: Unit) -> WhatIfQuerySet:
    return WhatIf.objects.filter(unit=unit).select_related(*LIST).defer(*HEAVY)


def entries(rows: Iterable[WhatIf]) -> list[Entry]:
    """With the names that they need, asked once."""
    some = [(one, Changes.of(one.changes)) for one in rows]
    names = Names.of(changes for _one, changes in some)
    return [Entry(one, said(changes, one.policy, names)) for one, changes in some]


def page(what_if: WhatIf, one: Standing) -> Page:
    made = what_if.state == WhatIf.State.MADE
    others = of_unit(what_if.unit).made().filter(month=what_if.month).exclude(pk=what_if.pk) if made else ()
    named = entries([what_if, *others[:CHOSEN_FROM]])
    found, policy = what_if.found, what_if.policy
    shown = beside(found["as_is"], found["changed"], policy["km"], _new_teams(what_if)) if made else None
    why = _(what_if.why) if what_if.why else ""
    return Page(named[0], why, shown, _notes(what_if) if made else [], named[1:], LIFE.powers(one, what_if))


def pair(one: WhatIf, other: WhatIf) -> Pair:
    """Both with their changes. Costs are told where both are weighed alike."""
    entry, beside_it = entries([one, other])
    alike = one.policy == other.policy
    names = {**_called_new(one, "new-"), **_called_new(other, "other-")}
    second = {**other.found["changed"], "teams": _renamed(other.found["changed"]["teams"])}
    km = one.policy["km"] if alike else None
    shown = beside(one.found["changed"], second, km, lambda key: names.get(key, _("a team that is no more")))
    return Pair(entry, beside_it, shown, one.digest != other.digest)


def _renamed(teams: dict[str, int]) -> dict[str, int]:
    """New teams of another what-if are others, though they are numbered alike."""
    return {key.replace("new-", "other-"): count for key, count in teams.items()}


def _new_teams(what_if: WhatIf) -> Callable[[str], str]:
    names = _called_new(what_if, "new-")
    return lambda key: names.get(key, _("a team that is no more"))


def _called_new(what_if: WhatIf, prefix: str) -> dict[str, str]:
    more = Changes.of(what_if.changes).more
    names = Names(
        {}, Unit.objects.in_bulk({one.home for one in more}), Skill.objects.in_bulk({one.skill for one in more})
    )
    wanted = [one for one in more for _n in range(one.count)]
    words = _("A new team for %(skill)s, %(place)s")
    return {
        f"{prefix}{n}": words % {"skill": names.skill(one.skill), "place": names.place(one.home)}
        for n, one in enumerate(wanted, 1)
    }


def _notes(what_if: WhatIf) -> list[str]:
    """What both plans rest on, and what they leave out."""
    found = what_if.found
    lines = [
        _demand(what_if),
        _(
            "Teams: those of today with their homes, crafts, licences and room; their days off and all else they held "
            "in that month. A new team holds whatever licence is asked for. Every team takes each visit that it is "
            "asked for: who declined then is not asked."
        ),
        _(
            "Both plans know the whole month beforehand, so both come out cheaper than day by day; it is their "
            "difference that tells. Where plans cost the same, single villages may change places."
        ),
    ]
    return lines + _left_out(found)


def _demand(what_if: WhatIf) -> str:
    running = what_if.made_at and what_if.month == first_of(what_if.made_at.astimezone(LOCAL).date())
    words = (
        _(
            "Demand: the orders that were taken on in %(month)s up to the reckoning, as they came, less those "
            "withdrawn or merged. It is no forecast; what nobody ordered is not in it."
        )
        if running
        else _(
            "Demand: the orders that were taken on in %(month)s, as they came, less those withdrawn or merged. It is a "
            "month that was, no forecast; what nobody ordered is not in it."
        )
    )
    return words % {"month": said_month(what_if.month)}


def _left_out(found: dict[str, Any]) -> list[str]:
    lines = []
    if found["apart"]:
        words = _("Left out: %(n)d orders whose residents asked that a person chooses the team.")
        lines.append(words % {"n": found["apart"]})
    if found["without_day"]:
        words = _("Left out: %(n)d orders none of whose days was still to come when they were taken on.")
        lines.append(words % {"n": found["without_day"]})
    return lines


def chosen(rows: Sequence[Entry]) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a choice: by month, the newest first."""
    found: dict[date, list[tuple[str, str]]] = {}
    for entry in rows:
        found.setdefault(entry.what_if.month, []).append((str(entry.what_if.pk), entry.title))
    return [(said_month(month), some) for month, some in sorted(found.items(), reverse=True)]
