from __future__ import annotations

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection
from pytest_django import Settings

from baixing.kernel.calendar import now
from baixing.kernel.seal import blind, reseal, seal, tail, unseal
from baixing.people.models import Person

PHONE = "+8613800000001"


def raw_phone(person: Person) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM people_person WHERE id = %s", [person.pk])
        return str(cursor.fetchone()[0])


@pytest.mark.both
@pytest.mark.django_db
def test_a_phone_is_not_in_the_raw_column() -> None:
    person = Person.objects.create(name="金", phone=PHONE, made_at=now())

    assert "800000" not in raw_phone(person)
    assert Person.objects.get(pk=person.pk).phone == PHONE


@pytest.mark.django_db
def test_an_empty_phone_stays_empty_and_can_be_asked_for() -> None:
    nobody = Person.objects.create(name="卫", made_at=now())
    Person.objects.create(name="金", phone=PHONE, made_at=now())

    assert raw_phone(nobody) == ""
    assert list(Person.objects.filter(phone="")) == [nobody]


@pytest.mark.django_db
@pytest.mark.parametrize("question", [{"phone": PHONE}, {"phone__contains": "1380"}, {"phone__in": [PHONE]}])
def test_a_question_that_would_silently_find_nothing_is_refused(question: dict[str, object]) -> None:
    with pytest.raises(FieldError):
        list(Person.objects.filter(**question))


def test_the_same_text_is_never_sealed_twice_alike() -> None:
    assert seal(PHONE) != seal(PHONE)


def test_old_texts_are_readable_under_a_new_key(settings: Settings) -> None:
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    token = seal(PHONE)

    settings.FIELD_KEYS = [new, old]
    turned = reseal(token)

    assert unseal(token) == unseal(turned) == PHONE
    settings.FIELD_KEYS = [new]
    assert unseal(turned) == PHONE
    with pytest.raises(InvalidToken):
        unseal(token)


def test_a_blind_index_needs_the_key(settings: Settings) -> None:
    before = blind(PHONE)

    settings.INDEX_KEY = b"another key"

    assert (len(before), blind(PHONE) == before) == (64, False)


def test_a_tail_is_found_by_the_last_four_digits() -> None:
    assert tail(PHONE) == tail("0001") == tail("138 0000 0001")
    assert tail(PHONE) != tail("0002")
    assert tail(PHONE) != blind("0001")
