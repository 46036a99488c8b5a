"""Sheets that leave: an empty one to fill in, the lists of a unit, and a list with what is wrong with it.

Imported where one is made: openpyxl is large.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from baixing.exchange.models import Import
from baixing.exchange.queries.checks.teams import facts_of as team_facts
from baixing.exchange.queries.columns import Column, Form, form_of
from baixing.exchange.queries.table import Row, Table, is_quoted
from baixing.exchange.queries.verdicts import Verdict
from baixing.kernel.sheets import safe_cell
from baixing.menu.models import ServiceItem
from baixing.network.models import WORKWEEK, Platform, Unit
from baixing.teams.models import Skill, Team

Cells = Sequence[str]
BOLD, TINT = Font(bold=True), PatternFill("solid", fgColor="F6E7DB")
GREY = Font(color="5C534D", italic=True)
TEXT: Final = "@"  # a column of text: Excel leaves its numbers alone
WIDE, NARROW = 40, 14  # letters
MOST_CHOICES: Final = 255  # letters of a list that Excel offers in a cell
LINES_OF_CHOICE: Final = 20_000
EVERY_DAY: Final = "1234567"


def template(kind: str, ending: str) -> bytes:
    """An empty list with its headings and an example; as .xlsx also with a sheet that says what may stand where."""
    form = form_of(kind)
    example = [column.example for column in form.columns]
    headings = [column.heading for column in form.columns]
    if ending == "csv":
        return _csv([headings, example])
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = form.title
    sheet.append(headings)
    sheet.append([quoted(text) for text in example])
    for number, column in enumerate(form.columns, 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = NARROW + len(column.heading)
        sheet.column_dimensions[letter].number_format = TEXT
        top, below = sheet[f"{letter}1"], sheet[f"{letter}2"]
        top.font, top.fill = BOLD, TINT
        below.font, below.number_format = GREY, TEXT
        _offer(sheet, letter, _allowed(form, column))
    sheet.freeze_panes = "A2"
    _explain(book, form)
    return _saved(book)


def exported(kind: str, unit: Unit, ending: str) -> bytes:
    """What is under the unit, in the columns in which it can be brought in again. No person is named in it."""
    form = form_of(kind)
    rows = [[cells.get(column.name, "") for column in form.columns] for cells in ROWS[kind](unit, form)]
    headings = [column.heading for column in form.columns]
    if ending == "csv":
        return _csv([headings, *rows])
    return _xlsx(form.title, [headings, *rows])


def faults_sheet(table: Table, verdicts: Sequence[Verdict], form: Form) -> bytes:
    """The whole list, and beside each row what is wrong with it and how to mend it. Mended, it can be brought in."""
    columns = [form.column(name) for name in table.columns]
    headings = [*(column.heading for column in columns), "哪里不对", "怎么改", "原表行号"]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(form.title)
    sheet.freeze_panes = "A2"
    for number in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDE if number > len(columns) else NARROW
    sheet.append([_styled(sheet, heading, font=BOLD, fill=TINT) for heading in headings])
    for row, verdict in zip(table.rows, verdicts, strict=True):
        sheet.append(_faulty(sheet, row, verdict, columns, form))
    return _saved(book)


def quoted(text: str) -> str:
    """The same text, which no spreadsheet program will run and which we read again as it was."""
    return f"'{text}" if is_quoted(text) else safe_cell(text)


def _faulty(sheet: object, row: Row, verdict: Verdict, columns: Sequence[Column], form: Form) -> list[Cell]:
    wrong = {name for name, _said in verdict.faults}
    cells = [
        _styled(sheet, row.said.get(column.name, ""), fill=TINT if column.name in wrong else None) for column in columns
    ]
    what = [f"{form.column(name).heading}：{words}" for name, words in verdict.faults]
    how = list(
        dict.fromkeys(f"{form.column(name).heading}：{form.column(name).hint}" for name, _said in verdict.faults)
    )
    return [
        *cells,
        _styled(sheet, "\n".join(what)),
        _styled(sheet, "\n".join(how)),
        _styled(sheet, str(verdict.number)),
    ]


def _styled(sheet: object, text: str, font: Font | None = None, fill: PatternFill | None = None) -> Cell:
    cell = WriteOnlyCell(sheet, value=quoted(text))  # type: ignore[arg-type]  # the sheet it is for
    cell.number_format = TEXT
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell


def _offer(sheet: object, letter: str, words: Sequence[str]) -> None:
    """Excel offers the words that may stand in the column, unless there are too many for it; others may stand too."""
    listed = ",".join(words)
    if words and len(listed) <= MOST_CHOICES and not any(mark in word for word in words for mark in '",'):
        offer = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(offer)  # type: ignore[attr-defined]  # a worksheet
        offer.add(f"{letter}2:{letter}{LINES_OF_CHOICE}")


def _explain(book: Workbook, form: Form) -> None:
    sheet = book.create_sheet("填写说明")
    for line in form.about:
        sheet.append([line])
    sheet.append([])
    sheet.append(["列名", "必填", "怎么填", "允许的内容", "也可以写成"])
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = BOLD, TINT
    for column in form.columns:
        needed, words = "必填" if column.needed else "", quoted("、".join(_allowed(form, column)))
        sheet.append([column.heading, needed, column.hint, words, "、".join(column.others)])
    for letter, width in zip("ABCDE", (18, 8, WIDE, WIDE, WIDE), strict=True):
        sheet.column_dimensions[letter].width = width
        for cell in sheet[letter][len(form.about) :]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _allowed(form: Form, column: Column) -> list[str]:
    if (form.kind, column.name) in {("teams", "skills"), ("items", "skill")}:
        return list(Skill.objects.values_list("name", flat=True))
    if (form.kind, column.name) == ("items", "platform"):
        return list(Platform.objects.values_list("name", flat=True))
    return [choice.word for choice in column.choices]


def _units(unit: Unit, form: Form) -> Iterable[dict[str, str]]:
    for one in Unit.objects.within(unit).exclude(pk=unit.pk).select_related("parent").order_by("path"):
        noon = {"noon_from": one.noon_from, "noon_to": one.noon_to}
        yield {
            "kind": form.word("kind", one.kind),
            "parent": (one.parent.code or one.parent.name) if one.parent else "",
            **{name: str(getattr(one, name) or "") for name in ("short", "name", "code", "phone", "address", "about")},
            **{name: f"{clock:%H:%M}" if clock else "无" for name, clock in noon.items()},
            "opens": f"{one.opens:%H:%M}",
            "closes": f"{one.closes:%H:%M}",
            "open_days": _days(one.open_days),
        }


def _days(days: str) -> str:
    return {WORKWEEK: "工作日", EVERY_DAY: "每天"}.get(days, "、".join(days))


def _teams(unit: Unit, form: Form) -> Iterable[dict[str, str]]:
    teams = Team.objects.active().at_home_in(unit).select_related("home").prefetch_related("skills")
    for team in teams.order_by("home__path", "name"):
        facts = team_facts(team)
        yield {
            "name": facts.name,
            "home": team.home.code or team.home.name,
            "skills": "、".join(skill.name for skill in facts.skills),
            "reach": form.word("reach", str(facts.reach)),
            "day_capacity": str(facts.day_capacity),
            "week_capacity": str(facts.week_capacity),
            "about": facts.about,
        }


def _items(unit: Unit, form: Form) -> Iterable[dict[str, str]]:
    items = ServiceItem.objects.active().on_menu_of(unit).select_related("skill", "platform").in_order()
    for item in items:
        plain = ("name", "gist", "gets", "who", "minutes", "prepare", "documents", "people", "lead_days")
        yield {
            **{name: str(getattr(item, name)) for name in plain},
            **{name: form.word(name, getattr(item, name)) for name in ("place", "audience", "urgency")},
            "platform": item.platform.name,
            "skill": item.skill.name,
            "free": "是" if item.free else "否",
            "months": item.months.replace(",", "、") or "全年",
            "words": "、".join(item.plain_words()),
        }


ROWS: Final = {Import.Kind.UNITS.value: _units, Import.Kind.TEAMS.value: _teams, Import.Kind.ITEMS.value: _items}


def _csv(rows: Iterable[Cells]) -> bytes:
    out = StringIO()
    csv.writer(out).writerows([quoted(text) for text in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(title: str, rows: Iterable[Cells]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows):
        sheet.append([_styled(sheet, text, font=None if number else BOLD) for text in row])
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
