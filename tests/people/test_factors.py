"""The second factor: what is shown, exchanged and lost. Everybody is staff here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, TooMany
from baixing.people import actions, queries, rules
from baixing.people.models import Person, RecoveryCode
from baixing.people.rules.factors import code_in, new_secret, step_of
from tests.people.conftest import Desk
from tests.people.door import NINE, PHONES, known, proof, wrong
from tests.people.proving import proven, signed_in
from tests.second_step import app_of, shown_by

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STEP = timedelta(seconds=30)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine", "staff")]


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clock_of_the_phone_may_be_half_a_minute_off(steps: int, fits: bool) -> None:
    jin = known()
    code = code_in(app_of(jin).secret, step_of(NINE) + steps)

    assert actions.prove_by_app(signed_in(jin), code, at=NINE) is fits


def test_a_code_opens_one_door_only() -> None:
    jin = known()
    code = shown_by(app_of(jin))

    used = [actions.prove_by_app(signed_in(jin, key=key), code, at=NINE) for key in "ab"]

    assert used == [True, False]


def test_an_older_code_is_worth_nothing_once_a_newer_one_was_used() -> None:
    jin = known()
    now, app = step_of(NINE), app_of(jin)

    used = [actions.prove_by_app(signed_in(jin, key=str(n)), code_in(app.secret, now + n), at=NINE) for n in (1, 0, -1)]

    assert used == [True, False, False]


def test_five_wrong_codes_close_the_door_for_a_quarter_of_an_hour() -> None:
    jin = known()
    app, browser = app_of(jin), signed_in(jin)
    right = shown_by(app)
    for _ in range(5):
        actions.prove_by_app(browser, wrong(right), at=NINE)

    with pytest.raises(TooMany):
        actions.prove_by_app(browser, right, at=NINE)
    assert actions.prove_by_app(browser, code_in(app.secret, step_of(NINE + 15 * MINUTE)), at=NINE + 15 * MINUTE)


def test_right_codes_cost_no_try() -> None:
    jin = known()
    app = app_of(jin)

    used = [
        actions.prove_by_app(signed_in(jin, key=str(n)), code_in(app.secret, step_of(at)), at=at)
        for n in range(8)
        for at in [NINE + n * STEP]
    ]

    assert used == [True] * 8


def test_a_code_on_paper_opens_once() -> None:
    jin = known()
    codes = actions.make_recovery_codes(jin, kept=proven(jin), by=jin, at=NINE)

    used = [actions.prove_by_recovery_code(signed_in(jin, key=f"k{n}"), codes[0].upper(), at=NINE) for n in range(2)]

    assert used == [True, False]
    assert queries.recovery_codes_left(jin) == 9


def test_codes_on_paper_are_kept_as_digests_and_belong_to_one_person() -> None:
    jin, wei = known(), known("卫", PHONES[1])
    codes = actions.make_recovery_codes(jin, kept=proven(jin), by=jin, at=NINE)
    app_of(wei)

    assert not set(codes) & set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not actions.prove_by_recovery_code(signed_in(wei, key="w"), codes[0], at=NINE)


def test_the_actions_themselves_ask_for_a_fresh_factor() -> None:
    jin = known()
    browser = proven(jin)
    later, nonce = NINE + 16 * MINUTE, proof(PHONES[9], "number", NINE + 15 * MINUTE)

    with pytest.raises(NotNow):
        actions.take_app(jin, new_secret(), "000000", kept=browser, by=jin, at=later)
    with pytest.raises(NotNow):
        actions.make_recovery_codes(jin, kept=browser, by=jin, at=later)
    with pytest.raises(NotNow):
        actions.change_number(jin, nonce, kept=browser, by=jin, at=later)


def test_another_app_takes_the_place_of_the_first_and_other_browsers_are_out() -> None:
    jin, secret = known(), new_secret()
    first = app_of(jin)
    kept, other = proven(jin), signed_in(jin, key="b")

    assert actions.take_app(jin, secret, code_in(secret, step_of(NINE)), kept=kept, by=jin, at=NINE)

    other.refresh_from_db()
    assert [app.pk == first.pk for app in queries.factors_of(jin)] == [False]
    assert (queries.factors_of(jin).get().secret, other.ended_at) == (secret, NINE)
    assert Entry.objects.of(jin).last().verb == "add_factor"  # type: ignore[union-attr]  # there is one


def test_the_only_factor_stays() -> None:
    jin = known()
    kept = proven(jin)

    with pytest.raises(NotNow):
        actions.remove_factor(queries.factors_of(jin).get(), kept=kept, by=jin, at=NINE)


def test_nobody_sets_up_a_factor_for_another() -> None:
    jin, wei = known(), known("卫", PHONES[1])

    with pytest.raises(NotAllowed):
        actions.take_app(jin, new_secret(), "000000", kept=signed_in(wei), by=wei, at=NINE)


def test_a_head_above_resets_a_lost_factor_and_all_browsers_are_out(desk: Desk) -> None:
    jin, head = known(), known("高", PHONES[2])
    desk(head, jin)
    browser = proven(jin)

    actions.reset_factor(jin, paper="id_card", by=head, at=NINE)

    browser.refresh_from_db()
    line = Entry.objects.of(jin).last()
    assert (queries.has_factor(jin), browser.ended_at) == (False, NINE)
    assert line is not None
    assert (line.verb, line.by_id, line.facts) == ("reset_factor", head.pk, {"paper": "id_card"})


def test_nobody_else_resets_a_factor(desk: Desk) -> None:
    jin, head, other = known(), known("高", PHONES[2]), known("卫", PHONES[3])
    desk(head, jin)
    desk(jin, head)
    proven(jin)

    for by in (jin, other):
        with pytest.raises(NotAllowed):
            actions.reset_factor(jin, paper="id_card", by=by, at=NINE)
    assert queries.has_factor(jin)


@pytest.mark.parametrize("after", [DAY, 8 * DAY])
def test_one_head_does_not_take_both_the_number_and_the_factor(desk: Desk, after: timedelta) -> None:
    jin, head = known(), known("高", PHONES[2])
    desk(head, jin)
    app_of(jin)
    actions.recover(jin, PHONES[8], proof(PHONES[8]), paper="id_card", by=head, at=NINE)

    if after < rules.APART:
        with pytest.raises(NotAllowed):
            actions.reset_factor(jin, paper="id_card", by=head, at=NINE + after)
    else:
        actions.reset_factor(jin, paper="id_card", by=head, at=NINE + after)
    assert queries.has_factor(jin) is (after < rules.APART)


@pytest.mark.parametrize("after", [DAY, 8 * DAY])
def test_nor_the_factor_first_and_then_the_number(desk: Desk, after: timedelta) -> None:
    jin, head, other = known(), known("高", PHONES[2]), known("卫", PHONES[3])
    for by in (head, other):
        desk(by, jin)
    app_of(jin)
    actions.reset_factor(jin, paper="id_card", by=head, at=NINE)
    at, spent = NINE + after, proof(PHONES[8], at=NINE + after)

    if after < rules.APART:
        with pytest.raises(NotAllowed):
            actions.recover(jin, PHONES[8], spent, paper="id_card", by=head, at=at)
        assert not Person.objects.behind(PHONES[8]).exists()
        actions.recover(jin, PHONES[8], spent, paper="id_card", by=other, at=at)  # the proof is not lost
    else:
        actions.recover(jin, PHONES[8], spent, paper="id_card", by=head, at=at)

    assert list(Person.objects.behind(PHONES[8])) == [jin]
