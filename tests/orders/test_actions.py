from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from baixing.journal.queries import verify
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, TooMany, Unfit
from baixing.network.actions import add_unit
from baixing.network.models import Post, Unit
from baixing.notices.models import Notice
from baixing.orders import actions
from baixing.orders.models import CallBack, Offer, Order
from baixing.people.actions import withdraw_consent
from baixing.people.models import Consent
from baixing.schedule.actions import Slot
from tests.town import DAY, HOUR, NINE, TOMORROW, VISIT, Town, verbs_of

S = Order.State


@pytest.mark.both
def test_a_whole_life_is_in_the_journal_and_its_chain_holds(town: Town) -> None:
    order = town.order_in("closed")

    assert verbs_of(order) == ["place", "admit", "dispatch", "accept", "appoint", "serve", "rate"]
    assert verify(order).ok


@pytest.mark.both
def test_a_bad_rating_goes_one_tier_up_and_is_served_again(town: Town) -> None:
    order = town.order_in("served")
    actions.rate(order, face="bad", solved=False, words="还滴水", by=town.jin, at=VISIT.end)

    actions.redo(order, words="", by=town.wu, at=VISIT.end)

    assert (order.state, order.owner, order.round, order.team) == (S.PENDING, town.institute, 2, None)


def test_order_keeps_its_total_clock_from_placing(town: Town) -> None:
    order = town.order_in("disputed")

    actions.redo(order, words="", by=town.wu, at=NINE + 2 * DAY)

    assert order.elapsed(NINE + 2 * DAY) == 2 * DAY


def test_total_clock_stands_still_while_the_resident_is_asked(town: Town) -> None:
    order = town.order_in("asked")
    promised = order.promised_at

    actions.supply(order, answer="二单元", by=town.jin, at=NINE + DAY)

    assert order.elapsed(NINE + DAY) == timedelta()
    assert order.promised_at == promised + DAY


def test_declined_order_goes_back_and_the_second_bounce_sends_it_up(town: Town) -> None:
    order = town.order_in("offered")
    actions.decline(order, town.reason("decline"), by=town.luo, at=NINE)
    assert (order.state, order.team, order.bounces) == (S.PENDING, None, 1)
    actions.dispatch(order, town.others, by=town.shi, at=NINE)

    actions.decline(order, town.reason("decline"), by=town.others.leader, at=NINE)

    assert (order.owner, order.bounces) == (town.institute, 0)


def test_a_team_that_declined_is_not_asked_again(town: Town) -> None:
    order = town.order_in("offered")
    actions.decline(order, town.reason("decline"), by=town.luo, at=NINE)

    with pytest.raises(NotNow):
        actions.dispatch(order, town.plumbers, by=town.shi, at=NINE)


def test_menu_item_is_rejected_only_with_a_cosign_from_above(town: Town) -> None:
    order = town.order_in("placed")
    actions.reject(order, town.reason("reject"), words="", by=town.zhou, at=NINE)
    assert order.state == S.PLACED

    with pytest.raises(NotAllowed):
        actions.agree(order, by=town.zhou, at=NINE)
    actions.agree(order, by=town.wu, at=NINE)

    assert order.state == S.REJECTED


def test_a_wish_is_rejected_at_once_and_admitted_only_with_an_item(town: Town) -> None:
    wish = town.place(item=None, words="想学剪纸")
    with pytest.raises(NotNow):
        actions.admit(wish, urgency="normal", by=town.zhou, at=NINE)

    actions.reject(wish, town.reason("reject"), words="", by=town.zhou, at=NINE)

    assert wish.state == S.REJECTED


def test_transfer_goes_to_a_unit_of_the_same_tier_only(town: Town) -> None:
    order = town.order_in("placed")
    with pytest.raises(Unfit):
        actions.transfer(order, town.institute, words="", by=town.zhou, at=NINE)


def test_transfer_to_another_unit_resets_no_clock(town: Town) -> None:
    order = town.order_in("placed")
    other = add_unit(Unit.Kind.STATION, "杨树村", town.institute, by=None, at=NINE)
    Post.objects.create(person=town.wei, unit=other, kind=Post.Kind.STAFF, since=NINE - DAY)
    clocks = (order.placed_at, order.promised_at, order.entered_at, order.due_at)

    actions.transfer(order, other, words="", by=town.zhou, at=NINE + HOUR)
    actions.agree(order, by=town.wei, at=NINE + 2 * HOUR)

    order.refresh_from_db()
    assert (order.owner, order.first_receiver) == (other, town.station)
    assert (order.placed_at, order.promised_at, order.entered_at, order.due_at) == clocks


def test_nobody_cosigns_what_they_proposed(town: Town) -> None:
    """Though they hold a post in both units."""
    order = town.order_in("placed")
    Post.objects.create(person=town.zhou, unit=town.institute, kind=Post.Kind.STAFF, since=NINE - DAY)
    actions.reject(order, town.reason("reject"), words="", by=town.zhou, at=NINE)

    with pytest.raises(NotAllowed):
        actions.agree(order, by=town.zhou, at=NINE)

    assert order.state == S.PLACED


def test_offer_is_not_accepted_once_it_is_due(town: Town) -> None:
    order = town.order_in("offered")
    due = Offer.objects.get(order=order).due_at

    with pytest.raises(NotNow):
        actions.accept(order, by=town.luo, at=due)

    assert order.state == S.OFFERED


def test_second_of_two_dispatchers_is_told_to_look_again(town: Town) -> None:
    mine = town.order_in("pending")
    theirs = Order.objects.get(pk=mine.pk)
    actions.dispatch(theirs, town.plumbers, by=town.shi, at=NINE)

    with pytest.raises(Overtaken):
        actions.dispatch(mine, town.others, by=town.zhou, at=NINE)

    assert Offer.objects.live().filter(order=mine).count() == 1


def test_visit_is_set_inside_the_residents_windows(town: Town) -> None:
    order = town.order_in("accepted")
    evening = Slot(NINE + DAY + 10 * HOUR, NINE + DAY + 11 * HOUR)

    with pytest.raises(Unfit):
        actions.appoint(order, evening, volunteers=[town.luo], by=town.luo, at=NINE)


def test_two_people_go_to_an_elder_who_lives_alone(town: Town) -> None:
    town.jin.home.alone = True
    town.jin.home.save(update_fields=["alone"])
    order = town.order_in("accepted")

    with pytest.raises(Unfit):
        actions.appoint(order, VISIT, volunteers=[town.luo], by=town.luo, at=NINE)
    actions.appoint(order, VISIT, volunteers=[town.luo, town.min], by=town.luo, at=NINE)

    assert order.state == S.APPOINTED


def test_nobody_came_and_the_volunteers_are_free_again(town: Town) -> None:
    order = town.order_in("appointed")
    visit = order.visit
    assert visit

    actions.miss(order, absent="team", words="", by=town.jin, at=VISIT.end)

    visit.refresh_from_db()
    assert (order.state, visit.state) == (S.PENDING, "called_off")


def test_member_of_the_team_cannot_rate_it(town: Town) -> None:
    order = town.order_in("served")

    with pytest.raises(NotAllowed):
        actions.rate(order, face="good", solved=True, words="", by=town.luo, at=VISIT.end)


def test_staff_take_a_rating_only_with_proof(town: Town) -> None:
    order = town.order_in("served")
    with pytest.raises(Unfit):
        actions.rate(order, face="good", solved=True, words="", by=town.zhou, at=VISIT.end)

    rating = actions.rate(order, face="good", solved=True, words="", by=town.zhou, at=VISIT.end, proof="spoken")

    assert rating.taken_by_staff


def test_contact_is_hidden_a_day_after_the_service(town: Town) -> None:
    order = town.order_in("served")
    actions.reveal(order, by=town.luo, at=VISIT.end + 23 * HOUR)

    with pytest.raises(NotNow):
        actions.reveal(order, by=town.luo, at=VISIT.end + 25 * HOUR)


def test_fourth_order_within_ten_minutes_is_too_many(town: Town) -> None:
    for _ in range(3):
        town.place()

    with pytest.raises(TooMany):
        town.place()


def test_urging_waits_a_day(town: Town) -> None:
    order = town.order_in("pending")
    actions.urge(order, by=town.jin, at=NINE)

    with pytest.raises(NotNow):
        actions.urge(order, by=town.jin, at=NINE + 23 * HOUR)


def test_staff_order_on_behalf_with_proof(town: Town) -> None:
    with pytest.raises(Unfit):
        actions.place(town.wanted(), by=town.zhou, at=NINE)

    order = actions.place(town.wanted(proof="spoken"), by=town.zhou, at=NINE)

    assert (order.resident, order.placed_by) == (town.jin, town.zhou)


def test_stranger_cannot_order_for_somebody_else(town: Town) -> None:
    with pytest.raises(NotAllowed):
        actions.place(town.wanted(proof="spoken"), by=town.wei, at=NINE)


@pytest.mark.both
def test_nobody_orders_who_has_taken_their_consent_back(town: Town) -> None:
    withdraw_consent(town.jin, Consent.Kind.PRIVACY, by=town.jin, at=NINE)

    with translation.override("en"), pytest.raises(NotNow, match="agree first"):
        town.place()

    assert not Order.objects.exists()


def test_open_order_is_claimed_by_an_eligible_team(town: Town) -> None:
    order = town.order_in("pending")
    actions.open(order, by=town.shi, at=NINE)

    actions.claim(order, town.others, by=town.others.leader, at=NINE)

    assert (order.state, order.team) == (S.ACCEPTED, town.others)
    with pytest.raises(NotNow):
        actions.claim(order, town.plumbers, by=town.luo, at=NINE)


def test_words_of_danger_are_seen_and_the_order_is_saved(town: Town) -> None:
    assert town.place(words="厨房着火了").danger == "fire"
    assert town.place(words="想学做火锅").danger == ""


def test_leaving_the_only_post_hands_live_orders_up(town: Town) -> None:
    order = town.order_in("placed")
    from_station = town.zhou.posts.get(), town.shi.posts.get()

    for post in from_station:
        post.until = NINE
        post.save(update_fields=["until"])
    actions.hand_over(order, by=None, at=NINE + HOUR)

    assert order.owner == town.institute


def test_reminders_are_forgotten_when_the_resident_rates(town: Town) -> None:
    order = town.order_in("served")
    waiting = Notice.objects.filter(person=town.jin, kind="order.rate_again")
    assert waiting.count() == 2

    actions.rate(order, face="fair", solved=None, words="", by=town.jin, at=VISIT.end)

    assert waiting.count() == 0


def test_call_says_that_nobody_came(town: Town) -> None:
    order = town.order_in("appointed")
    actions.tick(at=VISIT.end + 3 * HOUR)
    call = CallBack.objects.select_related("order").get(order=order)

    actions.close_call(call, outcome="team_absent", by=town.zhou, at=VISIT.end + 4 * HOUR)

    order.refresh_from_db()
    assert order.state == S.PENDING
    assert TOMORROW.end > VISIT.end
