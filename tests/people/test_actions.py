from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from pytest_django import Settings

from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken, TooMany, Unfit
from baixing.people import actions, queries, rules
from baixing.people.models import Consent, Guardianship, Person, SignIn
from tests.kernel.threads import at_once
from tests.people.door import CHILD, GROWN_UP, HERE, NINE, PHONES, known

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TODAY = NINE.date()
pytestmark = pytest.mark.django_db


def signed_in(person: Person, key: str = "a") -> SignIn:
    return actions.open_session(person, key, device="Chrome", address=HERE, at=NINE)


def kinds_given(person: Person) -> set[str]:
    return {choice.kind for choice in queries.consent_choices(person) if choice.given}


def test_enrolled_person_is_found_by_phone_and_by_tail() -> None:
    jin = known()

    assert list(Person.objects.behind(PHONES[0])) == [jin]
    assert list(Person.objects.tail(PHONES[0][-4:])) == [jin]
    assert not jin.has_usable_password()


def test_person_without_a_phone_is_behind_none() -> None:
    known(phone="")

    assert list(queries.household("")) == []
    assert list(Person.objects.behind("")) == []


def test_demo_accounts_are_refused_outside_a_demo(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(NotAllowed):
        actions.enrol("演示", PHONES[0], None, at=NINE, by=None, demo=True)


def test_household_shares_one_phone() -> None:
    jin = known()

    wife = actions.join_household("王阿姨", None, by=jin, at=NINE + MINUTE)

    assert list(queries.household(jin.phone_index)) == [jin, wife]


def test_ninth_of_a_household_is_refused() -> None:
    jin = known()
    for _ in range(7):
        actions.join_household("小金", None, by=jin, at=NINE)

    with pytest.raises(NotNow):
        actions.join_household("小金", None, by=jin, at=NINE)


def test_date_of_birth_is_told_once() -> None:
    jin = known()
    actions.tell_birth(jin, GROWN_UP, by=jin, at=NINE)

    with pytest.raises(NotNow):
        actions.tell_birth(jin, CHILD, by=jin, at=NINE)

    assert Person.objects.get().born == GROWN_UP


def test_consent_given_again_is_a_new_line_and_the_old_one_stays() -> None:
    jin = known()

    actions.give_consent(jin, "photo", by=jin, at=NINE)
    actions.withdraw_consent(jin, "photo", by=jin, at=NINE + DAY)
    actions.give_consent(jin, "photo", by=jin, at=NINE + 2 * DAY)

    lines = Consent.objects.filter(kind="photo").order_by("pk").values_list("given_at", "withdrawn_at")
    assert list(lines) == [(NINE, NINE + DAY), (NINE + 2 * DAY, None)]


def test_consent_given_twice_is_one_line() -> None:
    jin = known()

    first = actions.give_consent(jin, "photo", by=jin, at=NINE)

    assert actions.give_consent(jin, "photo", by=jin, at=NINE + DAY) == first


def test_new_text_asks_again_and_keeps_the_line_of_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    jin = known()
    monkeypatch.setitem(rules.TEXT_VERSIONS, "privacy", "2027-01")

    before = queries.has_consented(jin)
    actions.agree(jin, by=jin, at=NINE + DAY)

    assert (before, queries.has_consented(jin)) == (False, True)
    assert Consent.objects.filter(kind="privacy").count() == 2


def test_nobody_agrees_on_this_site_for_somebody_else() -> None:
    jin, wei = known(), known("卫", PHONES[1])

    with pytest.raises(NotAllowed):
        actions.give_consent(jin, "photo", by=wei, at=NINE)

    assert actions.give_consent(jin, "photo", channel="paper", by=wei, at=NINE).by == wei


def test_what_is_not_agreed_to_cannot_be_taken_back() -> None:
    jin = known()

    with pytest.raises(NotNow):
        actions.withdraw_consent(jin, "photo", by=jin, at=NINE)


def test_taking_back_what_is_needed_signs_out() -> None:
    jin = known()
    browser = signed_in(jin)

    actions.withdraw_consent(jin, "privacy", by=jin, at=NINE)

    browser.refresh_from_db()
    assert browser.ended_at == NINE
    assert not queries.has_consented(jin)


def test_service_needs_no_optional_consent() -> None:
    jin = known()

    assert kinds_given(jin) == {"terms", "privacy"}
    assert queries.has_consented(jin)


def test_stranger_cannot_end_a_session() -> None:
    jin, wei = known(), known("卫", PHONES[1])
    browser = signed_in(jin)

    with pytest.raises(NotAllowed):
        actions.end_session(browser, by=wei, at=NINE)


def test_child_with_a_confirmed_guardian_needs_none() -> None:
    child, mother = known("小金", PHONES[0], CHILD), known("王", PHONES[1], GROWN_UP)

    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)
    before = queries.needs_guardian(child, TODAY)
    actions.confirm_guardian(asked, by=mother, at=NINE)

    assert (before, queries.needs_guardian(child, TODAY)) == (True, False)
    assert list(queries.guardians_of(child)) == [mother]
    assert list(queries.wards_of(mother)) == [child]
    assert {c.by for c in Consent.objects.filter(person=child, withdrawn_at=None)} == {mother}


def test_ended_guardianship_leaves_the_child_without() -> None:
    child, mother = known("小金", PHONES[0], CHILD), known("王", PHONES[1], GROWN_UP)
    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)
    actions.confirm_guardian(asked, by=mother, at=NINE)

    actions.end_guardian(asked, by=mother, at=NINE)

    assert queries.needs_guardian(child, TODAY)


def test_guardian_says_yes_from_another_phone() -> None:
    child = known("小金", PHONES[0], CHILD)

    with pytest.raises(Unfit):
        actions.ask_guardian(child, PHONES[0], address=HERE, by=child, at=NINE)


@pytest.mark.parametrize(
    ("phone", "born", "refusal"),
    [(PHONES[2], GROWN_UP, NotAllowed), (PHONES[1], None, NotNow), (PHONES[1], date(2010, 1, 1), NotNow)],
)
def test_only_the_grown_up_who_was_asked_confirms(phone: str, born: date | None, refusal: type[Exception]) -> None:
    child, other = known("小金", PHONES[0], CHILD), known("王", phone, born)
    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)

    with pytest.raises(refusal):
        actions.confirm_guardian(asked, by=other, at=NINE)

    assert queries.needs_guardian(child, TODAY)


def test_nobody_of_the_childs_own_telephone_confirms_though_it_was_asked() -> None:
    """The child has taken the number that it named, and somebody whom it made up there says yes."""
    child = known("小金", PHONES[0], CHILD)
    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)
    made_up = known("王", PHONES[1], GROWN_UP)
    Person.objects.filter(pk=child.pk).update(phone_index=made_up.phone_index)

    with pytest.raises(NotAllowed):
        actions.confirm_guardian(Guardianship.objects.get(pk=asked.pk), by=made_up, at=NINE)

    assert queries.needs_guardian(child, TODAY)


def test_grown_up_needs_no_guardian() -> None:
    jin = known(born=GROWN_UP)

    with pytest.raises(NotNow):
        actions.ask_guardian(jin, PHONES[1], address=HERE, by=jin, at=NINE)


def test_asking_a_guardian_counts_among_the_messages_to_that_phone() -> None:
    child = known("小金", PHONES[0], CHILD)
    actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)

    with pytest.raises(TooMany):
        actions.ask_code(PHONES[1], address=HERE, at=NINE + MINUTE / 2)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_guardians_behind_one_phone_confirm_once() -> None:
    child = known("小金", PHONES[0], CHILD)
    parents = [known(name, PHONES[1], GROWN_UP) for name in ("王", "李")]
    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)

    results = at_once(*[partial(actions.confirm_guardian, asked, by=parent, at=NINE) for parent in parents])

    assert sorted(type(result).__name__ for result in results) in (
        ["NoneType", "NotAllowed"],
        ["NoneType", "Overtaken"],
    )
    assert Guardianship.objects.get().guardian in parents


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_consent_given_at_once_is_one_line() -> None:
    jin = known()

    at_once(*[partial(actions.give_consent, jin, "photo", by=jin, at=NINE)] * 8)

    assert Consent.objects.filter(kind="photo").count() == 1


def test_ended_guardianship_is_not_ended_again() -> None:
    child = known("小金", PHONES[0], CHILD)
    asked = actions.ask_guardian(child, PHONES[1], address=HERE, by=child, at=NINE)
    actions.end_guardian(asked, by=child, at=NINE)

    with pytest.raises(Overtaken):
        actions.end_guardian(asked, by=child, at=NINE)
