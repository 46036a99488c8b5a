"""The units under one unit, found by what clerks call them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _

from baixing.exchange.queries.cells import Cells
from baixing.exchange.queries.columns import plain
from baixing.network.models import Unit


class Places:
    """All units of a subtree. Nothing outside of it is ever found."""

    def __init__(self, scope: Unit) -> None:
        self.scope = scope
        self.units = list(Unit.objects.within(scope).select_related("parent").order_by("path"))

    @cached_property
    def _called(self) -> dict[str, dict[int, Unit]]:
        """By short name, full name, code, and the parent's short name followed by one's own."""
        found: dict[str, dict[int, Unit]] = defaultdict(dict)
        for unit in self.units:
            names = {unit.short, unit.name, unit.code or "", f"{unit.parent.short}{unit.short}" if unit.parent else ""}
            for name in names - {""}:
                found[plain(name)][unit.pk] = unit
        return found

    def called(self, name: str) -> list[Unit]:
        return list(self._called.get(plain(name), {}).values())

    def unit(self, cells: Cells, column: str, *, tier: int | None = None) -> Unit | None:
        """The one unit that a cell names; a fault when there is none or several."""
        said = cells.said.get(column, "")
        if not said:
            return None
        fitting = [unit for unit in self.called(said) if tier is None or unit.tier == tier]
        if len(fitting) == 1:
            return fitting[0]
        cells.fault(column, several() if fitting else unknown(self.scope))
        return None


def several() -> str:
    return _("Several have this name. Write the township before it, or its statistical code.")


def unknown(scope: Unit) -> str:
    return _("Not found under %(unit)s. Check the name; you can only name units in your own charge.") % {
        "unit": scope.short
    }
