"""One-time codes: how often they are sent, how often they may be tried, what is kept of them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from pytest_django import Settings

from baixing.kernel.refusals import NotNow, TooMany
from baixing.notices.models import Notice, Outgoing
from baixing.people import actions, rules
from baixing.people.actions.turns import take_try
from baixing.people.models import Code, CodeLimit, Person
from tests.kernel.threads import at_once
from tests.people.door import HERE, NINE, PHONES, known, sent_code, wrong

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
pytestmark = pytest.mark.django_db


def ask(phone: str = PHONES[0], minutes: float = 0, address: str = HERE) -> tuple[str, str]:
    return actions.ask_code(phone, address=address, at=NINE + minutes * MINUTE)


def asked_times(phone: str, *minutes: float) -> int:
    """How many were sent before one was refused."""
    for count, minute in enumerate(minutes):
        try:
            ask(phone, minute, address=f"192.0.2.{count}")
        except TooMany:
            return count
    return len(minutes)


def test_right_code_gives_the_index_of_the_phone() -> None:
    nonce, code = ask()

    index = actions.answer_code(nonce, code, at=NINE + MINUTE)

    assert index == Code.objects.get().phone_index


def test_code_is_sent_to_the_phone() -> None:
    _nonce, code = ask()

    assert sent_code(PHONES[0]) == code
    assert Outgoing.objects.get().to == PHONES[0]


def test_used_code_is_not_taken_again() -> None:
    nonce, code = ask()
    actions.answer_code(nonce, code, at=NINE)

    assert actions.answer_code(nonce, code, at=NINE) is None


def test_code_is_good_for_ten_minutes() -> None:
    nonce, code = ask()

    assert actions.answer_code(nonce, code, at=NINE + 10 * MINUTE) is None
    assert actions.answer_code(nonce, code, at=NINE + 9.9 * MINUTE) is not None


def test_sixth_try_is_not_looked_at_even_when_it_is_right() -> None:
    nonce, code = ask()
    for _ in range(5):
        actions.answer_code(nonce, wrong(code), at=NINE)

    assert actions.answer_code(nonce, code, at=NINE) is None
    assert Code.objects.get().tries == 5


def test_fifth_try_still_counts() -> None:
    nonce, code = ask()
    for _ in range(4):
        actions.answer_code(nonce, wrong(code), at=NINE)

    assert actions.answer_code(nonce, code, at=NINE) is not None


def test_code_of_one_request_fails_for_another() -> None:
    jin, code_of_jin = ask(PHONES[0])
    wei, code_of_wei = ask(PHONES[1], address="192.0.2.9")

    crossed = [actions.answer_code(jin, code_of_wei, at=NINE), actions.answer_code(wei, code_of_jin, at=NINE)]

    assert crossed == [None, None] or code_of_jin == code_of_wei


def test_proof_is_spent_once_and_in_time() -> None:
    nonce, code = ask()
    actions.answer_code(nonce, code, at=NINE)

    with pytest.raises(NotNow):
        actions.spend(nonce, at=NINE + rules.PROOF_LIFE)
    actions.spend(nonce, at=NINE + MINUTE)
    with pytest.raises(NotNow):
        actions.spend(nonce, at=NINE + MINUTE)


def test_proof_for_one_purpose_is_none_for_another() -> None:
    nonce, code = actions.ask_code(PHONES[0], purpose="recover", address=HERE, at=NINE)
    actions.answer_code(nonce, code, at=NINE)

    with pytest.raises(NotNow):
        actions.spend(nonce, at=NINE)


def test_unanswered_code_is_no_proof() -> None:
    nonce, _code = ask()

    with pytest.raises(NotNow):
        actions.spend(nonce, at=NINE)


@pytest.mark.parametrize(
    ("minutes", "sent"),
    [
        ((0, 0.9), 1),  # one in 60 s
        ((0, 1), 2),
        (range(0, 12, 2), 5),  # five in an hour
        ((0, 2, 4, 6, 8, 61), 6),
        (range(0, 20 * 60, 60), 10),  # ten in a day
        ((*range(0, 600, 60), 24 * 60 + 1), 11),
    ],
)
def test_a_phone_gets_so_many_codes(minutes: tuple[float, ...], sent: int) -> None:
    assert asked_times(PHONES[0], *minutes) == sent


def test_an_address_may_ask_twenty_times_an_hour() -> None:
    for phone in PHONES[:20]:
        ask(phone)

    with pytest.raises(TooMany):
        ask(PHONES[20], minutes=59)
    ask(PHONES[20], minutes=61)


def test_refused_code_is_neither_kept_nor_sent() -> None:
    ask()

    with pytest.raises(TooMany):
        ask(minutes=0.5)

    assert (Code.objects.count(), Outgoing.objects.count()) == (1, 1)


@pytest.mark.both
def test_neither_phone_nor_code_can_be_read_in_the_tables() -> None:
    known()
    _nonce, code = ask()

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_code")
        kept = f"{cursor.fetchall()}"
        cursor.execute("SELECT * FROM people_person")
        kept += f"{cursor.fetchall()}"

    assert code not in kept
    assert PHONES[0].removeprefix("+86") not in kept
    assert Person.objects.behind(PHONES[0]).get().phone == PHONES[0]


def test_unusually_many_codes_are_told_once_and_block_nobody(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    boss = known()
    settings.CODES_ALARM = 3
    rules._operators.append(answer := lambda _at: [boss])

    for number, phone in enumerate(PHONES[1:8]):
        ask(phone, address=f"192.0.2.{number}")
    rules._operators.remove(answer)

    assert list(Notice.objects.values_list("kind", flat=True)) == ["people.many_codes"]
    assert Code.objects.count() == 7
    assert "4 codes were asked for" in caplog.text


def test_old_codes_are_forgotten() -> None:
    ask(PHONES[0])
    ask(PHONES[1], minutes=60)

    assert actions.forget_codes(NINE + MINUTE) == 1


def test_old_counts_of_tries_of_every_kind_are_forgotten_and_young_ones_stay() -> None:
    with time_machine.travel(NINE, tick=False):
        for kind in ("name", "alarm", "track", "find"):
            take_try(kind, "yesterday", tries=5)
    with time_machine.travel(NINE + 24 * HOUR, tick=False):
        take_try("name", "today", tries=5)

    actions.forget_codes(NINE + HOUR)

    assert list(CodeLimit.objects.values_list("index", flat=True)) == ["today"]


def test_sweeping_gives_nobody_more_tries() -> None:
    with time_machine.travel(NINE, tick=False):
        take_try("name", "jin", tries=1)

    actions.forget_codes(NINE)

    assert not take_try("name", "jin", tries=1)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guesses", [12, 200])
def test_wrong_guesses_at_once_are_counted_five_times(guesses: int) -> None:
    nonce, code = ask()

    results = at_once(*[partial(actions.answer_code, nonce, wrong(code), at=NINE)] * guesses)

    assert results == [None] * guesses
    assert Code.objects.get().tries == 5
    assert actions.answer_code(nonce, code, at=NINE) is None


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_right_code_at_once_by_twelve_has_one_winner() -> None:
    nonce, code = ask()

    results = at_once(*[partial(actions.answer_code, nonce, code, at=NINE)] * 12)

    assert (results.count(None), results.count(Code.objects.get().phone_index)) == (11, 1)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_counting_by_reading_first_would_let_more_through() -> None:
    """The negative control: the same race is lost by a count that looks before it writes."""
    nonce, _code = ask()
    everybody_looked = Barrier(12)

    results = at_once(*[partial(look_first, nonce, everybody_looked)] * 12)

    assert results == [True] * 12


def look_first(nonce: str, everybody_looked: Barrier) -> bool:
    may_try = Code.objects.get(nonce=nonce).tries < rules.CODE_TRIES
    everybody_looked.wait()
    Code.objects.filter(nonce=nonce, tries__lt=rules.CODE_TRIES).update(tries=F("tries") + 1)
    return may_try


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_many_asking_at_once_for_one_phone_send_one_code() -> None:
    results = at_once(*[partial(ask, PHONES[0], 0, f"192.0.2.{n}") for n in range(12)])

    assert sum(isinstance(result, tuple) for result in results) == 1
    assert sum(isinstance(result, TooMany) for result in results) == 11


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_many_asking_at_once_from_one_address_send_twenty_codes() -> None:
    results = at_once(*[partial(ask, phone) for phone in PHONES[:26]])

    assert sum(isinstance(result, tuple) for result in results) == 20
    assert sum(isinstance(result, TooMany) for result in results) == 6
