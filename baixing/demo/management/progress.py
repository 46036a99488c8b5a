"""How far a city is, told to whoever waits for it: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import os
import time
from typing import TextIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from baixing.demo.rules import Size, Stage

WIDTH = 28  # of the bar
MINUTE = 60
SECONDS: dict[Size, dict[Stage, float]] = {  # as measured; only how they compare counts
    Size.SMALL: {
        Stage.UNITS: 3,
        Stage.TEAMS: 3,
        Stage.ACTIVITIES: 1,
        Stage.VENUES: 0.5,
        Stage.ORDERS: 8,
        Stage.RECORDS: 1.5,
        Stage.CLOCK: 1,
    },
}
SECONDS[Size.CITY] = {
    **SECONDS[Size.SMALL],
    Stage.RESIDENTS: 25,
    Stage.SESSIONS: 130,
    Stage.HOURS: 15,
    Stage.INDEXES: 40,
    Stage.ROOTS: 20,
}


def language() -> str:
    """The reader's, where the terminal names one that we speak; else the installation's."""
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    name = said.split(".")[0].split("_")[0].lower()
    return {"zh": "zh-hans", "en": "en"}.get(name, settings.LANGUAGE_CODE)


class Progress:
    """A callable that `seed` tells of each stage."""

    def __init__(self, size: Size, out: TextIO) -> None:
        self.out, self.weights = out, SECONDS[size]
        self.began, self.stage = time.monotonic(), ""
        self.live = out.isatty()

    def __call__(self, stage: Stage, share: float) -> None:
        done = self._before(stage) + self.weights.get(stage, 0) * share
        whole = done / sum(self.weights.values())
        with translation.override(language()):
            self._say(stage, whole)

    def end(self) -> None:
        if self.live:
            self.out.write("\n")

    def _before(self, stage: Stage) -> float:
        found = 0.0
        for one in Stage:
            if one == stage:
                break
            found += self.weights.get(one, 0)
        return found

    def _say(self, stage: Stage, whole: float) -> None:
        if self.live:
            bar = "#" * round(WIDTH * whole) + "." * (WIDTH - round(WIDTH * whole))
            self.out.write(f"\r\033[K[{bar}] {whole:4.0%}  {stage.label}  {self._left(whole)}")
            self.out.flush()
        elif stage != self.stage:
            self.out.write(_("Making the demo city: %(stage)s") % {"stage": stage.label} + "\n")
        self.stage = stage

    def _left(self, whole: float) -> str:
        taken = time.monotonic() - self.began
        if whole <= 0 or taken < 1:
            return ""
        left = round(taken / whole - taken)
        if left < MINUTE:
            return _("%(seconds)d s left") % {"seconds": left}
        return _("%(minutes)d min %(seconds)d s left") % {"minutes": left // MINUTE, "seconds": left % MINUTE}
