"""The way of a list in the browser, without any script; who sees what of it; what is sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from baixing.exchange import actions
from baixing.exchange.models import Import
from baixing.kernel.once import new_key
from baixing.people.models import Person
from tests.exchange.bringing import brought, read, written
from tests.exchange.files import xlsx
from tests.town import HOUR, NINE, Town
from tests.web import Web

pytestmark = pytest.mark.django_db
HEAD = ["姓名", "手机", "村"]
SONG = ["宋桥", "13800000021", "柳树村"]


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def send(web: Web, town: Town, *rows: list[str], name: str = "名单.xlsx") -> HttpResponse:
    return send_file(web, town, xlsx(*rows), name=name)


def send_file(web: Web, town: Town, file: bytes, key: str = "", name: str = "名单.xlsx") -> HttpResponse:
    said = {"file": SimpleUploadedFile(name, file), "key": key or new_key()}
    return web.client.post(f"/units/{town.station.pk}/lists/people/", said)  # type: ignore[return-value]  # the test's


def work() -> None:
    while actions.work(lambda: NINE):
        pass


def test_a_list_goes_its_way_without_script(town: Town) -> None:
    web = Web(town.zhou)

    address = send(web, town, HEAD, SONG).headers["Location"]
    waiting = web.get(address)
    work()
    preview = web.get(address)
    web.post(f"{address}confirm/")
    work()
    done = web.get(address)

    assert "<noscript><meta\n" in waiting or '<noscript><meta http-equiv="refresh"' in waiting
    assert "1 rows are new, 0 add something, 0 stay as they are." in " ".join(preview.split())
    assert "宋桥" in preview
    assert "can be undone for another 24 hours" in done
    assert Person.objects.filter(name="宋桥").exists()


def test_an_undone_list_says_so(town: Town) -> None:
    source, web = written("people", town.station, town.zhou, [HEAD, SONG]), Web(town.zhou)

    answer = web.post(f"/lists/{source.pk}/undo/")
    work()

    assert answer.headers["Location"] == f"/lists/{source.pk}/"
    assert "It is undone." in web.get(f"/lists/{source.pk}/")
    assert not Person.objects.filter(name="宋桥").exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.xlsx", "<script>alert(1)</script>.xlsx", "长" * 90 + ".xlsx"])
def test_a_strange_name_of_a_file_does_no_harm(town: Town, name: str) -> None:
    web = Web(town.zhou)
    address = send(web, town, HEAD, SONG, name=name).headers["Location"]
    work()

    page = web.get(address)

    assert "<script>alert" not in page
    assert "../" not in page


def test_the_same_form_sent_twice_is_one_list(town: Town) -> None:
    web, key, file = Web(town.zhou), new_key(), xlsx(HEAD, SONG)  # written twice, it would tell two times of day

    first, second = (send_file(web, town, file, key=key) for _one in range(2))

    assert (first.headers["Location"], Import.objects.count()) == (second.headers["Location"], 1)


def test_a_file_that_is_none_is_told_at_once(town: Town) -> None:
    web = Web(town.zhou)

    answer = send(web, town, ["品名"], ["苹果"])
    nothing = web.post(f"/units/{town.station.pk}/lists/people/")

    assert (answer.status_code, nothing.status_code, Import.objects.count()) == (422, 422, 0)
    assert "The headings were not found." in answer.content.decode()
    assert "Choose the file with the list." in nothing.content.decode()


def test_phones_are_masked_for_whoever_did_not_bring_them(town: Town) -> None:
    source = brought("people", town.station, town.zhou, [HEAD, SONG])

    own, other = (Web(person).get(f"/lists/{source.pk}/") for person in (town.zhou, town.gao))

    assert ("13800000021" in own, "13800000021" in other, "138****0021" in other) == (True, False, True)


def test_only_whoever_has_read_the_list_confirms_it(town: Town) -> None:
    source = brought("people", town.station, town.zhou, [HEAD, SONG])

    answer = Web(town.gao).post(f"/lists/{source.pk}/confirm/")

    source.refresh_from_db()
    assert (answer.status_code, source.state) == (403, "ready")


def test_what_is_wrong_can_be_downloaded_mended_and_brought_again(town: Town) -> None:
    rows = [HEAD, SONG, ["@金水", "138", "柳树村"]]
    source, web = brought("people", town.station, town.zhou, rows), Web(town.zhou)

    content = web.client.get(f"/lists/{source.pk}/faults.xlsx").getvalue()

    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == ["姓名", "手机", "居住村（社区）", "哪里不对", "怎么改", "原表行号"]
    assert cells[1] == [*SONG, "", "", "2"]
    assert cells[2][:3] == ["'@金水", "138", "柳树村"]
    assert "手机：This is not a mobile number." in cells[2][3]
    assert cells[2][4:] == ["手机：11 位手机号；单元格请设成文本", "3"]
    assert [row.said["name"] for row in read("people", content).rows] == ["宋桥", "@金水"]


def test_a_page_asked_for_by_htmx_is_the_part_that_changes(town: Town) -> None:
    source = brought("people", town.station, town.zhou, [HEAD, SONG])
    client = Client()
    client.force_login(town.zhou)

    page = client.get(f"/lists/{source.pk}/", headers={"HX-Request": "true"}).content.decode()

    assert page.lstrip().startswith(f'<div\n    id="list-{source.pk}"')
    assert "hx-trigger" not in page  # it is looked through: nothing more to wait for


def test_after_a_day_there_is_no_button(town: Town) -> None:
    source = written("people", town.station, town.zhou, [HEAD, SONG])

    with time_machine.travel(NINE + 25 * HOUR, tick=False):
        web = Web(town.zhou)
        page, answer = web.get(f"/lists/{source.pk}/"), web.post(f"/lists/{source.pk}/undo/")

    assert "/undo/" not in page
    assert (answer.status_code, "more than 24 hours ago" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_asks_as_often_for_three_lists_as_for_one(
    town: Town, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        written("people", town.station, town.zhou, [HEAD, ["宋桥", f"1380000002{number}", "柳树村"]])
    web = Web(town.zhou)
    web.get("/more/")

    with django_assert_num_queries(19):
        web.get(f"/units/{town.station.pk}/lists/")


def test_a_list_to_mend_is_for_whoever_brought_it(town: Town) -> None:
    """It holds every telephone and every home; whoever else is in charge sees the faults, and numbers masked."""
    source = brought(
        "people", town.station, town.zhou, [[*HEAD, "住址"], ["宋桥", "13800000021", "没有的村", "远处 9 号"]]
    )
    address = f"/lists/{source.pk}/"

    shown = {who: Web(getattr(town, who)).get(address) for who in ("zhou", "wu", "gao")}
    statuses = {who: Web(getattr(town, who)).client.get(f"{address}faults.xlsx").status_code for who in shown}

    assert statuses == {"zhou": 200, "wu": 403, "gao": 403}
    assert {who: ("13800000021" in page, "宋桥" in page) for who, page in shown.items()} == {
        "zhou": (True, True),
        "wu": (False, True),
        "gao": (False, True),
    }
    assert not any("远处 9 号" in shown[who] for who in ("wu", "gao"))


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_people_leave_in_no_list(town: Town, ending: str) -> None:
    web = Web(town.gao)
    kinds = ("units", "teams", "items", "people")

    answers = [web.client.get(f"/units/{town.city.pk}/lists/{kind}/all.{ending}").status_code for kind in kinds]

    assert answers == [200, 200, 200, 404]
