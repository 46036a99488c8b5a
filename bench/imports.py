"""How long it takes to bring in 10,000 people and 2,000 teams, from the upload to the last row, and to undo them.

`.venv/bin/python -m bench.imports [people] [teams]`: in a database of its own, through the pages that a clerk uses,
with `baixing tick --every 30` beside as in an installation. Seconds at work are those of a core, web and clock
together: on a machine that others use too they say more than the clock on the wall. DATABASE_URL names an empty
PostgreSQL; without it the database is SQLite.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

CLOCK: list[int] = []  # the process that works beside
FOUND = 302  # led to the page of the list
VILLAGES, SURNAMES, GIVEN = 200, "王李张刘陈杨黄赵吴周", "桂芳秀英建国海燕文军玉梅"


def main() -> None:
    people, teams = (int(said) for said in (*sys.argv[1:], *("10000", "2000")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory(prefix="baixing-bench-") as folder:
        _start(folder)
        from django.db import connection

        print(f"{connection.vendor}, {os.cpu_count()} cores; the clock runs beside")
        web, unit = _city()
        with _clock():
            first = _bring(web, unit, "people", _people(people))
            second = _bring(web, unit, "teams", _teams(teams))
            _undo(web, second, "teams")
            _undo(web, first, "people")
        print(f"most memory of the web process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
        print(f"most memory of the clock {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")


def _start(folder: str) -> None:
    os.environ.update(
        DATA=folder,
        BAIXING_DEMO="1",
        DJANGO_SETTINGS_MODULE="baixing.settings",
        SECRET_KEY="only for a bench, and for nothing else than a bench at all",  # noqa: S106 - thrown away
        INDEX_KEY="only for a bench",
        FIELD_KEYS="dGVzdHMgc2VhbCB3aXRoIHRoaXMga2V5LCB5b3UgZG8=",
        STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
        ALLOWED_HOSTS="testserver",
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _city() -> tuple[object, int]:
    """A county of ten townships with twenty villages each, and its head at a browser."""
    from django.test import Client

    from baixing.kernel.calendar import now
    from baixing.menu.actions import load_skills
    from baixing.network.actions import add_unit, appoint_post
    from baixing.network.models import Post, Unit
    from baixing.people.actions import agree, enrol
    from baixing.people.models import SignIn

    at = now()
    load_skills()
    city = add_unit(Unit.Kind.CENTRE, "铜城", None, by=None, at=at)
    county = add_unit(Unit.Kind.CENTRE, "东区", city, by=None, at=at)
    for number in range(VILLAGES):
        if number % 20 == 0:
            town = add_unit(Unit.Kind.INSTITUTE, f"第{number // 20}镇", county, by=None, at=at)
        add_unit(Unit.Kind.STATION, f"第{number}村", town, by=None, at=at)
    head = enrol("站长", "+8612800000001", None, at=at, by=None)
    agree(head, by=head, at=at)
    appoint_post(head, city, Post.Kind.HEAD, by=None, at=at)
    client = Client()
    client.force_login(head)
    SignIn.objects.update(proved_at=at)  # as one who has shown the second factor
    return client, city.pk


def _people(count: int) -> list[list[object]]:
    """Every one at home in a village, every tenth with a post there."""
    rows: list[list[object]] = [["姓名", "手机", "出生日期", "任职单位", "岗位", "村", "住址"]]
    for number in range(count):
        village = f"第{number % VILLAGES}村"
        post = [village, "工作人员"] if number % 10 == 0 else ["", ""]
        rows.append(
            [_name(number), 13900000000 + number, f"19{50 + number % 50}-03-05", *post, village, f"{number} 号院"]
        )
    return rows


def _teams(count: int) -> list[list[object]]:
    rows: list[list[object]] = [["队名", "所在阵地", "队长", "队长手机", "专长", "服务范围", "每天次数", "每周次数"]]
    for number in range(count):
        home = f"第{number % VILLAGES}村"
        rows.append([f"{number} 队", home, _name(number), 13900000000 + number, "水管维修、用电检修", "本乡镇", 2, 6])
    return rows


def _name(number: int) -> str:
    return f"{SURNAMES[number % 10]}{GIVEN[number % 12]}{GIVEN[number // 12 % 12]}"


@contextmanager
def _clock() -> Iterator[None]:
    ticking = subprocess.Popen([sys.executable, "-m", "django", "tick", "--every", "30"])
    CLOCK.append(ticking.pid)
    try:
        yield
    finally:
        ticking.terminate()
        ticking.wait(30)


def _work() -> float:
    """Seconds of a core that web and clock have used so far; 0 where the machine does not tell."""
    try:
        said = Path(f"/proc/{CLOCK[0]}/stat").read_text("ascii").rpartition(") ")[2].split()
    except OSError:
        return 0
    return time.process_time() + (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def _bring(web: object, unit: int, kind: str, rows: list[list[object]]) -> int:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from baixing.kernel.once import new_key

    assert isinstance(web, Client)
    content = _sheet(rows)
    began, worked = time.perf_counter(), _work()
    file = SimpleUploadedFile("list.xlsx", content)
    answer = web.post(f"/units/{unit}/lists/{kind}/", {"file": file, "key": new_key()})
    assert answer.status_code == FOUND, answer.content.decode()
    pk = int(answer.headers["Location"].split("/")[2])
    sent = time.perf_counter()
    _until(pk, "ready")
    checked = time.perf_counter()
    web.get(f"/lists/{pk}/")
    shown = time.perf_counter()
    web.post(f"/lists/{pk}/confirm/", {"key": new_key()})
    _until(pk, "done")
    done = time.perf_counter()
    print(
        f"{len(rows) - 1:6} {kind:7} upload and read {sent - began:5.1f} s   check {checked - sent:5.1f} s   "
        f"preview {shown - checked:5.2f} s   write {done - shown:5.1f} s   together {done - began:5.1f} s, "
        f"of it at work {_work() - worked:5.1f} s"
    )
    return pk


def _undo(web: object, pk: int, kind: str) -> None:
    from django.test import Client

    from baixing.kernel.once import new_key

    assert isinstance(web, Client)
    began, worked = time.perf_counter(), _work()
    web.post(f"/lists/{pk}/undo/", {"key": new_key()})
    _until(pk, "undone")
    print(f"       {kind:7} undo {time.perf_counter() - began:5.1f} s, of it at work {_work() - worked:5.1f} s")


def _until(pk: int, state: str) -> None:
    from baixing.exchange.models import Import

    def there() -> bool:
        now = Import.objects.values_list("state", "why").get(pk=pk)
        assert now[0] in (state, "checking", "writing", "undoing"), now
        return now[0] == state

    _wait(there)


def _wait(there: Callable[[], bool]) -> None:
    """As often as a page that reloads by itself."""
    while not there():
        time.sleep(0.1)


def _sheet(rows: list[list[object]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for row in rows:
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
