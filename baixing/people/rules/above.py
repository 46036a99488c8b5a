"""What is known on higher floors only and is asked of them: whose desk, which duties, what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from baixing.people.models import Person, PersonQuerySet

Fact = str | int | bool | None
Desk = Callable[[Person, datetime], PersonQuerySet | None]
Numbers = Callable[[str], int | None]
Duties = Callable[[Person, datetime], Iterable[str]]
Holdings = Callable[[Person, datetime], Iterable["Held"]]
_desks: list[Desk] = []
_numbers: list[Numbers] = []
_duties: list[Duties] = []
_holdings: list[Holdings] = []


def desks_are(answer: Desk) -> Desk:
    """Say whose number somebody may change; None when they have no desk at all."""
    if answer not in _desks:
        _desks.append(answer)
    return answer


def numbers_are(answer: Numbers) -> Numbers:
    """Say whose volunteer number this is: the person's key, or None."""
    if answer not in _numbers:
        _numbers.append(answer)
    return answer


def duties_are(answer: Duties) -> Duties:
    """Say what somebody must end before they can delete their account, in words, each thing by its name."""
    if answer not in _duties:
        _duties.append(answer)
    return answer


@dataclass(frozen=True)
class Held:
    """Some of what is held on a person: what it is, and its rows, each a value by its heading."""

    part: str
    rows: list[Mapping[str, Fact]]


def holdings_are(answer: Holdings) -> Holdings:
    """Say what an app holds on a person, for the copy they may ask for."""
    if answer not in _holdings:
        _holdings.append(answer)
    return answer


def recoverable(by: Person, at: datetime) -> PersonQuerySet | None:
    """Those whose number this staff member may change, never themselves; None without a desk."""
    answers = [found for desk in _desks if (found := desk(by, at)) is not None]
    if not answers:
        return None
    own = reduce(or_, (Q(pk__in=found.values("pk")) for found in answers))
    return Person.objects.living().filter(own).exclude(pk=by.pk)


def whose_number(number: str) -> set[int]:
    return {pk for answer in _numbers if (pk := answer(number)) is not None}


def duties(person: Person, at: datetime) -> list[str]:
    return [words for answer in _duties for words in answer(person, at)]


def holdings(person: Person, at: datetime) -> list[Held]:
    return [held for answer in _holdings for held in answer(person, at)]
