from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.template import Template
from django.test.utils import instrumented_test_render  # type: ignore[attr-defined]  # Django has it, its stubs do not

from baixing.look import frame
from baixing.people import queries, rules
from baixing.people.models import Person, PersonQuerySet
from baixing.people.rules import above
from tests.people.door import NINE, everybody

Desk = Callable[[Person, Person], None]


@pytest.fixture(autouse=True)
def _pages_stand_in_the_plain_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the frame shows, and asks the database for, is a higher floor's."""
    monkeypatch.setattr(frame, "_providers", [frame.plain])


@pytest.fixture(autouse=True)
def _what_pages_are_drawn_with_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture
def nine() -> Iterator[None]:
    """The clock stands at nine, but for whoever moves it."""
    with time_machine.travel(NINE, tick=False):
        yield


def make_everybody_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a higher floor would say it; the question of who is signed in is put anew, not as it was prepared."""
    monkeypatch.setattr(rules, "_posts", [everybody])
    monkeypatch.setattr(queries, "_sign_in", vars(queries._sign_in)["__wrapped__"])


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody is staff."""
    make_everybody_staff(monkeypatch)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Who may change whose number, as a higher floor would say it; nobody at first."""
    pairs: list[tuple[int, int]] = []

    def own(by: Person, _at: datetime) -> PersonQuerySet | None:
        residents = [resident for clerk, resident in pairs if clerk == by.pk]
        return Person.objects.living().filter(pk__in=residents) if residents else None

    monkeypatch.setattr(above, "_desks", [own])
    return lambda clerk, resident: pairs.append((clerk.pk, resident.pk))
