from __future__ import annotations

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st

from baixing.kernel.life import Life, Move
from baixing.kernel.refusals import NotAllowed, NotNow, Overtaken
from tests.kernel.threads import at_once
from tests.kernel.toy.models import Lamp
from tests.kernel.toy.rules import LIFE, WORN_OUT

pytestmark = pytest.mark.django_db

VERBS = ("light", "dim", "drop", "put_out")
#       state      jin, who owns it     wei, a stranger
POWERS = {
    "off": ("light drop", "drop"),
    "on": ("dim drop put_out", "drop"),
    "broken": ("mend", ""),
}


@pytest.mark.parametrize("state", POWERS)
def test_powers_of_each_person_in_each_state(state: str) -> None:
    lamp = Lamp(state=state)

    assert tuple(LIFE.powers(person, lamp) for person in ("jin", "wei")) == tuple(
        frozenset(verbs.split()) for verbs in POWERS[state]
    )


@given(state=st.sampled_from(sorted(POWERS)), lit=st.integers(0, 4), person=st.sampled_from(["jin", "wei"]))
def test_a_button_is_drawn_exactly_when_its_verb_is_not_refused(state: str, lit: int, person: str) -> None:
    lamp = Lamp(state=state, lit=lit)

    assert LIFE.powers(person, lamp) == {verb for verb in LIFE.verbs if LIFE.refusal(verb, person, lamp) is None}


@given(deeds=st.lists(st.tuples(st.sampled_from(VERBS), st.sampled_from(["jin", "wei", None])), max_size=12))
def test_only_moves_of_the_table_happen_and_each_is_counted(deeds: list[tuple[str, str | None]]) -> None:
    lamp, made, state = Lamp.objects.create(), 0, "off"
    for verb, person in deeds:
        refusal = LIFE.refusal(verb, person, lamp)
        if refusal is None:
            LIFE.move(verb, person, lamp)
            made, state = made + 1, {"light": "on", "drop": "broken", "put_out": "off"}.get(verb, state)
        else:
            with pytest.raises(type(refusal)):
                LIFE.move(verb, person, lamp)

    kept = Lamp.objects.get(pk=lamp.pk)
    assert (kept.state, kept.version) == (lamp.state, lamp.version) == (state, 1 + made)


def test_may_not_comes_before_not_now() -> None:
    broken = Lamp(state="broken")

    assert type(LIFE.refusal("light", "wei", broken)) is NotAllowed
    assert type(LIFE.refusal("light", "jin", broken)) is NotNow


def test_a_guard_says_in_words_why_not() -> None:
    worn_out = Lamp(lit=3)

    with pytest.raises(NotNow, match=WORN_OUT):
        LIFE.check("light", "jin", worn_out)


def test_the_clock_makes_only_its_own_moves() -> None:
    lamp = Lamp.objects.create(state="on")

    LIFE.move("put_out", None, lamp)

    assert lamp.state == "off"
    with pytest.raises(NotAllowed):
        LIFE.move("light", None, lamp)


def test_a_verb_with_several_ends_is_told_which() -> None:
    lamp = Lamp.objects.create(state="broken")

    with pytest.raises(LookupError):
        LIFE.move("mend", "jin", lamp)
    LIFE.move("mend", "jin", lamp, end="on")

    assert lamp.state == "on"


def test_a_move_that_stays_still_counts() -> None:
    lamp = Lamp.objects.create(state="on")

    LIFE.move("dim", "jin", lamp)

    assert (lamp.state, lamp.version) == ("on", 2)


def test_changes_are_written_with_the_move() -> None:
    lamp = Lamp.objects.create()

    LIFE.move("light", "jin", lamp, lit=F("lit") + 1, owner="luo")

    assert (lamp.lit, lamp.owner) == (1, "luo")
    assert Lamp.objects.values_list("lit", "owner").get() == (1, "luo")


def test_the_second_of_two_stale_copies_is_overtaken() -> None:
    first = Lamp.objects.create(state="on")
    second = Lamp.objects.get(pk=first.pk)
    LIFE.move("dim", "jin", first)

    with pytest.raises(Overtaken):
        LIFE.move("dim", "jin", second)


def test_a_stale_page_is_overtaken() -> None:
    lamp = Lamp.objects.create(state="on")
    LIFE.move("dim", "jin", lamp)
    fresh = Lamp.objects.get(pk=lamp.pk)

    with pytest.raises(Overtaken):
        LIFE.move("dim", "jin", fresh.as_seen(1))


def test_a_page_without_a_version_is_incomplete() -> None:
    with pytest.raises(NotNow):
        Lamp().as_seen(None)


def test_each_question_is_asked_once() -> None:
    asked: list[str] = []

    def who(person: str, _: Lamp) -> bool:
        asked.append(person)
        return True

    def guard(lamp: Lamp) -> str:
        asked.append(lamp.state)
        return ""

    rows = [Move(verb, frozenset({"on"}), None, who, guard=guard) for verb in ("dim", "wipe", "turn")]
    Life(*rows).powers("jin", Lamp(state="on"))

    assert sorted(asked) == ["jin", "on"]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_wins() -> None:
    lamp = Lamp.objects.create()
    copies = [Lamp.objects.get(pk=lamp.pk) for _ in range(8)]

    results = at_once(*[lambda copy=copy: LIFE.move("drop", "wei", copy) for copy in copies])

    assert sorted(type(result).__name__ for result in results) == ["NoneType"] + ["Overtaken"] * 7
    assert Lamp.objects.values_list("state", "version").get() == ("broken", 2)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_without_compare_and_set_all_win() -> None:
    """The negative control: the race above is a real one."""
    lamp = Lamp.objects.create()

    results = at_once(*[lambda: Lamp.objects.filter(pk=lamp.pk).update(state="broken")] * 8)

    assert results == [1] * 8
