from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier

import pytest
from pytest_django import Settings

from baixing.notices import actions, queries
from baixing.notices.actions import Delivered, deliver
from baixing.notices.channels import Message
from baixing.notices.models import Outgoing
from baixing.people.models import Person
from tests.kernel.threads import at_once
from tests.notices.conftest import AT, PHONES
from tests.notices.fakes import FakeProvider

Provider = type[FakeProvider]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def tell(*people: Person, names: str = "A", at: datetime = AT) -> None:
    for name in names:
        actions.tell(people, "lamp.lit", at=at, name=name)


def taken(provider: Provider) -> list[str]:
    return [message.text.split()[2] for message in provider.taken]


def test_a_message_is_sent_once_in_the_reader_s_language(jin: Person, provider: Provider) -> None:
    tell(jin)

    passes = [deliver(AT), deliver(AT)]

    row = Outgoing.objects.get()
    assert passes == [Delivered(sent=1), Delivered()]
    assert [(m.to, m.subject, m.text, m.key) for m in provider.taken] == [
        (PHONES[0], "A lamp", "The lamp A is lit", row.key)
    ]
    assert (row.state, row.sent_at, row.provider_ref) == ("sent", AT, f"ref-{row.key}")


def test_messages_go_in_the_order_they_were_told(jin: Person, luo: Person, provider: Provider) -> None:
    tell(jin, luo, names="ABC")

    deliver(AT)

    assert taken(provider) == list("AABBCC")


def test_a_reminder_waits_until_it_is_due(jin: Person, provider: Provider) -> None:
    actions.tell([jin], "lamp.soon", at=AT, due=AT + HOUR, name="A")

    assert [deliver(AT).sent, deliver(AT + HOUR).sent] == [0, 1]


def test_a_code_overtakes_the_line_and_leaves_no_words(jin: Person, provider: Provider) -> None:
    tell(jin, names="AB")
    actions.send_code(jin.phone, "Your code: 123456", key="code-1", at=AT)

    deliver(AT)

    assert provider.taken[0].text == "Your code: 123456"
    assert Outgoing.objects.filter(key="code-1").values_list("to", "text").get() == ("", "")


def test_a_code_that_is_too_old_is_not_sent(jin: Person, provider: Provider) -> None:
    actions.send_code(jin.phone, "Your code: 123456", key="code-1", at=AT)

    assert deliver(AT + 11 * MINUTE) == Delivered(dropped=1)
    assert provider.taken == []


def test_who_has_turned_it_off_meanwhile_gets_nothing(jin: Person, provider: Provider) -> None:
    tell(jin)
    actions.choose(jin, "sms", on=False, by=jin, at=AT)

    assert deliver(AT) == Delivered(dropped=1)
    assert (provider.taken, bool(Outgoing.objects.get().fault)) == ([], True)


def test_a_provider_that_is_away_is_tried_again_with_the_same_key(
    jin: Person, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(jin)
    key = Outgoing.objects.get().key
    monkeypatch.setattr(provider, "away", True)
    tries = [deliver(AT), deliver(AT), deliver(AT + MINUTE), deliver(AT + 2 * MINUTE)]
    monkeypatch.setattr(provider, "away", False)

    last = deliver(AT + 6 * MINUTE)

    assert tries == [Delivered(failed=1), Delivered(), Delivered(failed=1), Delivered()]
    assert (last, [message.key for message in provider.taken]) == (Delivered(sent=1), [key])
    assert Outgoing.objects.get().tries == 3


def test_after_a_day_away_the_line_drains_in_order_and_old_messages_are_dropped(
    jin: Person, luo: Person, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "away", True)
    for hour, name in enumerate("ABCDEFGHIJKLMNOPQRSTUVWX"):
        tell(jin, luo, names=name, at=AT + hour * HOUR)
        deliver(AT + hour * HOUR)
    monkeypatch.setattr(provider, "away", False)

    for minute in range(3):
        deliver(AT + 23 * HOUR + minute * MINUTE)

    by_person = [[m.text.split()[2] for m in provider.taken if m.to == phone] for phone in PHONES]
    assert by_person == [list("MNOPQRSTUVWX")] * 2
    dropped = Outgoing.objects.filter(state="dropped").values_list("fault", flat=True)
    assert (len(dropped), all(dropped)) == (24, True)


def test_one_bad_number_does_not_stop_the_others(jin: Person, luo: Person, provider: Provider) -> None:
    provider.never_to = PHONES[0]
    tell(jin, luo, names="AB")

    assert deliver(AT) == Delivered(sent=2, failed=2)
    assert set(Outgoing.objects.filter(state="failed").values_list("fault", flat=True)) == {"no such number"}


def test_without_a_provider_messages_wait(jin: Person, settings: Settings, provider: Provider) -> None:
    settings.SMS_PROVIDER = ""
    tell(jin)

    assert deliver(AT) == Delivered()
    assert queries.backlog(AT) == [queries.Backlog("sms", 1, AT)]


def test_what_a_deliverer_that_died_had_in_hand_is_taken_on(jin: Person, provider: Provider) -> None:
    tell(jin)
    Outgoing.objects.update(state="sending", claimed_by="died", claimed_until=AT + 5 * MINUTE)

    assert [deliver(AT + MINUTE).sent, deliver(AT + 6 * MINUTE).sent] == [0, 1]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_deliverers_never_send_one_message_twice(jin: Person, luo: Person, provider: Provider) -> None:
    tell(jin, luo, names="ABCDEFGH")

    at_once(*[lambda: deliver(AT)] * 2)
    deliver(AT)

    keys = [message.key for message in provider.taken]
    assert (len(keys), len(set(keys))) == (16, 16)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_deliverers_that_claim_nothing_send_messages_twice(jin: Person, provider: Provider) -> None:
    """The negative control: reading the line first and marking it afterwards is not enough."""
    tell(jin, names="AB")
    gate = Barrier(2)

    def careless() -> None:
        rows = list(Outgoing.objects.waiting())
        gate.wait()
        for row in rows:
            provider.taken.append(Message(PHONES[0], "", "", row.key, AT))
        Outgoing.objects.filter(pk__in=[row.pk for row in rows]).update(state="sent")

    at_once(careless, careless)

    keys = [message.key for message in provider.taken]
    assert (len(keys), len(set(keys))) == (4, 2)
