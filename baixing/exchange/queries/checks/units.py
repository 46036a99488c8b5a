"""Units of a list: new ones under a parent that is there or in the list too, and what changes about the others."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Final

from django.utils.translation import gettext as _

from baixing.exchange.queries.cells import BAD, CHANGED, NEW, NO, SAME, SEPARATORS, Cells, Checked
from baixing.exchange.queries.columns import form_of, plain
from baixing.exchange.queries.places import Places, several, unknown
from baixing.exchange.queries.table import Row
from baixing.kernel.refusals import Unfit
from baixing.network.actions import NewUnit, UnitFacts
from baixing.network.actions.units import check_hours, full_name, tier_of
from baixing.network.models import WORKWEEK, Unit
from baixing.people.models import Person

FORM: Final = form_of("units")
CODE: Final = re.compile(r"\d{9,12}")
DEEPEST: Final = 6  # units above each other; there are four tiers
ABOVE: Final[dict[str, int]] = {
    Unit.Kind.STATION: 2,
    Unit.Kind.INSTITUTE: 3,
    Unit.Kind.CENTRE: 4,
}  # the tier a kind hangs on
EVERY_DAY: Final = "1234567"
WEEK: Final = {plain("工作日"): WORKWEEK, plain("每天"): EVERY_DAY, plain("全周"): EVERY_DAY}
CLOCKS: Final = ("opens", "noon_from", "noon_to", "closes")


@dataclass(frozen=True)
class UnitDeed:
    """A unit to be hung, or one that is there and what it tells from now on."""

    new: NewUnit | None
    unit: Unit | None
    facts: UnitFacts
    before: UnitFacts | None


class UnitsCheck:
    """Knows the units under this one, and all rows of the list: any of them may be the parent of another."""

    def __init__(self, scope: Unit, _by: Person, _at: datetime, rows: list[Row]) -> None:
        self.scope = scope
        self.places = Places(scope)
        self.by_code = dict(Unit.objects.exclude(code=None).values_list("code", "pk"))
        self.children = {(unit.parent_id, plain(unit.short)): unit for unit in self.places.units}
        self.cells = {row.number: Cells(row, FORM, Checked(row)) for row in rows}
        self.called: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            for name in {plain(row.said.get(column, "")) for column in ("short", "name", "code")} - {""}:
                self.called[name].append(row.number)
        self.judged: dict[int, Checked] = {}
        self.open: set[int] = set()
        self.first: dict[tuple[object, str], int] = {}

    def some(self, rows: list[Row]) -> list[Checked]:
        return [self._judge(row.number) for row in rows]

    def _judge(self, number: int) -> Checked:
        if number not in self.judged:
            self.open.add(number)
            self.judged[number] = self._verdict(self.cells[number])
            self.open.discard(number)
        return self.judged[number]

    def _verdict(self, cells: Cells) -> Checked:
        checked = cells.checked
        kind, short, name, code = cells.choice("kind"), cells.text("short"), cells.text("name"), self._code(cells)
        parent = self._parent(cells)
        there = self._there(code, parent, short)
        before = facts_of(there) if there else None
        facts = _facts(cells, before or UnitFacts())
        if checked.verdict == BAD or parent is None:
            return checked
        if there:
            return self._known(checked, there, kind, facts)
        self._check_code(cells, code)
        self._check_repeat(checked, parent, short)
        try:
            tier_of(Unit.Kind(kind), parent if isinstance(parent, Unit) else _stand_in(parent))
        except Unfit as unfit:
            checked.fault("parent", str(unfit))
        if checked.verdict != BAD:
            new = NewUnit(Unit.Kind(kind), short, parent, name, code or None, facts)
            checked.verdict, checked.deed = NEW, UnitDeed(new, None, facts, None)
        return checked

    def _known(self, checked: Checked, unit: Unit, kind: str, facts: UnitFacts) -> Checked:
        before = facts_of(unit)
        if unit.kind != kind:
            words = _("This unit is there already as %(kind)s.") % {"kind": FORM.word("kind", unit.kind)}
            checked.fault("kind", words)
            return checked
        self._check_repeat(checked, unit, "")
        if checked.verdict != BAD:
            checked.verdict = SAME if facts == before else CHANGED
            checked.deed = UnitDeed(None, unit, facts, before)
        return checked

    def _code(self, cells: Cells) -> str:
        code = plain(cells.said.get("code", ""))
        if code and not CODE.fullmatch(code):
            cells.fault("code", _("A code has nine to twelve digits."))
        return code

    def _check_code(self, cells: Cells, code: str) -> None:
        if code in self.by_code:
            cells.fault("code", _("Another unit has this code."))
        elif code and self.called[code][0] != cells.checked.row.number:
            words = _("Row %(row)s has the same code.") % {"row": self.called[code][0]}
            cells.fault("code", words)

    def _there(self, code: str, parent: Unit | NewUnit | None, short: str) -> Unit | None:
        """The unit that this row is about, when it is there already: by its code, else by its name under its parent."""
        coded = self.places.called(code) if code else []
        if coded and coded[0].code == code:
            return coded[0]
        return self.children.get((parent.pk, plain(short))) if isinstance(parent, Unit) else None

    def _parent(self, cells: Cells) -> Unit | NewUnit | None:
        """The unit, or the row of the list, that the cell names; a fault when there is none or several."""
        said = cells.said.get("parent", "")
        if not said:
            cells.fault("parent", _("This is empty."))
            return None
        there = [unit for unit in self.places.called(said) if unit.tier > 0]
        if len(there) > 1:
            kind = FORM.column("kind").meanings().get(plain(cells.said.get("kind", "")), "")
            tier = ABOVE.get(kind)
            there = [unit for unit in there if tier in (None, unit.tier)]
        rows = [number for number in self.called[plain(said)] if number != cells.checked.row.number]
        new = [deed for deed in (self._deed(number) for number in rows) if deed]
        if len(there) + len(new) == 1:
            return there[0] if there else new[0]
        if there or new:
            cells.fault("parent", several())
        elif any(self.judged[number].verdict == BAD for number in rows if number in self.judged):
            cells.fault("parent", _("There is a fault in the row of the parent."))
        else:
            cells.fault("parent", unknown(self.scope))
        return None

    def _deed(self, number: int) -> NewUnit | None:
        """The unit that another row makes. A row that is being looked at now is its own ancestor: it makes none."""
        if number in self.open or len(self.open) > DEEPEST:
            return None
        deed = self._judge(number).deed
        return deed.new if isinstance(deed, UnitDeed) else None

    def _check_repeat(self, checked: Checked, parent: Unit | NewUnit, short: str) -> None:
        first = self.first.setdefault((parent, plain(short)), checked.row.number)
        if first != checked.row.number:
            checked.fault("short", _("Row %(row)s says the same. Delete one of the two.") % {"row": first})


def facts_of(unit: Unit) -> UnitFacts:
    return UnitFacts(
        phone=unit.phone,
        opens=unit.opens,
        noon_from=unit.noon_from,
        noon_to=unit.noon_to,
        closes=unit.closes,
        open_days=unit.open_days,
        address=unit.address,
        about=unit.about,
    )


def _facts(cells: Cells, base: UnitFacts) -> UnitFacts:
    """What the row says; what it leaves empty stays as it is."""
    said: dict[str, object] = {"phone": cells.phone("phone", landline=True)}
    said |= {name: cells.text(name) for name in ("address", "about")}
    clocks: dict[str, time | None] = {}
    for name in CLOCKS:
        if cells.said.get(name, "") in NO and name.startswith("noon"):
            clocks[name] = None
        elif (clock := cells.clock(name)) is not None:
            clocks[name] = clock
    days = _open_days(cells)
    facts = replace(base, **{name: value for name, value in said.items() if value}, **clocks)  # type: ignore[arg-type]  # each of its own kind
    facts = replace(facts, open_days=days or facts.open_days)
    try:
        check_hours(facts)
    except Unfit as unfit:
        cells.fault(unfit.field, str(unfit))
    return facts


def _open_days(cells: Cells) -> str:
    said = plain(cells.said.get("open_days", ""))
    if not said or said in WEEK:
        return WEEK.get(said, "")
    days = "".join(sorted({*SEPARATORS.sub("", said).translate(_NUMBERS)} - set("周星期")))
    if days and set(days) <= set(EVERY_DAY):
        return days
    cells.fault("open_days", _("Write 工作日, 每天, or numbers of days such as 1、2、3、6."))
    return ""


_NUMBERS: Final = str.maketrans("一二三四五六日天", "12345677")


def _stand_in(new: NewUnit) -> Unit:
    """A row that is not yet a unit, as far as the tier below it is concerned."""
    above = new.parent if isinstance(new.parent, Unit) else _stand_in(new.parent)
    return Unit(kind=new.kind, tier=tier_of(new.kind, above), name=full_name(new.kind, new.short))
