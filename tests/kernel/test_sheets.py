from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from baixing.kernel.sheets import FORMULA_STARTS, csv_answer, safe_cell, xlsx

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", "  =1", "\u3000=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_taken_for_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@given(st.text(max_size=30))
def test_a_safe_cell_never_begins_like_a_formula(text: str) -> None:
    safe = safe_cell(text)

    assert not safe.lstrip().startswith(FORMULA_STARTS)
    assert "\0" not in safe


def test_plain_words_stay_as_they_are() -> None:
    assert safe_cell("修水龙头 a=b") == "修水龙头 a=b"


def test_a_csv_file_opens_in_a_spreadsheet_program() -> None:
    made = csv_answer("订单", ["编号", "字"], [[1, '=1,"x"'], [None, "一\n二"]], demo=False)

    rows = list(csv.reader(StringIO(made.decode("utf-8-sig"))))

    assert made.startswith(b"\xef\xbb\xbf")
    assert rows == [["编号", "字"], ["1", '\'=1,"x"'], ["", "一\n二"]]


def test_a_workbook_keeps_numbers_and_no_formula() -> None:
    made = xlsx(["编号", "字"], [[1, "=1+1"], [True, "\0"]], name="订单[1]/2:?*" + "长" * 40)

    sheet = load_workbook(BytesIO(made)).worksheets[0]

    assert [list(row) for row in sheet.values] == [["编号", "字"], [1, "'=1+1"], ["True", None]]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_the_first_row_of_a_demo_says_so() -> None:
    in_csv = csv_answer("订单", ["编号"], [], demo=True).decode("utf-8-sig")
    in_xlsx = load_workbook(BytesIO(xlsx(["编号"], [], name="订单", demo=True))).worksheets[0]

    assert in_csv.splitlines()[0] == in_xlsx.cell(1, 1).value
    assert "订单" in in_csv.splitlines()[0]
