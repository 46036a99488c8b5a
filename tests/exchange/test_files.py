"""Whatever is sent as a list: it is read, or refused in one clear sentence, and takes little memory."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import translation

from baixing.exchange.queries import leaving
from baixing.kernel.refusals import Unfit
from tests.exchange.bringing import read
from tests.exchange.files import text, xlsx

HEAD, JIN = ["姓名", "手机"], ["金水", "13800000011"]
GOOD = xlsx(HEAD, JIN)
SHEET = "xl/worksheets/sheet1.xml"
FAR_APART = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
)
FAR_OFF = "<row r='1'><c r='A1'><v>1</v></c></row><row r='900000'><c r='XFD900000'><v>1</v></c></row>"
WIDE = '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="ZZ1"><v>1</v></c></row></sheetData>'


def changed(**parts: str | bytes) -> bytes:
    """The good workbook with some of its parts exchanged or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def sheet(inside: str, before: str = "") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{space}">{inside}</worksheet>'


def laughs() -> str:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    cell = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData>'
    return sheet(cell, f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]>')


def outsider() -> str:
    cell = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData>'
    return sheet(cell, '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500


def flagged() -> bytes:
    """The good workbook, every part of which says that it is encrypted."""
    content = bytearray(GOOD)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := content.find(mark, start + 1)) >= 0:
            content[start + place] |= 1
    return bytes(content)


def archive(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def rows_of(count: int) -> str:
    return sheet(
        "<sheetData>"
        + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, count + 1))
        + "</sheetData>"
    )


def far(old: str = "", new: str = "") -> bytes:
    """Two cells far apart, written in a way that XML allows and no program chooses."""
    return changed(**{SHEET: sheet(f"<sheetData>{FAR_OFF.replace(old, new)}</sheetData>")})


def unnumbered() -> bytes:
    """Cells that do not say where they stand, behind one that says it stands above them."""
    rows = '<row r="900000"><c r="A1"><v>1</v></c><c><v>1</v></c></row>'
    return changed(**{SHEET: sheet(f"<sheetData>{rows}</sheetData>")})


def elsewhere(part: str) -> bytes:
    """A sheet that is kept where no program keeps one."""
    ways = "xl/_rels/workbook.xml.rels"
    named = zipfile.ZipFile(BytesIO(GOOD)).read(ways).decode()
    moved = named.replace("/xl/worksheets/sheet1.xml", f"/{part}")
    return changed(**{ways: moved, part: sheet(f"<sheetData>{FAR_OFF}</sheetData>")})


def shown_again(letters: int, times: int) -> bytes:
    """One long text that many cells show."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    texts = f'<sst xmlns="{space}"><si><t>{"a" * letters}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times + 1))
    return changed(**{"xl/sharedStrings.xml": texts, SHEET: sheet(f"<sheetData>{cells}</sheetData>")})


def promising() -> bytes:
    """A part that says it has more texts than there is memory for."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return changed(**{"xl/sharedStrings.xml": f'<sst xmlns="{space}" uniqueCount="400000000"><si><t>a</t></si></sst>'})


def large_sheets(count: int) -> bytes:
    """As many sheets, each with two cells as far apart as a list may reach."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="20100"><c r="BH20100"><v>1</v></c></row>'
    others = {f"xl/worksheets/other{n}.xml": sheet(f"<sheetData>{cells}</sheetData>") for n in range(count)}
    return changed(**others)


def understated() -> bytes:
    """A sheet of 39 MB that says it has a thousand bytes."""
    content = bytearray(changed(**{SHEET: sheet(" " * 39_000_000)}))
    for mark, name, size in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        start = content.find(SHEET.encode(), content.rfind(mark) if name == 46 else 0) - name
        assert content[start : start + 4] == mark
        content[start + size : start + size + 4] = (1_000).to_bytes(4, "little")
    return bytes(content)


def packed(method: int) -> bytes:
    """The good workbook, packed in a way that is damaged on the way: its first part says so when it is unpacked."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    content = bytearray(out.getvalue())
    start = content.find(b"xl/workbook.xml") + 30
    content[start : start + 60] = bytes(byte ^ 0x5A for byte in content[start : start + 60])
    return bytes(content)


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "This file is empty"),
    "50 MB": (lambda: b"a,b\n" * 13_000_000, "larger than 8 MB"),
    "a bomb": (lambda: changed(**{SHEET: sheet(" " * 39_000_000)}), "Unpacked, this file is too large"),
    "a bomb beside the sheets": (lambda: changed(**{"xl/media/a.bin": b"\0" * 60_000_000}), "too large"),
    "a million laughs": (lambda: changed(**{SHEET: laughs()}), "something in this file that no list has"),
    "a file of ours asked for": (lambda: changed(**{SHEET: outsider()}), "something in this file that no list has"),
    "a million rows": (lambda: changed(**{SHEET: rows_of(1_000_000)}), "too large"),
    "30,000 rows": (lambda: changed(**{SHEET: rows_of(30_000)}), "more than 20000 rows"),
    "two cells far apart": (lambda: changed(**{SHEET: sheet(FAR_APART)}), "more than 20000 rows"),
    "a cell far to the right": (lambda: changed(**{SHEET: sheet(WIDE)}), "beyond column 60"),
    "far apart in single quotes": (far, "more than 20000 rows"),
    "far apart with spaces": (lambda: far("r=", "r = "), "more than 20000 rows"),
    "far apart in small letters": (lambda: far("XFD", "xfd"), "damaged"),
    "far apart behind a sign": (lambda: far("<c ", '<c s=">" '), "more than 20000 rows"),
    "cells that do not say where": (unnumbered, "more than 20000 rows"),
    "a cell that says nonsense": (lambda: far("'A1'", "'1A'"), "damaged"),
    "a sheet in another place": (lambda: elsewhere("xl/other.xml"), "more than 20000 rows"),
    "a sheet that says it is none": (lambda: elsewhere("xl/_rels/other.rels"), "more than 20000 rows"),
    "one text shown again and again": (lambda: shown_again(1_000_000, 5_000), "too large"),
    "more texts promised than there are": (promising, "too large"),
    "many large sheets": (lambda: large_sheets(30), "too large"),
    "a bomb that says it is none": (understated, "damaged"),
    "packed in a strange way": (lambda: packed(zipfile.ZIP_LZMA), "damaged"),
    "many parts": (lambda: changed(**{f"xl/media/{n}": b"" for n in range(1_001)}), "too large"),
    "a way out of the folder": (lambda: changed(**{"../../etc/cron.d/x": b"x"}), "damaged"),
    "a damaged archive": (lambda: GOOD[: len(GOOD) // 2], "damaged"),
    "a damaged sheet": (lambda: changed(**{SHEET: "<worksheet><sheetData><row"}), "damaged"),
    "no archive inside": (lambda: b"\x01\x02\x03\x04" * 50, "its name says Excel"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "old Excel file"),
    "a locked workbook": (locked, "has a password"),
    "a locked archive": (flagged, "has a password"),
    "a PDF": (lambda: b"%PDF-1.7\n" + b"x" * 900, "PDF file, not a list"),
    "a picture": (lambda: b"\x89PNG\r\n" + b"x" * 900, "PNG file, not a list"),
    "a web page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
    "some archive": (lambda: archive(**{"a.docx": b"x"}), "an archive, not a list"),
    "only headings": (lambda: xlsx(HEAD), "no row below them"),
    "nothing in the cells": (xlsx, "This list is empty"),
    "other columns": (lambda: xlsx(["品名", "单价"], ["苹果", 3]), "headings were not found"),
    "half of the columns": (lambda: xlsx(["姓名", "岗位"], ["金水", "编辑"]), "columns are missing: 手机"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_is_no_list_is_refused_in_one_sentence(what: str) -> None:
    make, words = HOSTILE[what]

    with translation.override("en"), pytest.raises(Unfit) as refused:
        read("people", make(), "../../名单.xlsx")

    assert words.casefold() in str(refused.value).casefold()
    assert refused.value.field == "file"


MEASURE = """
import resource, sys, django
django.setup()
from tests.exchange import test_files as it
content = it.HOSTILE[sys.argv[1]][0]()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    it.read("people", content)
except it.Unfit:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


HUNGRY = [
    "a bomb that says it is none",
    "a bomb beside the sheets",
    "two cells far apart",
    "far apart in single quotes",
    "a sheet in another place",
    "one text shown again and again",
    "more texts promised than there are",
    "many large sheets",
]


@pytest.mark.parametrize("what", HUNGRY)
def test_what_means_harm_takes_little_memory(what: str) -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE, what], capture_output=True, text=True, check=True)

    assert int(done.stdout) < 60_000  # kilobytes, beyond what making the file has taken


PLAIN = {
    "a workbook": GOOD,
    "CSV": text(HEAD, JIN),
    "CSV by Excel": text(HEAD, JIN, encoding="utf-8-sig"),
    "CSV by an older Excel": text(HEAD, JIN, encoding="gbk"),
    "text by Excel": text(HEAD, JIN, encoding="utf-16", sign="\t"),
    "semicolons": text(HEAD, JIN, sign=";"),
    "tabs": text(HEAD, JIN, sign="\t"),
    "titles above": xlsx(["柳树村志愿者名单"], [], ["填表人", "金水"], HEAD, [], JIN),
    "another order": xlsx(["手机", "姓名"], JIN[::-1]),
    "other words": xlsx(["名 字", "联系电话（必填）"], JIN),
    "stars": xlsx(["*姓名", "手机号码："], JIN),
    "a number as a phone": xlsx(HEAD, ["金水", 13800000011.0]),
    "the headings again, and a sum": xlsx(HEAD, JIN, HEAD, ["合计", "1"]),
    "the example of the template": xlsx(HEAD, ["张小桥", "13800000001"], JIN),
    "a merged title": xlsx(["名单", ""], HEAD, JIN, merged=["A1:B1"]),
    "marks that nobody sees": xlsx(["\ufeff姓名", "手机"], ["金\u200b水", "\u202a13800000011"]),
    "instructions first": xlsx(["请先读"], more={"名单": [HEAD, JIN]}),
}


@pytest.mark.parametrize("what", PLAIN)
def test_a_list_is_read_as_clerks_have_it(what: str) -> None:
    table = read("people", PLAIN[what], "a.xlsx" if PLAIN[what].startswith(b"PK") else "a.csv")

    assert [row.said for row in table.rows] == [{"name": "金水", "phone": "13800000011"}]


def test_what_is_left_out_is_told() -> None:
    content = xlsx([*HEAD, "备注"], [*JIN, "=1+1"], hidden="C", more={"旧名单": [["x"]]})

    with translation.override("en"):
        notes = read("people", content).notes

    assert notes == [
        "Some rows or columns are hidden. They are read like the others.",
        "Some cells are formulas. What they last showed is taken.",
        "These columns are not read: 备注.",
        "Only the sheet Sheet is read, not 旧名单.",
    ]


def test_a_merged_cell_holds_for_each_row_that_it_spans() -> None:
    content = xlsx([*HEAD, "村"], [*JIN, "柳树村"], ["银水", "13800000012", ""], merged=["C2:C3"])

    assert [row.said["station"] for row in read("people", content).rows] == ["柳树村", "柳树村"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["units", "people", "teams", "items"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_that_was_filled_in_is_read(kind: str, ending: str) -> None:
    empty = leaving.template(kind, ending)

    with translation.override("en"), pytest.raises(Unfit, match="no row below them"):
        read(kind, empty, f"a.{ending}")
