"""Units by their names as people write them, also where several share one."""

from __future__ import annotations

import re

from django.db.models import Q

from baixing.network.models import Unit
from baixing.network.queries import called

BESIDE = re.compile(r"(?P<name>.+?)\s*[(（](?P<parent>[^()（）]+)[)）]")


def name_of_unit(unit: Unit) -> str:
    """The name, and the unit it hangs on: enough to find it again."""
    return f"{unit.name}（{unit.parent.name}）" if unit.parent else unit.name


def named_unit(words: str) -> Unit:
    """The one unit of this name. Unfit when there is none, or several."""
    exact = list(Unit.objects.filter(Q(name=words) | Q(short=words))[:2])
    if len(exact) == 1:
        return exact[0]
    if found := BESIDE.fullmatch(words):
        above = Q(parent__name=found["parent"]) | Q(parent__short=found["parent"])
        both = list(Unit.objects.filter(above, Q(name=found["name"]) | Q(short=found["name"]))[:2])
        if len(both) == 1:
            return both[0]
    return called(words)
