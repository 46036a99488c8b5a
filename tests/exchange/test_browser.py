"""The way of a list in a real browser: fits a small phone, is readable for everybody, goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, expect
from pytest_django.live_server_helper import LiveServer

from baixing.exchange.actions import work
from baixing.kernel.calendar import now
from baixing.people.models import Person
from tests.browser import PHONE
from tests.exchange.files import xlsx
from tests.journeys.people import Cast, Somebody
from tests.town import build

pytestmark = pytest.mark.django_db(transaction=True)
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD, SONG = ["姓名", "手机", "岗位", "村", "住址"], ["宋桥", "13800000021", "", "柳树村", "2 号院"]


@pytest.fixture
def cast(browser: Browser, live_server: LiveServer) -> Iterator[Cast]:
    cast = Cast(browser, live_server.url, build(), "zh-hans", PHONE)
    yield cast
    for context in cast.contexts:
        context.close()


def choose(clerk: Somebody, *rows: list[str]) -> None:
    file = FilePayload(name="名单.xlsx", mimeType=KIND, buffer=xlsx(*rows))
    clerk.page.set_input_files("main [name=file]", files=[file])
    clerk.tap("main form:has([name=file]) button")


@pytest.mark.parametrize("elder", ["", "1"], ids=["as usual", "elder"])
def test_a_clerk_brings_in_a_list_and_undoes_it(cast: Cast, elder: str) -> None:
    clerk = cast.enter("zhou", elder=elder)
    clerk.go("/more/")
    clerk.tap('a[href="/lists/"]')
    clerk.tap('a[href$="/lists/people/"]')
    choose(clerk, HEAD, ["", "138", "", "柳树", ""])
    work(now)
    expect(clerk.page.locator("main")).to_contain_text("有 1 行要改")
    clerk.look()
    clerk.tap("main a.btn-main")
    choose(clerk, HEAD, SONG)
    work(now)
    clerk.page.locator('form[action$="/confirm/"] button').wait_for()
    clerk.look()
    clerk.tap('form[action$="/confirm/"] button')
    work(now)
    expect(clerk.page.locator("main")).to_contain_text("1 行全部导入了")
    clerk.look()

    clerk.do("undo")
    work(now)
    expect(clerk.page.locator("main")).to_contain_text("已经撤销")
    clerk.look()

    assert (cast.faults(), Person.objects.filter(name="宋桥").count()) == ("", 0)
