"""What leaves in a list comes in again as it was, whatever it says, and no spreadsheet program runs it."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from baixing.exchange import queries
from baixing.exchange.queries import leaving
from baixing.exchange.queries.leaving import quoted
from baixing.exchange.queries.table import _UNSEEN, said
from baixing.exchange.queries.verdicts import loaded
from baixing.kernel.fields import PlainText
from baixing.kernel.sheets import FORMULA_STARTS
from baixing.menu.models import ServiceItem
from baixing.network.actions import UnitFacts, add_unit, change_unit
from baixing.network.models import Platform, Unit
from baixing.teams.models import Skill, Team
from tests.exchange.bringing import brought, counted, read, written
from tests.town import NINE, Town

pytestmark = pytest.mark.django_db
ANY = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40)
CLEAN = ANY.map(PlainText(max_length=40, required=False).clean).filter(lambda text: text == said(quoted(text)))
Rows = list[list[str]]
F_SIGN = "=1+1"


@given(text=ANY)
@example(text="=1+1")
@example(text="'=1+1")
@example(text="''@x")
@example(text="' -1")
@example(text="＝cmd|' /C calc'!A0")
def test_a_cell_that_leaves_is_no_formula_and_comes_back_the_same(text: str) -> None:
    kept = PlainText(max_length=40, required=False).clean(text)
    cell = quoted(kept)

    assert not cell.lstrip().startswith(FORMULA_STARTS)
    assert said(cell) == kept.translate(_UNSEEN).strip()


def back(kind: str, unit: Unit, ending: str) -> Rows:
    """What was exported, as rows to be brought in again; none of them a formula."""
    table = read(kind, leaving.exported(kind, unit, ending), f"a.{ending}")
    form = queries.form_of(kind)
    headings = [form.column(name).heading for name in table.columns]
    return [headings, *([quoted(text) for text in row.said.values()] for row in table.rows)]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["units", "teams", "items"])
def test_what_was_exported_changes_nothing_when_it_is_brought_in_again(town: Town, kind: str, ending: str) -> None:
    source = written(kind, town.city, town.gao, back(kind, town.city, ending))

    assert counted(source) == ("done", 0, 0, {"units": 3, "teams": 2, "items": 1}[kind])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(about=CLEAN, name=CLEAN.filter(bool), gist=CLEAN.filter(bool))
@example(about="=HYPERLINK(1)", name="-1+1", gist="@x")
@example(about="", name="0", gist="=0")
def test_whatever_it_says(town: Town, about: str, name: str, gist: str) -> None:
    Unit.objects.filter(pk=town.station.pk).update(about=about, address=about)
    Team.objects.filter(pk=town.plumbers.pk).update(name=name, about=about)
    ServiceItem.objects.filter(pk=town.tap_repair.pk).update(name=name[:24], gist=gist, gets=about)

    for kind, count in (("units", 3), ("teams", 2), ("items", 1)):
        source = written(kind, town.city, town.gao, back(kind, town.city, "csv"))
        assert counted(source) == ("done", 0, 0, count)


def test_opening_hours_come_back(town: Town) -> None:
    change_unit(town.station, UnitFacts(noon_from=None, noon_to=None, open_days="136"), seen=1, by=town.gao, at=NINE)
    add_unit(Unit.Kind.BASE, "果园", town.station, by=town.gao, at=NINE)

    source = written("units", town.city, town.gao, back("units", town.city, "xlsx"))

    assert counted(source) == ("done", 0, 0, 4)


def test_nobody_leaves_in_a_list(town: Town) -> None:
    content = leaving.exported("teams", town.city, "csv").decode()

    assert "铜城水电队" in content
    assert not any(said in content for said in (town.luo.phone.removeprefix("+86"), town.luo.name))


def cells(content: bytes) -> list[str]:
    """All that stands in a sheet; a formula begins with its sign."""
    if not content.startswith(b"PK"):
        return [cell for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for cell in row]
    sheets = load_workbook(BytesIO(content)).worksheets
    return [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", ["units", "teams", "items"])
def test_no_cell_of_what_leaves_is_a_formula(town: Town, kind: str, ending: str) -> None:
    Unit.objects.update(name=F_SIGN, short=F_SIGN, about=F_SIGN, address=F_SIGN)
    Team.objects.update(about=F_SIGN)
    ServiceItem.objects.update(name=F_SIGN, gist=F_SIGN)
    for model in (Skill, Platform):
        model._base_manager.update(name=F_SIGN)

    found = cells(leaving.exported(kind, town.city, ending)) + cells(leaving.template(kind, ending))

    assert f"'{F_SIGN}" in found
    assert [cell for cell in found if cell.startswith(FORMULA_STARTS)] == []


def test_no_cell_of_a_list_to_mend_is_a_formula(town: Town) -> None:
    rows = [["名称", "简介", "平台", "专长"], [quoted(F_SIGN), quoted(F_SIGN), "没有的平台", quoted(F_SIGN)]]
    source = brought("items", town.city, town.gao, rows)
    table, form = queries.Table.loaded(source.table), queries.form_of("items")

    found = cells(leaving.faults_sheet(table, loaded(source.verdicts), form))

    assert f"'{F_SIGN}" in found
    assert [cell for cell in found if cell.startswith(FORMULA_STARTS)] == []


def test_excel_offers_no_words_that_would_end_its_list(town: Town) -> None:
    Skill.objects.filter(pk=town.plumbers.skills.get().pk).update(name='水"电')

    book = load_workbook(BytesIO(leaving.template("teams", "xlsx")))

    offers = [offer.formula1 for offer in book["服务队"].data_validations.dataValidation]
    assert offers
    assert not any("水" in str(offer) for offer in offers)


def test_a_template_explains_itself(town: Town) -> None:
    book = load_workbook(BytesIO(leaving.template("teams", "xlsx")))

    assert book.sheetnames == ["服务队", "填写说明"]
    text = "\n".join(str(cell.value) for row in book["填写说明"].iter_rows() for cell in row if cell.value)
    assert "水电维修" in text
    assert "本乡镇、本县区、全市" in text
