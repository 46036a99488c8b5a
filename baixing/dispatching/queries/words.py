"""What the numbers of a plan mean, in words. Each number is the one that the plan was made with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baixing.dispatching.models.proposal import as_day
from baixing.dispatching.queries.kin import Kin
from baixing.look.said import said_day, said_km, sentences
from baixing.network.models import Unit
from baixing.network.queries import nearness, nearness_words
from baixing.orders.models import Order
from baixing.teams.models import Team

Told = Mapping[str, Any]
NEAR = 0.5  # km that nobody minds


@dataclass(frozen=True)
class Line:
    """One reason, and whether it speaks for the team."""

    words: str
    good: bool


@dataclass(frozen=True)
class Reasons:
    """A team for an order: the day, what speaks for it, and for another than the plan's own what it would cost."""

    team: Team
    day: date
    own: bool
    lines: tuple[Line, ...]
    price: str


def reasons(
    choice: Told, first: Told, team: Team, order: Order, today: date, km: int, kin: Iterable[Kin] = ()
) -> Reasons:
    """`first` is the plan's own; `km` are the points of a kilometre; `kin` other orders of the household."""
    own, place = choice["team"] == first["team"], order.station
    day = as_day(choice["day"])
    said = _for(choice, team, place, today) if own else _against(choice, first, team, place)
    lines = [Line(words, own) for words in said]
    lines += [*_wish(choice), *_speech(choice, order), *_household(kin, own=own)]
    lines = lines or [Line(_("as near, as early and as free"), good=True)]
    return Reasons(team, day, own, tuple(lines), "" if own else _price(choice, first, km))


def _price(choice: Told, first: Told, km: int) -> str:
    return price(choice["extra"], km, known=choice["known"] and first["known"])


def _for(choice: Told, team: Team, place: Unit, today: date) -> list[str]:
    return [way(choice, team, place), when(choice, today), nth_words(choice["nth"])]


def way(choice: Told, team: Team, place: Unit) -> str:
    """How far, where both places are measured; else how near in the tree."""
    if not choice["known"]:
        return nearness_words(nearness(team.home, place))
    return _("about %(km)s km by road") % {"km": said_km(choice["km"])}


def when(choice: Told, today: date) -> str:
    day = said_day(as_day(choice["day"]), today)
    if not choice["wait"]:
        return _("comes %(day)s, the first day that suits") % {"day": day}
    words = ngettext(
        "comes %(day)s, %(n)d day after the first that suits",
        "comes %(day)s, %(n)d days after the first that suits",
        choice["wait"],
    )
    return words % {"day": day, "n": choice["wait"]}


def nth_words(nth: int) -> str:
    if nth == 1:
        return _("its only visit that week")
    return _("its visit number %(n)d that week") % {"n": nth}


def _against(choice: Told, first: Told, team: Team, place: Unit) -> list[str]:
    """What is worse with this team, and what is better."""
    lines = [_farther(choice, first, team, place), _later(choice["wait"] - first["wait"])]
    if choice["nth"] != first["nth"]:
        lines.append(nth_words(choice["nth"]))
    return [line for line in lines if line]


def _wish(choice: Told) -> Iterator[Line]:
    if choice["asked"] is not None:
        words = _("the resident would like it") if choice["asked"] else _("the resident would like another one")
        yield Line(words, choice["asked"])


def _speech(choice: Told, order: Order) -> Iterator[Line]:
    """In words, as long as the order says which; what it said is emptied long after it has ended."""
    speaks = choice.get("speaks")
    if speaks is not None and order.speech:
        words = _("speaks %(speech)s") if speaks else _("does not speak %(speech)s, as far as it has said")
        yield Line(words % {"speech": order.speech}, speaks)


def _household(kin: Iterable[Kin], *, own: bool) -> Iterator[Line]:
    for one in kin:
        if own:
            yield Line(one.line, one.together)
        elif one.together:
            yield Line(one.left, good=False)


def _farther(choice: Told, first: Told, team: Team, place: Unit) -> str:
    if not (choice["known"] and first["known"]):
        return nearness_words(nearness(team.home, place))
    more = choice["km"] - first["km"]
    if abs(more) < NEAR:
        return ""
    words = _("%(km)s km farther") if more > 0 else _("%(km)s km nearer")
    return words % {"km": said_km(abs(more))}


def _later(days: int) -> str:
    if days == 0:
        return ""
    if days > 0:
        return ngettext("would come %(n)d day later", "would come %(n)d days later", days) % {"n": days}
    return ngettext("would come %(n)d day sooner", "would come %(n)d days sooner", -days) % {"n": -days}


def price(points: int, km: int, *, known: bool = True) -> str:
    """What the plan would cost more, against the measure of all weights: a kilometre of road."""
    if points <= 0:
        return _("costs the plan nothing")
    words = (
        _("All in all that weighs as much as %(km)s km more of road.")
        if known
        else _("All in all that weighs about as much as %(km)s km more of road; its places are not measured.")
    )
    return words % {"km": said_km(points / km)}


def against_practice(parts: Told) -> str:
    """A plan beside first come, first served, in people's terms; whose days are over has no team in either."""
    plan, practice, past = parts["plan"], parts["practice"], parts.get("past", 0)
    words = _(
        "%(served)d of %(all)d orders have a team. Road: %(road)s. Waiting: %(waited)d days in all. Visits in a week "
        "of the busiest team: %(most)d."
    )
    said = words % {**plan, "all": plan["served"] + plan["left"] + past, "road": said_road(plan)}
    other = _(
        "First come, first served, as today: %(served)d orders, road: %(road)s, %(waited)d days, %(most)d visits of "
        "one team."
    )
    return sentences([said, other % {**practice, "road": said_road(practice)}])


def said_road(told: Told) -> str:
    """A sum of kilometres as far as they are known."""
    if guesses(told) == "all":
        return _("not measured")
    return (_("about %(km)d km") if guesses(told) else _("%(km)d km")) % {"km": told["km"]}


def guesses(told: Told) -> str:
    """Whether "all" or "some" of its ways begin or end where nobody has measured; "" where none does."""
    guessed = told.get("guessed", 0)
    return "" if not guessed else "all" if guessed == told["ways"] else "some"


def guessed_words(n: int) -> str:
    words = ngettext(
        "Of %(n)d way nobody has measured where it begins or ends: it is guessed, near the place above.",
        "Of %(n)d ways nobody has measured where they begin or end: it is guessed, near the place above.",
        n,
    )
    return words % {"n": n}


def past_words(n: int) -> str:
    words = ngettext(
        "Of %(n)d order the days that the resident gave are over: nobody can come, please ask for new ones.",
        "Of %(n)d orders the days that the residents gave are over: nobody can come, please ask for new ones.",
        n,
    )
    return words % {"n": n}


def saved(cost: int, practice: int, km: int, guessed: str = "") -> str:
    """What is won over today's practice; `guessed` as in `guesses`."""
    if practice <= cost:
        return _("Today's practice would do as well this time.")
    if guessed == "all":
        return _("All in all the plan does better; how many kilometres it spares nobody knows who has not measured.")
    words = (
        _("All in all the plan spares about as much as %(km)s km of road.")
        if guessed
        else _("All in all the plan spares as much as %(km)s km of road.")
    )
    return words % {"km": said_km((practice - cost) / km)}
