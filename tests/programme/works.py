"""Contests of the small town: stories of the village, told by whoever likes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from baixing.people.models import Person
from baixing.programme import actions
from baixing.programme.actions import Call, Entered
from baixing.programme.models import Contest, Juror, Work
from baixing.programme.rules import Standing
from tests.programme.stage import photo
from tests.town import DAY, NINE, Town

OPENS, CLOSES = NINE - DAY, NINE + 5 * DAY
LAST = CLOSES - timedelta(microseconds=1)  # works may still be entered
SAID = {"title": "家风故事征集", "words": "写一写您家的好家风。", "kind": "contest"}


def contest(town: Town, *, draft: bool = False, **facts: Any) -> Contest:  # noqa: ANN401 - any columns of a contest
    call = Call(OPENS, CLOSES, ["故事", "照片"], {**SAID, **facts})
    made = actions.add_contest(town.station, call, by=town.zhou, at=NINE)
    if not draft:
        actions.publish_contest(made, by=town.zhou, at=NINE)
    return made


def entered(of: Contest, by: Person, *, picture: bool = False, **more: Any) -> Work:  # noqa: ANN401 - any part of it
    facts = {"title": "爷爷的算盘", "words": "记账从不差一分。", "maker": "一个孙女"}
    shown = (photo(), "一把旧算盘") if picture else None
    parts = {name: more.pop(name) for name in ("team", "unit") if name in more}
    what = Entered(of.categories.all()[0], {**facts, **more}, picture=shown, **parts)
    return actions.enter_work(of, what, by=by, at=NINE)


def judged(town: Town, *, jurors: tuple[str, ...] = ("luo",), works: tuple[str, ...] = ("jin",)) -> list[Juror]:
    """A contest that is with its jury."""
    of = contest(town)
    for name in works:
        actions.admit_work(entered(of, getattr(town, name)), by=town.zhou, at=NINE)
    made = [actions.name_juror(of, getattr(town, name), by=town.zhou, at=NINE) for name in jurors]
    actions.begin_judging(of, by=town.zhou, at=CLOSES)
    return made


def powers(life: object, thing: object, *people: object) -> set[str]:
    return {" ".join(sorted(life.powers(Standing(one, NINE), thing))) for one in people}  # type: ignore[attr-defined,arg-type]  # a life of a thing and people of the town
