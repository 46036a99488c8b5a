"""The reasons and the clocks of a city, changed on their screens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.calendar import Span
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, Unfit
from baixing.orders.actions import settings as actions
from baixing.orders.models import Clock, Order, Reason
from tests.orders.web import Web
from tests.town import NINE, Town

LINES = "/settings/reasons/"
CLOCKS = "/settings/clocks/"
SAID = {"name": "不在服务范围", "name_en": "Out of scope", "instead": "请打 12345", "instead_en": "Call 12345"}
HOURS = {"urgent": 1, "urgent_unit": "h", "normal": 4, "normal_unit": "h", "planned": 2, "planned_unit": "wd"}


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def names(kind: str) -> list[str]:
    return list(Reason.objects.filter(kind=kind, active=True).values_list("name", flat=True))


def last_line(thing: object) -> Entry:
    assert isinstance(thing, Reason | Clock)
    return Entry.objects.of(thing).select_related("words").latest("seq")


def test_the_head_of_the_city_finds_both_screens_and_others_do_not(town: Town) -> None:
    page = Web(town.gao).get("/more/")

    assert LINES in page
    assert CLOCKS in page
    assert LINES not in Web(town.he).get("/more/")


@pytest.mark.parametrize("address", [LINES, CLOCKS, "/settings/clocks/placed/", "/settings/reasons/add/reject/"])
def test_only_the_city_centre_keeps_the_settings(town: Town, address: str) -> None:
    for person in (town.jin, town.zhou, town.wu, town.he, town.shen, town.luo):
        Web(person).get(address, 403)

    Web(town.gao).get(address)


def test_a_stranger_to_the_settings_cannot_change_them_by_an_action(town: Town) -> None:
    reason = town.reason("reject")
    spans = dict.fromkeys(Order.Urgency.values, Span(1, "wd"))

    with pytest.raises(NotAllowed):
        actions.retire_reason(reason, version=1, by=town.he, at=NINE)
    with pytest.raises(NotAllowed):
        actions.set_clock("placed", spans, version=0, by=town.he, at=NINE)


def test_an_added_reason_is_offered_where_it_was_put(town: Town) -> None:
    first = town.reason("reject")
    Web(town.gao).post(f"{LINES}add/reject/", after=first.pk, **SAID)

    assert names("reject")[:2] == [first.name, SAID["name"]]
    assert SAID["name_en"] in Web(town.zhou).get(f"/orders/{town.place().pk}/")


def test_a_changed_reason_shows_on_the_form_of_the_next_order(town: Town) -> None:
    reason = town.reason("reject")
    Web(town.gao).post(f"{LINES}{reason.pk}/", version=1, after="", **SAID)

    page = Web(town.zhou).get(f"/orders/{town.place().pk}/")

    assert SAID["name_en"] in page
    assert reason.name_en not in page


def test_a_changed_reason_is_a_line_with_before_and_after(town: Town) -> None:
    reason = town.reason("decline")
    Web(town.gao).post(f"{LINES}{reason.pk}/", version=1, after="", name="忙不过来", name_en="Too busy")

    line = last_line(reason)

    assert (line.verb, line.by) == ("change_reason", town.gao)
    assert line.words.text == f"{reason.name} / {reason.name_en}\n→ 忙不过来 / Too busy"


def test_an_order_keeps_the_words_it_was_given(town: Town) -> None:
    order, given = town.order_in("rejected"), town.reason("reject")

    actions.change_reason(given, SAID, after=None, version=1, by=town.gao, at=NINE)

    page = Web(town.jin).get(f"/orders/{order.pk}/")
    assert given.name_en in page
    assert SAID["name_en"] not in page
    assert names("reject")[0] == SAID["name"]


def test_a_reason_moves_in_its_list(town: Town) -> None:
    before = names("pause")
    reason = town.reason("pause")
    last = Reason.objects.get(kind="pause", name=before[-1])

    Web(town.gao).post(f"{LINES}{reason.pk}/", version=1, after=last.pk, name=reason.name, name_en=reason.name_en)

    assert names("pause") == [*before[1:], before[0]]


def test_a_retired_reason_is_kept_for_old_orders_and_comes_back(town: Town) -> None:
    reason, web = town.reason("hand_back"), Web(town.gao)
    web.post(f"{LINES}{reason.pk}/retire/", version=1)
    assert reason.name not in names("hand_back")
    assert Reason.objects.filter(pk=reason.pk).exists()

    web.post(f"{LINES}{reason.pk}/restore/", version=2)

    assert reason.name in names("hand_back")
    assert [line.verb for line in Entry.objects.of(reason)] == ["retire_reason", "restore_reason"]


def test_the_page_of_a_retired_reason_offers_to_bring_it_back(town: Town) -> None:
    reason, web = town.reason("hand_back"), Web(town.gao)
    web.post(f"{LINES}{reason.pk}/retire/", version=1)

    assert f"{LINES}{reason.pk}/restore/" in web.get(f"{LINES}{reason.pk}/")
    assert "Off the list" in web.get(LINES)


def test_the_last_reason_of_a_list_stays(town: Town) -> None:
    *rest, last = Reason.objects.filter(kind="pause")
    for reason in rest:
        actions.retire_reason(reason, version=1, by=town.gao, at=NINE)

    with pytest.raises(NotNow):
        actions.retire_reason(last, version=1, by=town.gao, at=NINE)


def test_a_reason_that_stands_there_already_is_refused(town: Town) -> None:
    there = town.reason("decline")

    answer = Web(town.gao).post(f"{LINES}add/decline/", name=there.name, name_en="", after="")

    assert answer.status_code == 422
    assert "stands in the list already" in answer.content.decode()


def test_a_reason_to_say_no_tells_where_to_go(town: Town) -> None:
    with pytest.raises(Unfit):
        actions.add_reason("reject", {"name": "不行"}, after=None, by=town.gao, at=NINE)

    assert Web(town.gao).post(f"{LINES}add/reject/", name="不行").status_code == 422


def test_a_stale_page_of_a_reason_keeps_what_was_typed(town: Town) -> None:
    reason, web = town.reason("reject"), Web(town.gao)
    web.post(f"{LINES}{reason.pk}/", version=1, after="", **SAID)

    answer = web.post(f"{LINES}{reason.pk}/", version=1, after="", **{**SAID, "name": "另一种说法"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "另一种说法" in page
    assert SAID["name"] in page


def test_a_form_without_its_version_changes_nothing(town: Town) -> None:
    reason = town.reason("reject")

    answer = Web(town.gao).post(f"{LINES}{reason.pk}/", after="", **SAID)

    assert answer.status_code == 409
    assert Reason.objects.get(pk=reason.pk).name == reason.name


def test_a_list_that_nobody_chooses_from_has_no_page(town: Town) -> None:
    Web(town.gao).get(f"{LINES}add/nothing/", 404)
    Web(town.gao).get(f"{CLOCKS}nothing/", 404)


def test_a_changed_clock_is_used_by_the_next_order_only(town: Town) -> None:
    before = town.place()

    answer = Web(town.gao).post(f"{CLOCKS}placed/", version=0, **HOURS)

    assert answer.status_code == 302
    assert Order.objects.get(pk=before.pk).due_at == before.due_at
    assert town.place().due_at == NINE + timedelta(hours=4)


def test_a_set_clock_is_a_line_with_before_and_after(town: Town) -> None:
    Web(town.gao).post(f"{CLOCKS}placed/", version=0, **HOURS)

    line = last_line(Clock.objects.get(step="placed"))

    facts = {"step": "placed", "before": ["2h", "1wd", "1wd"], "after": ["1h", "4h", "2wd"]}
    assert (line.verb, line.facts) == ("set_clock", facts)
    assert "4 hours" in Web(town.gao).get(CLOCKS)


@pytest.mark.parametrize(
    "changed",
    [
        {"normal": 0},
        {"normal": -3},
        {"planned": 10_000, "planned_unit": "d"},
        {"planned": 61, "planned_unit": "wd"},
        {"normal": "soon"},
        {"normal": 90, "normal_unit": "d"},
        {"urgent": 9, "urgent_unit": "d"},
        {"urgent_unit": "years"},
    ],
)
def test_a_clock_that_makes_no_sense_is_refused_in_words(town: Town, changed: dict[str, object]) -> None:
    answer = Web(town.gao).post(f"{CLOCKS}placed/", version=0, **{**HOURS, **changed})

    assert answer.status_code == 422
    assert "Please look at this again" in answer.content.decode()
    assert not Clock.objects.exists()


def test_a_stale_page_of_a_clock_is_told_what_stands_there(town: Town) -> None:
    web = Web(town.gao)
    web.post(f"{CLOCKS}placed/", version=0, **HOURS)

    answer = web.post(f"{CLOCKS}placed/", version=0, **{**HOURS, "normal": 9})

    beside = answer.content.decode().split('name="take-normal" value="theirs"')[1]
    assert answer.status_code == 409
    assert '<q lang="zh-Hans">4</q>' in beside
    assert Clock.objects.get().normal == "4h"


def test_of_two_at_one_clock_the_later_is_overtaken(town: Town) -> None:
    spans = dict.fromkeys(Order.Urgency.values, Span(1, "wd"))
    actions.set_clock("placed", spans, version=0, by=town.gao, at=NINE)
    actions.set_clock("placed", spans, version=1, by=town.gao, at=NINE)

    for version in (0, 1):
        with pytest.raises(Overtaken):
            actions.set_clock("placed", spans, version=version, by=town.gao, at=NINE)


def test_the_same_form_sent_twice_adds_one_reason(town: Town) -> None:
    web, said = Web(town.gao), {**SAID, "after": "", "key": "a-key-of-this-form"}

    answers = [web.client.post(f"{LINES}add/reject/", said) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert names("reject").count(SAID["name"]) == 1


def test_a_usual_question_is_asked_with_one_choice(town: Town) -> None:
    order, usual = town.place(), town.reason("ask")

    answer = Web(town.zhou).do(order, "ask", reason=usual.code)

    assert answer.status_code == 302
    assert usual.name in Web(town.jin).get(f"/orders/{order.pk}/")


def test_no_question_at_all_is_asked_for_in_words(town: Town) -> None:
    answer = Web(town.zhou).do(town.place(), "ask", question="")

    assert answer.status_code == 422
    assert "Choose a question or write one." in answer.content.decode()
