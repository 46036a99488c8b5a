"""What several sessions belong to: planned, added to, published, told of, concluded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from baixing.demo import rules
from baixing.demo.actions.years import clock
from baixing.demo.actions.years.lines import Journal
from baixing.demo.actions.years.living import Occurrence
from baixing.demo.actions.years.plan import Held
from baixing.programme.models import Activity, Occasion, Theme
from baixing.schedule.models import Session

RESULTS = 0.4  # of activities that are over
AFTER = 20 * clock.HOUR
A = Activity.State


class Activities:
    """Numbers them first, so that their sessions know; writes them when the sessions have been lived."""

    def __init__(self, now: int, journal: Journal, dice: Random) -> None:
        self.now, self.journal, self.dice = now, journal, dice
        self.activities = journal.shelf.table(
            Activity, "id version state title words unit_id team_id theme_id platform_id task_id results made_by_id"
            " made_at", invented=True, series_id=None, brand_id=None,
        )  # fmt: skip
        self.occasions = journal.shelf.table(Occasion, "id activity_id session_id")
        self.themes = {theme.month: theme.pk for theme in Theme.objects.all()}
        self.groups: dict[int, list[Held]] = {}

    def number(self, groups: Sequence[list[Held]]) -> None:
        for group in groups:
            first = group[0]
            key = next(self.activities.keys)
            self.groups[key] = group
            for one in group:
                one.activity, one.title, one.maker, one.team = key, first.title, first.maker, first.team
                one.opened = one.opened if one is first else one.planned

    def write(self, lived: Mapping[int, Occurrence]) -> None:
        for key, group in self.groups.items():
            self._write(key, group, [lived[one.key] for one in group])

    def _write(self, key: int, group: Sequence[Held], lived: Sequence[Occurrence]) -> None:
        first, row = group[0], group[0].kind.row
        chain = self.journal.chain(f"programme.activity:{key}")
        chain.line("plan_activity", A.DRAFT, first.planned, first.maker, f'{{"unit": {first.unit.pk}}}')
        for one in group:
            state = A.DRAFT if one is first else A.PUBLISHED
            chain.line("add_sessions", state, one.planned, first.maker, f'{{"sessions": [{one.key}]}}')
            self.occasions.add(next(self.occasions.keys), key, one.key)
            if one is first:
                chain.line("publish", A.PUBLISHED, first.opened, first.maker)
        state, results = A.PUBLISHED, ""
        over = max(one.end for one in group) + AFTER
        ended = all(one.state in {Session.State.REPORTED, Session.State.CALLED_OFF} for one in lived)
        if ended and over + clock.HOUR < self.now:
            if self.dice.random() < RESULTS:
                results = self.dice.choice(rules.data("years")["results"])
                chain.line("tell_results", A.PUBLISHED, over, first.maker)
            state = A.CONCLUDED
            chain.line("conclude", A.CONCLUDED, over + clock.HOUR // 2, first.maker)
        theme = self.themes.get(clock.local_day(first.start).replace(day=1))
        self.activities.add(
            key, chain.seq, str(state), first.title, row["words"], first.unit.pk, first.team, theme,
            first.kind.platform, first.kind.task, results, first.maker, clock.column(first.planned),
        )  # fmt: skip
