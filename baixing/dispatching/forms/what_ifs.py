"""What is to be different for a month, and which two answers are to stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from baixing.dispatching.queries.demand import MonthOf
from baixing.dispatching.queries.naming import home_called, team_called
from baixing.dispatching.rules.changes import (
    MOST_A_DAY,
    MOST_A_WEEK,
    MOST_AWAY,
    MOST_MORE,
    WEEK,
    WEIGHED,
    Changes,
    More,
    Served,
    doubled,
)
from baixing.kernel.fields import PlainText
from baixing.kernel.refusals import Unfit
from baixing.look.said import said_month
from baixing.network.models import Unit
from baixing.teams.models import Skill, Team
from baixing.teams.queries import said_name

if TYPE_CHECKING:
    SkillChoice = forms.ModelChoiceField[Skill]
else:
    SkillChoice = forms.ModelChoiceField

Found = TypeVar("Found")
KINDS: Final = range(1, 3)  # of new teams, and of teams with other hours
LONGEST_NAME: Final = 80
A_DAY, A_WEEK = 2, 6  # visits of a team as most are founded


class SkillField(SkillChoice):
    def label_from_instance(self, obj: Skill) -> str:
        return said_name(obj, get_language() or "")


@dataclass(frozen=True)
class Part:
    """Some fields under one heading."""

    title: str | Promise
    words: str | Promise
    fields: list[BoundField]
    more: list[BoundField]  # the same once more, folded up

    @property
    def open(self) -> bool:
        return any(bound.errors or _sent(bound.value()) != _sent(bound.field.initial) for bound in self.more)


def _sent(value: object) -> list[str]:
    """As a browser would send it."""
    some = value if isinstance(value, list) else [value]
    return [str(one) for one in some if one not in (None, "")]


class WhatIfForm(forms.Form):
    """The month, then what is to be different; what is left as it stands changes nothing."""

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        unit: Unit,
        months: Sequence[MonthOf],
        policy: Mapping[str, int],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.unit, self.policy = unit, policy
        self.fields["month"] = forms.TypedChoiceField(
            coerce=date.fromisoformat,
            choices=[(one.first.isoformat(), _said_month(one)) for one in months],
            label=_("Month"),
            help_text=_("Its orders are taken as they came. Of the month ahead nobody knows the orders yet."),
        )
        for n in KINDS:
            self.fields |= {f"more_{n}_{name}": field for name, field in _more_fields().items()}
        self.fields["away"] = PlainText(
            max_length=MOST_AWAY * LONGEST_NAME,
            multiline=True,
            required=False,
            label=_("Teams that are away for the whole month"),
            help_text=_("One team on each line, by its name."),
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        for n in KINDS:
            self.fields |= {f"hours_{n}_{name}": field for name, field in _hours_fields().items()}
        for weight in WEIGHED:
            self.fields[weight.name] = forms.IntegerField(
                min_value=weight.least,
                max_value=weight.most,
                initial=policy[weight.name],
                label=str(weight.label),
                help_text=str(weight.words),
            )

    def clean(self) -> dict[str, Any]:
        """The changes themselves, under the name `changes`; every fault stands at its field."""
        super().clean()
        found = Changes(
            more=tuple(one for n in KINDS for one in self._more(n)),
            away=tuple(self._away()),
            hours=tuple(one for n in KINDS for one in self._hours(n)),
            weights={one.name: said for one in WEIGHED if (said := self._said(one.name)) != self.policy[one.name]},
        )
        if not self.errors and doubled(found):
            self.add_error("away", _("A team cannot be away and serve on other days. Please name it once."))
        if not self.errors and len({one.team for one in found.hours}) < len(found.hours):
            self.add_error("hours_2_team", _("This team is named above already."))
        if not self.errors and not found:
            self.add_error(None, _("Please say at least one thing that is to be different."))
        return {**self.cleaned_data, "changes": found}

    def _more(self, n: int) -> Iterator[More]:
        skill, typed = self._said(f"more_{n}_skill"), self._said(f"more_{n}_home") or ""
        if skill is None:
            if typed:
                self.add_error(f"more_{n}_skill", _("Please choose what the new team is for."))
            return
        home = self._named(f"more_{n}_home", lambda: home_called(typed, self.unit))
        a_day, a_week = self._said(f"more_{n}_a_day") or A_DAY, self._said(f"more_{n}_a_week") or A_WEEK
        self._check_room(f"more_{n}_a_week", a_day, a_week)
        reach, count = self._said(f"more_{n}_reach"), self._said(f"more_{n}_count") or 1
        if home and reach is not None:
            far = Team.Reach.COUNTY.value if reach == "" else reach
            yield More(skill.pk, home.pk, far, a_day, a_week, count)

    def _away(self) -> Iterator[int]:
        lines = [line.strip() for line in (self._said("away") or "").split("\n") if line.strip()]
        if len(lines) > MOST_AWAY:
            self.add_error("away", _("Please name at most %(most)d teams.") % {"most": MOST_AWAY})
            return
        for line in lines:
            if team := self._named("away", lambda line=line: team_called(line)):  # type: ignore[misc]  # of this line
                yield team.pk

    def _hours(self, n: int) -> Iterator[Served]:
        typed, days = self._said(f"hours_{n}_team"), self._said(f"hours_{n}_days") or []
        if not typed:
            return
        team = self._named(f"hours_{n}_team", lambda: team_called(typed))
        if not days and f"hours_{n}_days" not in self.errors:
            words = _("Please tick at least one day, or name the team among those that are away.")
            self.add_error(f"hours_{n}_days", words)
        a_day, a_week = self._said(f"hours_{n}_a_day"), self._said(f"hours_{n}_a_week")
        if team:
            a_day, a_week = (
                (a_day or team.day_capacity, a_week or team.week_capacity) if a_day or a_week else (None, None)
            )
            self._check_room(f"hours_{n}_a_week", a_day or 0, a_week or 0)
            yield Served(team.pk, tuple(days), a_day, a_week)

    def _check_room(self, field: str, a_day: int, a_week: int) -> None:
        if a_week < a_day and field not in self.errors:
            words = _("A team makes no more visits in a day than in a week: %(day)d a day, %(week)d a week do not fit.")
            self.add_error(field, words % {"day": a_day, "week": a_week})

    def _named(self, field: str, find: Callable[[], Found]) -> Found | None:
        if field in self.errors and field != "away":
            return None
        try:
            return find()
        except Unfit as unfit:
            self.add_error(field, str(unfit))
            return None

    def _said(self, name: str) -> Any:  # noqa: ANN401 - as Django has it
        return self.cleaned_data.get(name)

    # --- as the page shows it ---

    def parts(self) -> list[Part]:
        return [
            Part(
                _("New teams"),
                _("What would teams bring that there are not yet?"),
                self._bound("more_1_"),
                self._bound("more_2_"),
            ),
            Part(_("Teams away"), "", [self["away"]], []),
            Part(
                _("Other days and room"),
                _("The team serves on these days of the week, on its days off too, even if it is off duty now."),
                self._bound("hours_1_"),
                self._bound("hours_2_"),
            ),
            Part(
                _("Weights"),
                _("As the city weighs today. Other weights lead to another plan; both are told as the city weighs."),
                [],
                [self[one.name] for one in WEIGHED],
            ),
        ]

    def _bound(self, prefix: str) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]


def _more_fields() -> dict[str, forms.Field]:
    return {
        "skill": SkillField(
            Skill.objects.all(), required=False, label=_("What it serves"), empty_label=_("no new team")
        ),
        "home": PlainText(
            max_length=LONGEST_NAME,
            required=False,
            label=_("At home in"),
            help_text=_("A county, township or village by its name. If you write nothing, it is at home in this unit."),
        ),
        "reach": forms.TypedChoiceField(
            coerce=int,
            choices=Team.Reach.choices,
            initial=Team.Reach.COUNTY,
            required=False,
            label=_("How far it goes"),
        ),
        "a_day": _number(1, MOST_A_DAY, _("Visits a day at most"), A_DAY),
        "a_week": _number(1, MOST_A_WEEK, _("Visits a week at most"), A_WEEK),
        "count": _number(1, MOST_MORE, _("How many such teams"), 1),
    }


def _hours_fields() -> dict[str, forms.Field]:
    return {
        "team": PlainText(
            max_length=LONGEST_NAME,
            required=False,
            label=_("Team"),
            help_text=_("By its name; the place where it is at home may follow."),
        ),
        "days": forms.TypedMultipleChoiceField(
            coerce=int,
            choices=[(day, WEEKDAYS[day]) for day in range(WEEK)],
            initial=list(range(WEEK)),
            required=False,
            label=_("Days on duty"),
            widget=forms.CheckboxSelectMultiple,
        ),
        "a_day": _number(1, MOST_A_DAY, _("Visits a day at most"), None, _("If you write nothing, as it is.")),
        "a_week": _number(1, MOST_A_WEEK, _("Visits a week at most"), None, _("If you write nothing, as it is.")),
    }


def _number(least: int, most: int, label: Any, initial: int | None, hint: Any = "") -> forms.IntegerField:  # noqa: ANN401 - lazy words
    return forms.IntegerField(
        min_value=least, max_value=most, required=False, label=label, initial=initial, help_text=hint
    )


def _said_month(one: MonthOf) -> str:
    words = _("%(month)s up to now: %(n)d orders") if one.running else _("%(month)s: %(n)d orders")
    return words % {"month": said_month(one.first), "n": one.orders}


class CompareForm(forms.Form):
    """Two of one month."""

    def __init__(
        self, data: Mapping[str, object] | None, *, choices: Sequence[tuple[str, list[tuple[str, str]]]]
    ) -> None:
        super().__init__(data)
        self.months = {key: month for month, some in choices for key, _title in some}
        for name, label in (("one", _("One")), ("other", _("The other"))):
            self.fields[name] = forms.TypedChoiceField(coerce=int, choices=list(choices), label=label)

    def clean(self) -> dict[str, Any]:
        super().clean()
        one, other = self.cleaned_data.get("one"), self.cleaned_data.get("other")
        if one and other and one == other:
            self.add_error("other", _("Please choose two that are not the same."))
        elif one and other and self.months[str(one)] != self.months[str(other)]:
            self.add_error("other", _("These are of different months. Please choose two of one month."))
        return self.cleaned_data
