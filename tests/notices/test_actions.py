from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from baixing.kernel.refusals import NotAllowed, Unfit
from baixing.notices import actions, queries
from baixing.notices.models import Choice, Notice, Outgoing
from baixing.people.models import Person
from tests.notices.conftest import AT, PHONES

HOUR = timedelta(hours=1)


def channels() -> list[str]:
    return list(Outgoing.objects.order_by("pk").values_list("channel", flat=True))


def test_everybody_told_has_a_notice_and_a_message(jin: Person, luo: Person) -> None:
    actions.tell([jin, luo, jin], "lamp.lit", at=AT, link="/lamps/1/", name="A")

    told = Notice.objects.order_by("pk").values_list("person", "kind", "link", "at")
    assert list(told) == [(person.pk, "lamp.lit", "/lamps/1/", AT) for person in (jin, luo)]
    assert channels() == ["sms", "sms"]


@pytest.mark.both
def test_a_crowd_is_told_at_once(jin: Person) -> None:
    """A large team is closed: SQLite takes no condition of more than a thousand parts, nor forty thousand values."""
    crowd = [Person(name=f"人{number}", phone=PHONES[0], made_at=AT) for number in range(5_000)]
    Person.objects.bulk_create(crowd, batch_size=500)
    actions.choose(jin, "sms", on=False, by=jin, at=AT)

    actions.tell([*crowd, jin], "lamp.lit", at=AT, name="A")

    assert (Notice.objects.count(), Outgoing.objects.count()) == (5_001, 5_000)


def test_a_kind_without_words_is_a_mistake(jin: Person) -> None:
    with pytest.raises(LookupError):
        actions.tell([jin], "lamp.stolen", at=AT)


def test_who_is_told_once_a_key_is_told_once(jin: Person, luo: Person) -> None:
    for people in ([jin], [jin, luo]):
        actions.tell(people, "lamp.lit", at=AT, once_key="lamp-1", name="A")

    assert list(Notice.objects.order_by("pk").values_list("person", flat=True)) == [jin.pk, luo.pk]


def test_who_has_no_phone_or_has_left_gets_no_message(jin: Person) -> None:
    poor = Person.objects.create(name="卫", made_at=AT)
    gone = Person.objects.create(name="石", phone=PHONES[1], made_at=AT, is_active=False)

    actions.tell([poor, gone], "lamp.lit", at=AT, name="A")

    assert (list(Notice.objects.values_list("person", flat=True)), channels()) == ([poor.pk], [])


def test_a_choice_is_respected(jin: Person) -> None:
    actions.choose(jin, "sms", on=False, by=jin, at=AT)
    actions.choose(jin, "email", on=True, by=jin, at=AT, address="jin@example.org")

    actions.tell([jin], "lamp.lit", at=AT, name="A")

    assert channels() == ["email"]


def test_mail_needs_an_address(jin: Person) -> None:
    with pytest.raises(Unfit) as refused:
        actions.choose(jin, "email", on=True, by=jin, at=AT, address="jin")

    assert (refused.value.field, Choice.objects.count()) == ("address", 0)


def test_nobody_chooses_or_reads_for_another(jin: Person, luo: Person) -> None:
    actions.tell([jin], "lamp.lit", at=AT, name="A")

    with pytest.raises(NotAllowed):
        actions.choose(jin, "sms", on=False, by=luo, at=AT)
    with pytest.raises(NotAllowed):
        actions.read(Notice.objects.get(), by=luo, at=AT)
    with pytest.raises(NotAllowed):
        actions.read_all(jin, by=luo, at=AT)


def test_a_read_notice_keeps_its_first_moment(jin: Person) -> None:
    actions.tell([jin], "lamp.lit", at=AT, name="A")

    for later in (AT, AT + HOUR):
        actions.read(Notice.objects.get(), by=jin, at=later)

    assert Notice.objects.get().read_at == AT


def test_a_reminder_shows_when_it_is_due(jin: Person) -> None:
    actions.tell([jin], "lamp.soon", at=AT, due=AT + HOUR, name="A")

    assert [queries.unread(jin, when) for when in (AT, AT + HOUR)] == [0, 1]


def test_a_reminder_of_a_visit_that_moved_is_forgotten(jin: Person) -> None:
    actions.tell([jin], "lamp.soon", at=AT, due=AT + HOUR, thing="toy.lamp:1", name="A")
    actions.tell([jin], "lamp.soon", at=AT, due=AT + HOUR, thing="toy.lamp:2", name="B")
    actions.tell([jin], "lamp.lit", at=AT, thing="toy.lamp:1", name="A")

    actions.forget("toy.lamp:1", ["lamp.soon"], at=AT)

    left = Notice.objects.order_by("pk").values_list("thing", "kind")
    assert list(left) == [("toy.lamp:2", "lamp.soon"), ("toy.lamp:1", "lamp.lit")]
    assert Outgoing.objects.count() == 2


def test_a_reminder_that_was_told_stays(jin: Person) -> None:
    actions.tell([jin], "lamp.soon", at=AT, due=AT + HOUR, thing="toy.lamp:1", name="A")

    actions.forget("toy.lamp:1", ["lamp.soon"], at=AT + HOUR)

    assert Notice.objects.count() == 1


@pytest.mark.both
def test_what_was_told_is_sealed_and_can_be_erased(jin: Person) -> None:
    actions.tell([jin], "lamp.lit", at=AT, thing="toy.lamp:1", name="金家的灯")
    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM notices_notice")
        assert "金家" not in str(cursor.fetchone())

    actions.erase_words("toy.lamp:1", at=AT)

    assert Notice.objects.get().facts == {}


def test_a_demo_shows_a_code_before_it_is_sent(jin: Person) -> None:
    actions.send_code(jin.phone, "Your code: 123456", key="code-1", at=AT)

    assert queries.demo_text(jin.phone) == "Your code: 123456"
    assert queries.demo_text(PHONES[1]) == ""
