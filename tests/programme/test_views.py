from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.programme.models import Brand, Theme
from tests.town import NINE, Town
from tests.web import Web


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_the_theme_of_the_month_stands_on_the_front_page(town: Town) -> None:
    web = Web(town.gao)

    web.post("/programme/themes/2026/3/", version=0, title="春暖花开", words="到田间去")

    assert "春暖花开" in Web().get("/")
    assert "春暖花开" in web.get("/programme/edit/")


def test_a_theme_of_another_month_does_not(town: Town) -> None:
    Web(town.gao).post("/programme/themes/2026/4/", version=0, title="清明追思")

    assert "清明追思" not in Web().get("/")


def test_two_who_name_a_month_at_once_both_keep_their_words(town: Town) -> None:
    page = "/programme/themes/2026/3/"
    Web(town.gao).post(page, version=0, title="他们的")

    answer = Web(town.gao).post(page, version=0, title="我的")

    assert answer.status_code == 409
    assert "他们的" in answer.content.decode()
    assert "我的" in answer.content.decode()
    assert Theme.objects.get().title == "他们的"


def test_a_brand_has_an_address_of_its_own(town: Town) -> None:
    web = Web(town.gao)
    web.post("/programme/brands/add/", name="铜灯", slug="copper-lamp")

    again = web.post("/programme/brands/add/", name="铜灯二", slug="copper-lamp")
    version = Brand.objects.get().version
    web.post("/programme/brands/copper-lamp/", version=version, name="长明铜灯")

    assert again.status_code == 422
    assert Brand.objects.get().name == "长明铜灯"


@pytest.mark.parametrize("address", ["/programme/themes/2026/13/", "/programme/themes/1/1/", "/programme/brands/none/"])
def test_months_and_brands_that_are_not_there_are_not_found(town: Town, address: str) -> None:
    Web(town.gao).get(address, status=404)
