"""What is typed, as the team or the place that is meant; and what changes are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from baixing.dispatching.rules.changes import WEEK, WEIGHED, Changes, More, Served
from baixing.kernel.refusals import Unfit
from baixing.network.models import Unit
from baixing.network.queries import called
from baixing.teams.models import Skill, Team, TeamQuerySet
from baixing.teams.queries import said_name

NAMED: Final = 5
WORDS: Final = 5


def team_called(typed: str) -> Team:
    """The one team that goes by this name; words of the place where it is at home tell two apart."""
    found = list(_matching(typed)[: NAMED + 1])
    exact = [team for team in found if team.name == typed] or found
    if not exact:
        raise Unfit(_("We do not know a team called %(typed)s. Try another way of writing it.") % {"typed": typed})
    if len(exact) > 1:
        some = _(", ").join(f"{team.name} ({team.home.short})" for team in exact[:NAMED])
        words = _("Several teams go by %(typed)s: %(some)s. Write the place where it is at home behind the name.")
        raise Unfit(words % {"typed": typed, "some": some})
    return exact[0]


def _matching(typed: str) -> TeamQuerySet:
    found = Team.objects.active().select_related("home")
    for word in typed.replace("(", " ").replace(")", " ").split()[:WORDS]:
        found = found.filter(Q(name__icontains=word) | Q(home__search_text__contains=word.lower()))
    return found.order_by("home__path", "pk")


def home_called(typed: str, unit: Unit) -> Unit:
    """A place in this unit; the unit itself where nothing is typed."""
    if not typed:
        return unit
    home = called(typed)
    if not unit.covers(home):
        raise Unfit(_("%(place)s does not belong to %(unit)s.") % {"place": home.short, "unit": unit.short})
    return home


@dataclass(frozen=True)
class Names:
    """What changes name, read once for a page."""

    teams: Mapping[int, Team]
    units: Mapping[int, Unit]
    skills: Mapping[int, Skill]

    @classmethod
    def of(cls, every: Iterable[Changes]) -> Names:
        some = list(every)
        more = [one for changes in some for one in changes.more]
        return cls(
            Team.objects.select_related("home").in_bulk({pk for changes in some for pk in changes.teams}),
            Unit.objects.in_bulk({one.home for one in more}),
            Skill.objects.in_bulk({one.skill for one in more}),
        )

    def team(self, pk: int) -> str:
        return self.teams[pk].name if pk in self.teams else _("a team that is no more")

    def skill(self, pk: int) -> str:
        return said_name(self.skills[pk], get_language() or "") if pk in self.skills else "–"

    def place(self, pk: int) -> str:
        return self.units[pk].short if pk in self.units else "–"


def said(changes: Changes, policy: Mapping[str, int], names: Names) -> list[str]:
    """Each change in words."""
    return [
        *(_more(one, names) for one in changes.more),
        *(_("%(team)s is away for the whole month") % {"team": names.team(pk)} for pk in changes.away),
        *(_hours(one, names) for one in changes.hours),
        *(
            _("%(weight)s weighs %(new)d instead of %(old)d")
            % {"weight": one.label, "new": new, "old": policy[one.name]}
            for one in WEIGHED
            if (new := changes.weights.get(one.name)) is not None
        ),
    ]


def _more(one: More, names: Names) -> str:
    words = ngettext(
        "%(n)d more team for %(skill)s in %(place)s, %(room)s",
        "%(n)d more teams for %(skill)s in %(place)s, %(room)s",
        one.count,
    )
    said = {"skill": names.skill(one.skill), "place": names.place(one.home), "room": _room(one.a_day, one.a_week)}
    return words % {"n": one.count, **said}


def _hours(one: Served, names: Names) -> str:
    days = _("every day of the week") if len(one.days) == WEEK else _(", ").join(str(WEEKDAYS[day]) for day in one.days)
    words = _("%(team)s serves on %(days)s") % {"team": names.team(one.team), "days": days}
    if one.a_day is None or one.a_week is None:
        return words
    return _("%(words)s, %(room)s") % {"words": words, "room": _room(one.a_day, one.a_week)}


def _room(a_day: int, a_week: int) -> str:
    return _("%(day)d visits a day, %(week)d a week at most") % {"day": a_day, "week": a_week}
