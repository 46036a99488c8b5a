"""The language or dialect of a visit: said once, remembered, seen by who needs it, and gone in the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from baixing.journal.models import Entry
from baixing.kernel.once import new_key
from baixing.kernel.refusals import Unfit
from baixing.orders import actions
from baixing.orders.actions.behalf import Told, place_for
from baixing.orders.actions.forgetting import forget_ended
from baixing.orders.models import Order
from baixing.orders.queries import eligible
from baixing.people.actions import choose_speech
from baixing.people.models import Person
from tests.orders.web import Web
from tests.town import DAY, NINE, Town

pytestmark = pytest.mark.django_db
ITEM, OURS, SIGNS = "/services/tap-repair/order/", "陇中方言", "手语"


@pytest.fixture(autouse=True)
def _at_nine() -> Iterator[None]:
    with time_machine.travel(NINE, tick=False):
        yield


def said_by(town: Town) -> str:
    return Person.objects.get(pk=town.jin.pk).speech


def seen(order: Order) -> Order:
    return Order.objects.with_nouns().get(pk=order.pk)


def test_what_an_order_says_is_remembered_for_the_next_and_may_be_taken_back(town: Town) -> None:
    web = Web(town.jin)
    web.post(ITEM, words="水龙头滴水", speech=OURS)
    remembered = said_by(town)
    again = web.get(ITEM)
    web.post(ITEM, words="厨房的也滴", speech="")

    assert (remembered, f'value="{OURS}" selected' in again, said_by(town)) == (OURS, True, "")
    assert [order.speech for order in Order.objects.order_by("pk")] == [OURS, ""]


def test_one_says_it_on_ones_own_page_and_the_journal_never_says_which(town: Town) -> None:
    web = Web(town.jin)
    bad, good = web.post("/me/speech/", speech="火星话"), web.post("/me/speech/", speech=SIGNS)

    assert (bad.status_code, good.status_code, said_by(town)) == (422, 302, SIGNS)
    lines = Entry.objects.of(town.jin).filter(verb="choose_speech")
    assert [SIGNS in str(line.facts) for line in lines] == [False]
    assert seen(actions.place(town.wanted(resident=Person.objects.get(pk=town.jin.pk)), by=town.jin, at=NINE)).speech


def test_who_orders_for_somebody_says_it_for_them_and_saying_nothing_leaves_it(town: Town) -> None:
    choose_speech(town.jin, OURS, by=town.jin, at=NINE)
    told = Told(town.jin.name, town.jin.phone, town.station, town.tap_repair, "", "", "spoken")

    plain = place_for(told, by=town.zhou, at=NINE)
    who = {"phone": town.jin.phone, "name": town.jin.name, "village": town.station.pk}
    Web(town.zhou).post("/orders/new/", **who, item=town.tap_repair.name, proof="spoken", speech=SIGNS)

    assert (plain.speech, Order.objects.latest("pk").speech, said_by(town)) == (OURS, SIGNS, SIGNS)


def test_nothing_but_what_is_on_the_list_is_taken(town: Town) -> None:
    with pytest.raises(Unfit):
        town.place(speech="火星话")
    with pytest.raises(Unfit):
        actions.change(town.place(), words="", address="", windows=(), speech="火星话", by=town.jin, at=NINE)


def test_the_team_that_is_asked_reads_it_and_a_stranger_and_who_follows_do_not(town: Town) -> None:
    order, page = town.place(speech=OURS), "/orders/{}/".format
    Web(town.jin).do(order, "follow", name=town.wei.name, phone=town.wei.phone)
    order = seen(order)
    actions.admit(order, urgency="normal", by=town.zhou, at=NINE)
    before = Web(town.luo).client.get(page(order.pk))
    actions.dispatch(order, town.plumbers, by=town.shi, at=NINE)

    offered, followed = Web(town.luo).get(page(order.pk)), Web(town.wei).get(page(order.pk))

    assert (before.status_code, OURS in offered, OURS in followed) == (404, True, False)


def test_the_list_of_visits_says_it(town: Town) -> None:
    order = town.order_in("appointed")
    Order.objects.filter(pk=order.pk).update(speech=OURS)
    web = Web(town.luo)

    printed = web.client.post("/visits/print/", {"key": new_key()}, follow=True).content.decode()

    assert OURS in printed


def test_a_desk_reads_of_each_team_whether_it_speaks_so(town: Town) -> None:
    order = town.place(speech=OURS)
    town.plumbers.speaks = f"普通话 {OURS}"
    town.plumbers.save(update_fields=["speaks"])

    said = {one.team.pk: one.reasons[-1] for one in eligible(order, NINE.date())}

    assert said == {town.plumbers.pk: f"会说{OURS}", town.others.pk: f"没有说过会{OURS}"}


def test_it_goes_with_the_words_long_after_the_order_has_ended(town: Town) -> None:
    order = town.place(speech=OURS)
    actions.withdraw(order, by=town.jin, at=NINE)
    Order.objects.update(words="", address="", phone="", phone_tail="", result="")

    emptied = forget_ended(NINE + DAY, at=NINE + 2 * DAY)

    assert (emptied, seen(order).speech) == (1, "")
