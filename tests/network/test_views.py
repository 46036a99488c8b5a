from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from baixing.kernel.seal import blind
from baixing.network.models import Deputy, Home, Post, Unit
from baixing.network.rules import holds
from tests.town import NINE, Town
from tests.web import Web

DAY = timedelta(days=1)
HOURS = {
    "opens": "09:00",
    "noon_from": "",
    "noon_to": "",
    "closes": "17:00",
    "open_days": ["1", "2", "3", "4", "5", "6"],
}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def test_a_village_is_found_by_its_pinyin(town: Town) -> None:
    page = Web(town.wei).get("/home/?q=liushu&next=/wish/")

    assert f"/home/{town.station.pk}/?next=%2Fwish%2F" in page


def test_a_village_is_reached_step_by_step_without_typing(town: Town) -> None:
    web = Web(town.wei)

    assert f"?at={town.county.pk}" in web.get("/home/")
    assert f"?at={town.institute.pk}" in web.get(f"/home/?at={town.county.pk}")
    assert f"/home/{town.station.pk}/" in web.get(f"/home/?at={town.institute.pk}")


def test_settling_goes_on_where_one_came_from(town: Town) -> None:
    web = Web(town.wei)

    answer = web.post(f"/home/{town.station.pk}/", address="5 号院", next="/services/tap-repair/order/")

    assert answer.headers["Location"] == "/services/tap-repair/order/"
    assert Home.objects.get(person=town.wei).address == "5 号院"


def test_settling_never_leads_to_another_site(town: Town) -> None:
    answer = Web(town.wei).post(f"/home/{town.station.pk}/", next="https://evil.example/")

    assert answer.headers["Location"] == "/me/"


def test_nobody_settles_in_a_county(town: Town) -> None:
    Web(town.wei).get(f"/home/{town.county.pk}/", status=404)


@pytest.mark.parametrize("asked", ["at=x", "at=99999999999999999999", "at=-1", "at=１", "q=" + "长" * 5000])
def test_odd_addresses_still_show_the_way_down_from_the_city(town: Town, asked: str) -> None:
    assert f"?at={town.county.pk}" in Web(town.wei).get(f"/home/?{asked}")


def test_anybody_reads_the_page_of_a_unit(town: Town) -> None:
    page = Web().get(f"/units/{town.station.pk}/")

    assert "铜城水电队" in page
    assert "Tap repair" in page or "水龙头维修" in page
    assert f"/units/{town.station.pk}/edit/" not in page


def test_staff_change_the_hours_and_everybody_sees_them(town: Town) -> None:
    web = Web(town.zhou)

    web.post(f"/units/{town.station.pk}/edit/", version=town.station.version, phone="0943 8220000", **HOURS)

    assert "0943-8220000" in Web().get(f"/units/{town.station.pk}/")
    assert Unit.objects.get(pk=town.station.pk).open_days == "123456"


def test_a_page_changed_meanwhile_shows_what_the_other_wrote_and_keeps_the_typed(town: Town) -> None:
    page = f"/units/{town.station.pk}/edit/"
    Web(town.zhou).post(page, version=1, about="他们写的", **HOURS)

    answer = Web(town.zhou).post(page, version=1, about="我写的", **HOURS)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "他们写的" in said
    assert "我写的" in said


@pytest.mark.parametrize(
    "wrong", [{"closes": "08:00"}, {"noon_from": "12:00"}, {"opens": "25:99"}, {"open_days": ["9"]}, {"phone": "12"}]
)
def test_hours_that_cannot_be_are_told_and_nothing_changes(town: Town, wrong: dict[str, object]) -> None:
    answer = Web(town.zhou).post(f"/units/{town.station.pk}/edit/", version=1, **(HOURS | wrong))

    assert answer.status_code == 422
    assert Unit.objects.get(pk=town.station.pk).version == 1


@pytest.mark.parametrize("verb", ["edit", "add", "move", "place", "posts"])
def test_a_stranger_changes_nothing_of_a_unit(town: Town, verb: str) -> None:
    Web(town.wei).get(f"/units/{town.station.pk}/{verb}/", status=403)


def test_a_practice_base_is_hung_on_a_station(town: Town) -> None:
    Web(town.zhou).post(f"/units/{town.station.pk}/add/", kind="base", short="大棚基地")

    base = Unit.objects.get(short="大棚基地")
    assert base.parent == town.station
    assert "大棚基地" in Web().get(f"/units/{town.station.pk}/")


def test_a_code_is_given_once(town: Town) -> None:
    page = f"/units/{town.institute.pk}/add/"
    Web(town.wu).post(page, kind="station", short="新村", code="620402001001")

    again = Web(town.wu).post(page, kind="station", short="又一村", code="620402001001")

    assert again.status_code == 422
    assert "Another unit has this code." in again.content.decode()


def test_a_station_moves_to_another_institute_with_its_orders(town: Town) -> None:
    order = town.place()
    Web(town.he).post(f"/units/{town.county.pk}/add/", kind="institute", short="山口镇")

    answer = Web(town.he).post(f"/units/{town.station.pk}/move/", parent="shankou")

    moved = Unit.objects.get(pk=town.station.pk)
    assert answer.status_code == 302
    assert moved.path.startswith(Unit.objects.get(short="山口镇").path)
    assert order.station_id == moved.pk


def test_a_station_does_not_hang_on_a_station(town: Town) -> None:
    Web(town.wu).post(f"/units/{town.institute.pk}/add/", kind="station", short="高坡村")

    answer = Web(town.wu).post(f"/units/{town.station.pk}/move/", parent="高坡村")

    assert answer.status_code == 422


def test_a_place_names_its_source(town: Town) -> None:
    page = f"/units/{town.station.pk}/place/"

    without = Web(town.zhou).post(page, lat="36.5", lon="104.1", source="")
    Web(town.zhou).post(page, version=1, lat="36.5", lon="104.1", source="门口测得")

    assert without.status_code == 422
    assert Unit.objects.get(pk=town.station.pk).place_source == "门口测得"


def test_the_head_fills_a_post_by_name_and_number(town: Town) -> None:
    name_and_number(town)

    Web(town.gao).post(f"/units/{town.station.pk}/posts/", kind="staff", name="wei", phone="139 0000 0009")

    assert holds(town.wei, {Post.Kind.STAFF}, at=town.station, on=NINE)


def test_somebody_who_never_signed_in_gets_no_post(town: Town) -> None:
    answer = Web(town.gao).post(f"/units/{town.station.pk}/posts/", kind="staff", name="nobody", phone="13900000009")

    assert answer.status_code == 422
    assert "They have to sign in once first." in answer.content.decode()


def test_a_successor_takes_over(town: Town) -> None:
    post = Post.objects.get(person=town.zhou)
    name_and_number(town)

    answer = Web(town.zhou).post(f"/posts/{post.pk}/leave/", name="wei", phone="13900000009")

    assert answer.status_code == 302
    assert holds(town.wei, {Post.Kind.STAFF}, at=town.station, on=NINE)
    assert not holds(town.zhou, {Post.Kind.STAFF}, at=town.station, on=NINE)


def test_a_deputy_has_the_powers_until_the_last_day_ends(town: Town) -> None:
    post = Post.objects.get(person=town.zhou)
    name_and_number(town)

    said = {"name": "wei", "phone": "13900000009", "first": "2026-03-06", "last": "2026-03-07"}
    Web(town.zhou).post(f"/posts/{post.pk}/deputy/", **said)

    assert not holds(town.wei, {Post.Kind.STAFF}, at=town.station, on=NINE)
    assert holds(town.wei, {Post.Kind.STAFF}, at=town.station, on=NINE + 2 * DAY)
    assert not holds(town.wei, {Post.Kind.STAFF}, at=town.station, on=NINE + 3 * DAY)


def test_the_holder_who_is_back_ends_it(town: Town) -> None:
    test_a_deputy_has_the_powers_until_the_last_day_ends(town)
    deputy = Deputy.objects.get()

    Web(town.wei).post(f"/deputies/{deputy.pk}/end/")
    page = Web(town.zhou).get(f"/units/{town.station.pk}/posts/")
    Web(town.zhou).post(f"/deputies/{deputy.pk}/end/")

    assert f"/deputies/{deputy.pk}/end/" in page
    assert not holds(town.wei, {Post.Kind.STAFF}, at=town.station, on=NINE + 2 * DAY)


@pytest.mark.parametrize("last", ["2026-03-01", "2029-01-01", "昨天", ""])
def test_days_that_cannot_be_are_told(town: Town, last: str) -> None:
    post = Post.objects.get(person=town.zhou)
    name_and_number(town)

    answer = Web(town.zhou).post(
        f"/posts/{post.pk}/deputy/", name="wei", phone="13900000009", first="2026-03-06", last=last
    )

    assert answer.status_code == 422
    assert not Deputy.objects.exists()


def test_a_stranger_does_not_learn_which_posts_there_are(town: Town) -> None:
    post = Post.objects.get(person=town.zhou)

    for verb in ("leave", "deputy"):
        Web(town.wei).get(f"/posts/{post.pk}/{verb}/", status=404)


def name_and_number(town: Town) -> None:
    """wei signs in with a number that a form takes."""
    town.wei.phone, town.wei.phone_index = "+8613900000009", blind("+8613900000009")
    town.wei.save(update_fields=["phone", "phone_index"])
