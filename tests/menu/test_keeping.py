"""Staff keep their menu on screens made for them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.menu.models import ServiceItem, Synonym
from tests.access.forms import forms_of
from tests.town import NINE, Town
from tests.web import Web


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def verbs() -> list[str]:
    return list(Entry.objects.filter(thing__startswith="menu.serviceitem:").values_list("verb", flat=True))


def said(town: Town, **changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "name": "磨剪刀",
        "gist": "磨剪刀和菜刀",
        "gets": "磨好的刀",
        "platform": town.tap_repair.platform_id,
        "audience": "anybody",
        "minutes": 30,
        "place": "home",
        "skill": town.tap_repair.skill_id,
        "people": 1,
        "lead_days": 1,
        "urgency": "normal",
        "cost": "free",
    }
    return facts | changes


def test_a_new_service_is_found_at_once(town: Town) -> None:
    web = Web(town.gao)

    web.post(f"/menu/edit/{town.city.pk}/add/", **said(town))

    assert "磨剪刀" in Web().get("/menu/?q=mojiandao")
    assert "磨剪刀" in web.get(f"/menu/edit/{town.city.pk}/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"minutes": "2"},
        {"minutes": "many"},
        {"min_age": "60", "max_age": "20"},
        {"parts_payer": "resident", "parts_note": ""},
        {"platform": "999"},
        {"place": "moon"},
        {"lead_days": "99999999999"},
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(town: Town, wrong: dict[str, object]) -> None:
    answer = Web(town.gao).post(f"/menu/edit/{town.city.pk}/add/", **said(town, gist="磨得很快", **wrong))

    assert answer.status_code == 422
    assert "磨得很快" in answer.content.decode()
    assert not ServiceItem.objects.filter(gist="磨得很快").exists()


def test_two_who_change_a_service_at_once_both_keep_their_words(town: Town) -> None:
    page = "/menu/edit/tap-repair/change/"
    Web(town.gao).post(page, version=1, **said(town, name="修龙头", gets="他们写的"))

    answer = Web(town.gao).post(page, version=1, **said(town, name="修水管", gets="我写的"))

    page_shown = answer.content.decode()
    assert answer.status_code == 409
    assert "修龙头" in page_shown
    assert "他们写的" in page_shown
    assert "我写的" in page_shown


def test_a_retired_service_is_off_the_menu_and_comes_back(town: Town) -> None:
    web = Web(town.gao)
    web.post(f"/menu/edit/{town.city.pk}/add/", **said(town))
    code = ServiceItem.objects.get(name="磨剪刀").code

    web.post(f"/menu/edit/{code}/retire/", version=1, why="没有队伍了")
    gone = Web().get("/menu/?q=剪刀")
    web.post(f"/menu/edit/{code}/back/", version=2)

    assert code not in gone
    assert code in Web().get("/menu/?q=剪刀")
    assert verbs() == ["add_item", "retire_item", "bring_back"]


def test_a_service_goes_off_the_menu_only_with_a_reason(town: Town) -> None:
    answer = Web(town.gao).post("/menu/edit/tap-repair/retire/", version=1, why=" ")

    assert answer.status_code == 422
    assert ServiceItem.objects.get(code="tap-repair").active


def test_a_word_people_say_is_found_once_it_is_on_the_list(town: Town) -> None:
    web, page = Web(town.gao), f"/menu/edit/{town.city.pk}/synonyms/"
    web.post(f"/menu/edit/{town.city.pk}/add/", **said(town))
    assert "磨剪刀" not in Web().get("/menu/?q=呼噜")

    seen = next(form.hidden["seen"] for form in forms_of(web.get(page)) if "seen" in form.hidden)
    web.post(page, seen=seen, pairs="呼噜 = 剪刀")

    assert "磨剪刀" in Web().get("/menu/?q=呼噜")


def test_lines_that_are_no_pairs_are_named(town: Town) -> None:
    answer = Web(town.gao).post(f"/menu/edit/{town.city.pk}/synonyms/", pairs="滴答 = 水龙头\n只有一个词")

    assert answer.status_code == 422
    assert "Line 2 is not a pair" in answer.content.decode()
    assert not Synonym.objects.filter(unit=town.city).exists()


def test_a_preview_keeps_nothing(town: Town) -> None:
    answer = Web(town.gao).post("/menu/edit/preview/", **said(town))

    assert "磨剪刀" in answer.content.decode()
    assert not ServiceItem.objects.filter(name="磨剪刀").exists()


def test_the_menu_of_a_county_is_read_from_its_page(town: Town) -> None:
    page = Web().get(f"/menu/?at={town.county.pk}")

    assert "Tap repair" in page
    assert town.county.short in page
