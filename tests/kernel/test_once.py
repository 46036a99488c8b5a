from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from baixing.kernel.calendar import now
from baixing.kernel.models import OnceKey
from baixing.kernel.once import forget, new_key
from baixing.people.models import Person
from tests.kernel.threads import at_once
from tests.kernel.toy.models import Lamp

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.kernel.toy.urls")]
FORM = {"key": "0123456789abcdef", "colour": "red"}


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Person.objects.create(name=name, made_at=datetime(2026, 1, 1, tzinfo=UTC)))
    return client


def test_the_same_form_twice_has_one_effect_and_one_answer() -> None:
    jin = signed_in("金")

    answers = [jin.post("/careful/", FORM) for _ in range(2)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, answers[0]["Location"])] * 2
    assert Lamp.objects.count() == 1


def test_the_same_key_with_other_words_is_not_taken() -> None:
    jin = signed_in("金")
    jin.post("/careful/", FORM)

    answer = jin.post("/careful/", FORM | {"colour": "blue"})

    assert answer.status_code == 422
    assert Lamp.objects.count() == 1


def test_the_same_key_with_another_file_is_not_taken() -> None:
    jin = signed_in("金")
    files = [SimpleUploadedFile("a.txt", text) for text in (b"one", b"one", b"two")]

    answers = [jin.post("/careful/", FORM | {"file": file}).status_code for file in files]

    assert answers == [302, 302, 422]


def test_the_same_key_at_another_address_is_not_taken() -> None:
    jin = signed_in("金")
    jin.post("/careful/", FORM)

    assert jin.post("/refused/?agree=1", FORM).status_code == 422


def test_the_key_of_another_person_is_another_key() -> None:
    jin, wei = signed_in("金"), signed_in("卫")

    answers = [client.post("/careful/", FORM)["Location"] for client in (jin, wei)]

    assert len(set(answers)) == Lamp.objects.count() == 2


def test_two_browsers_of_nobody_have_keys_of_their_own() -> None:
    clients = [Client(), Client()]
    for number, client in enumerate(clients):
        client.cookies["csrf"] = str(number) * 32

    answers = [client.post("/careful/", FORM).status_code for client in clients * 2]

    assert answers == [302] * 4
    assert Lamp.objects.count() == 2


def test_a_session_key_is_not_in_the_table() -> None:
    jin = signed_in("金")
    jin.post("/careful/", FORM)

    owners = "".join(OnceKey.objects.values_list("owner", flat=True))

    assert jin.cookies["session"].value not in owners


def test_what_was_typed_cannot_be_guessed_from_the_table(settings: Settings) -> None:
    jin = signed_in("金")
    jin.post("/careful/", FORM)
    with_our_key = OnceKey.objects.get().digest

    OnceKey.objects.all().delete()
    settings.INDEX_KEY = b"a thief has another key"
    jin.post("/careful/", FORM)

    assert OnceKey.objects.get().digest != with_our_key


def test_a_refused_form_has_no_effect_and_uses_no_key() -> None:
    jin = signed_in("金")

    answer = jin.post("/refused/", FORM)

    assert answer.status_code == 409
    assert (Lamp.objects.count(), OnceKey.objects.count()) == (0, 0)


def test_a_form_shown_again_has_no_effect_and_uses_no_key() -> None:
    jin = signed_in("金")

    answer = jin.post("/invalid/", FORM)

    assert (answer.status_code, answer.content) == (422, b"the form with its faults")
    assert (Lamp.objects.count(), OnceKey.objects.count()) == (0, 0)


@pytest.mark.parametrize("key", ["", "short", "a" * 65, "not a key!", "0123456\0"])
def test_a_form_without_a_good_key_is_incomplete(key: str) -> None:
    assert signed_in("金").post("/careful/", {"key": key}).status_code == 400
    assert Lamp.objects.count() == 0


def test_a_new_key_is_a_good_key() -> None:
    assert signed_in("金").post("/careful/", {"key": new_key()}).status_code == 302


def test_old_keys_are_forgotten() -> None:
    signed_in("金").post("/careful/", FORM)

    assert forget(now() - timedelta(days=30)) == 0
    assert forget(now() + timedelta(seconds=1)) == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_taps_at_once_have_one_effect() -> None:
    jin = signed_in("金")

    answers = at_once(*[lambda: jin.post("/careful/", FORM)["Location"]] * 10)

    assert Lamp.objects.count() == 1
    assert answers == [f"/lamps/{Lamp.objects.get().pk}/"] * 10


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_taps_at_once_on_an_unguarded_form_have_ten_effects() -> None:
    """The negative control: without the guard the race above is lost."""
    jin = signed_in("金")

    at_once(*[lambda: jin.post("/careless/", FORM)["Location"]] * 10)

    assert Lamp.objects.count() == 10
