"""A new number: recovered at a desk, or changed by the person themselves."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from baixing.journal.models import Entry
from baixing.kernel.refusals import NotAllowed, NotNow, Refused, TooMany, Unfit
from baixing.notices.models import Notice, Subscription
from baixing.people import actions, queries, rules
from baixing.people.models import Person
from baixing.people.rules import above
from tests.kernel.threads import at_once
from tests.people.conftest import Desk
from tests.people.door import GROWN_UP, HERE, NINE, PHONES, browser_of, known, proof, told

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
pytestmark = pytest.mark.django_db


def town(desk: Desk) -> tuple[Person, Person]:
    """A resident and the clerk at whose desk they are known."""
    jin, clerk = known(), known("石", PHONES[5])
    desk(clerk, jin)
    return jin, clerk


def found(
    clerk: Person, name: str = "金大爷", four: str = "", born: date | None = None, number: str = ""
) -> list[Person]:
    return actions.look_for(name, four=four, born=born, number=number, by=clerk, at=NINE)


def test_recovered_person_has_the_new_number_and_is_signed_out(desk: Desk) -> None:
    jin, clerk = town(desk)
    browser = browser_of(jin)

    actions.recover(jin, PHONES[1], proof(PHONES[1]), paper="id_card", by=clerk, at=NINE)

    browser.refresh_from_db()
    assert list(Person.objects.behind(PHONES[1])) == [jin]
    assert list(Person.objects.behind(PHONES[0])) == []
    assert browser.ended_by == clerk


def test_a_lost_telephone_is_told_nothing_more(desk: Desk) -> None:
    """Its browser was signed out; what is pushed to it would still say who comes when."""
    jin, clerk = town(desk)
    for person in (jin, clerk):
        Subscription.objects.create(
            person=person, browser="Chrome", host="", sealed="{}", found=person.name, made_at=NINE
        )

    actions.recover(jin, PHONES[1], proof(PHONES[1]), paper="id_card", by=clerk, at=NINE)

    assert list(Subscription.objects.values_list("person", flat=True)) == [clerk.pk]


def test_recovery_is_a_line_with_the_clerk_and_the_kind_of_paper(desk: Desk) -> None:
    jin, clerk = town(desk)

    actions.recover(jin, PHONES[1], proof(PHONES[1]), paper="household", by=clerk, at=NINE)

    line = Entry.objects.get(thing=f"people.person:{jin.pk}", verb="recover")
    assert (line.by, line.facts) == (clerk, {"paper": "household"})


def test_old_number_and_person_are_told_of_a_recovery(desk: Desk) -> None:
    jin, clerk = town(desk)

    actions.recover(jin, PHONES[1], proof(PHONES[1]), paper="id_card", by=clerk, at=NINE)

    assert len(told(PHONES[0])) == 1
    assert list(Notice.objects.values_list("person", "kind")) == [(jin.pk, "people.recovered")]


def test_new_number_is_shown_for_a_day(desk: Desk) -> None:
    jin, clerk = town(desk)
    before = rules.has_new_number(jin, NINE)

    actions.recover(jin, PHONES[1], proof(PHONES[1]), paper="id_card", by=clerk, at=NINE)

    jin.refresh_from_db()
    shown = [rules.has_new_number(jin, NINE + hours * HOUR) for hours in (0, 24, 25)]
    assert (before, shown) == (False, [True, True, False])


def test_rest_of_the_household_keeps_the_old_number(desk: Desk) -> None:
    jin, clerk = town(desk)
    wife = actions.join_household("王阿姨", None, by=jin, at=NINE)

    actions.recover(jin, PHONES[1], proof(PHONES[1]), paper="id_card", by=clerk, at=NINE)

    assert list(Person.objects.behind(PHONES[0])) == [wife]


@pytest.mark.parametrize(
    ("sent_to", "purpose"), [(PHONES[2], "recover"), (PHONES[1], "sign_in"), (PHONES[1], "number")]
)
def test_number_is_not_recovered_without_a_code_to_it(desk: Desk, sent_to: str, purpose: str) -> None:
    jin, clerk = town(desk)

    with pytest.raises(NotNow):
        actions.recover(jin, PHONES[1], proof(sent_to, purpose), paper="id_card", by=clerk, at=NINE)

    assert list(Person.objects.behind(PHONES[0])) == [jin]


def test_proof_recovers_one_person(desk: Desk) -> None:
    jin, clerk = town(desk)
    desk(clerk, wei := known("卫", PHONES[3]))
    once = proof(PHONES[1])
    actions.recover(jin, PHONES[1], once, paper="id_card", by=clerk, at=NINE)

    with pytest.raises(NotNow):
        actions.recover(wei, PHONES[1], once, paper="id_card", by=clerk, at=NINE)


def test_nobody_recovers_their_own_number(desk: Desk) -> None:
    clerk = known("石", PHONES[5])
    desk(clerk, clerk)

    with pytest.raises(NotAllowed):
        actions.recover(clerk, PHONES[1], proof(PHONES[1]), paper="id_card", by=clerk, at=NINE)

    assert list(queries.recoverable(clerk, NINE)) == []


def test_desk_recovers_its_own_people_only(desk: Desk) -> None:
    _jin, clerk = town(desk)
    wei = known("卫", PHONES[3])

    with pytest.raises(NotAllowed):
        actions.ask_recovery(wei, PHONES[1], address=HERE, by=clerk, at=NINE)
    with pytest.raises(NotAllowed):
        actions.recover(wei, PHONES[1], proof(PHONES[1]), paper="id_card", by=clerk, at=NINE)


def test_somebody_without_a_desk_neither_finds_nor_recovers(desk: Desk) -> None:
    jin, _clerk = town(desk)
    wei = known("卫", PHONES[3])

    for deed in (
        partial(found, wei, four=PHONES[0][-4:]),
        partial(actions.recover, jin, PHONES[1], proof(PHONES[1]), paper="id_card", by=wei, at=NINE),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_desks_of_two_floors_are_one_list(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    jin, clerk = town(desk)
    wei = known("卫", PHONES[3])
    other: list[above.Desk] = [lambda _by, _at: Person.objects.living().filter(pk=wei.pk), lambda _by, _at: None]

    monkeypatch.setattr(above, "_desks", [*above._desks, *other])

    assert set(queries.recoverable(clerk, NINE)) == {jin, wei}


def test_desk_finds_by_name_and_one_thing_more(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    jin, clerk = town(desk)
    actions.tell_birth(jin, GROWN_UP, by=jin, at=NINE)
    monkeypatch.setattr(above, "_numbers", [lambda number: jin.pk if number == "BY1" else None])

    hits = [found(clerk, "金 大爷", four=PHONES[0][-4:]), found(clerk, born=GROWN_UP), found(clerk, number="BY1")]

    assert hits == [[jin]] * 3


def test_what_does_not_all_fit_finds_nobody(desk: Desk) -> None:
    _jin, clerk = town(desk)
    known("卫", PHONES[3])
    four = PHONES[0][-4:]

    misses = [
        found(clerk),
        found(clerk, four="9999"),
        found(clerk, "金", four=four),
        found(clerk, four=four, born=GROWN_UP),
        found(clerk, number="BY1"),
        found(clerk, "卫", four=PHONES[3][-4:]),
    ]

    assert misses == [[]] * 6


def test_desk_looks_for_sixty_people_a_day(desk: Desk) -> None:
    _jin, clerk = town(desk)
    for _ in range(60):
        found(clerk, four="9999")

    with pytest.raises(TooMany):
        found(clerk, four=PHONES[0][-4:])


def test_what_a_desk_is_shown_is_masked(desk: Desk) -> None:
    jin, _clerk = town(desk)
    actions.tell_birth(jin, GROWN_UP, by=jin, at=NINE)

    assert queries.match(jin) == queries.Match(jin.pk, "金*", "128****0000", "1980-**-**")


def test_number_is_changed_just_after_signing_in_with_one_code() -> None:
    jin = known()
    mine, other = browser_of(jin), browser_of(jin, "b")

    actions.change_number(jin, proof(PHONES[1], "number"), kept=mine, by=jin, at=NINE + MINUTE)

    mine.refresh_from_db()
    other.refresh_from_db()
    assert list(Person.objects.behind(PHONES[1])) == [jin]
    assert (mine.ended_at, other.ended_at) == (None, NINE + MINUTE)
    assert len(told(PHONES[0])) == 1
    assert list(Notice.objects.values_list("kind", flat=True)) == ["people.number_changed"]


def test_long_after_signing_in_the_old_number_is_asked_as_well() -> None:
    jin = known()
    mine, late = browser_of(jin), NINE + 11 * MINUTE
    new = proof(PHONES[1], "number", late)

    with pytest.raises(NotNow):
        actions.change_number(jin, new, kept=mine, by=jin, at=late)
    actions.change_number(jin, new, old_proof=proof(PHONES[0], "number", late), kept=mine, by=jin, at=late)

    assert list(Person.objects.behind(PHONES[1])) == [jin]


@pytest.mark.parametrize("old", [(PHONES[2], "number"), (PHONES[0], "sign_in")])
def test_old_number_is_shown_by_its_own_code(old: tuple[str, str]) -> None:
    jin = known()
    mine, late = browser_of(jin), NINE + HOUR
    proofs = proof(PHONES[1], "number", late), proof(*old, late)

    with pytest.raises(NotNow):
        actions.change_number(jin, proofs[0], old_proof=proofs[1], kept=mine, by=jin, at=late)

    assert list(Person.objects.behind(PHONES[0])) == [jin]


def test_browser_of_somebody_else_or_an_ended_one_is_not_fresh() -> None:
    jin, wei = known(), known("卫", PHONES[3])
    ended = browser_of(jin)
    actions.end_session(ended, by=jin, at=NINE)
    ended.refresh_from_db()
    new = proof(PHONES[1], "number")

    for kept in (browser_of(wei, "w"), ended, None):
        with pytest.raises(NotNow):
            actions.change_number(jin, new, kept=kept, by=jin, at=NINE)


def test_number_one_has_already_is_no_new_one() -> None:
    jin = known()

    with pytest.raises(Unfit):
        actions.ask_new_number(jin, PHONES[0], address=HERE, by=jin, at=NINE)


def test_nobody_changes_the_number_of_another() -> None:
    jin, wei = known(), known("卫", PHONES[3])
    mine = browser_of(jin)

    with pytest.raises(NotAllowed):
        actions.change_number(jin, proof(PHONES[1], "number"), kept=mine, by=wei, at=NINE)


def test_ninth_behind_a_phone_is_refused() -> None:
    jin, wei = known(), known("卫", PHONES[1])
    for _ in range(7):
        actions.join_household("小卫", None, by=wei, at=NINE)

    with pytest.raises(NotNow):
        actions.change_number(jin, proof(PHONES[1], "number"), kept=browser_of(jin), by=jin, at=NINE)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_with_one_proof_have_one_winner(desk: Desk) -> None:
    jin, clerk = town(desk)
    once = proof(PHONES[1])

    deed = partial(actions.recover, jin, PHONES[1], once, paper="id_card", by=clerk, at=NINE)
    results = at_once(*[deed] * 4)

    assert sum(isinstance(result, Refused) for result in results) == 3
    assert Entry.objects.filter(verb="recover").count() == 1
