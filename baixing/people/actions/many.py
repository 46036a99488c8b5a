"""Many persons at once: what `enrol` does for one, in a few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.journal.actions import Line
from baixing.kernel.refusals import NotNow
from baixing.kernel.seal import blind
from baixing.people import rules
from baixing.people.actions.persons import give_phone
from baixing.people.models import CodeLimit, Person

AT_ONCE = 500  # rows named in one statement
KIND = "household"


@dataclass(frozen=True)
class Newcomer:
    """Somebody to be enrolled. The phone is in full: +86 and eleven digits."""

    name: str
    phone: str
    born: date | None = None


@transaction.atomic
def hold_households(phones: Collection[str]) -> None:
    """Hold the turns of these phones until the transaction ends: nobody else enrols behind them meanwhile."""
    indexes = sorted({blind(phone) for phone in phones})
    for some in _parts(indexes):
        rows = [CodeLimit(kind=KIND, index=index) for index in some]
        CodeLimit.objects.bulk_create(rows, ignore_conflicts=True)
        CodeLimit.objects.filter(kind=KIND, index__in=some).update(turn=F("turn") + 1)


@transaction.atomic
def enrol_all(newcomers: Sequence[Newcomer], *, by: Person, at: datetime) -> list[Person]:
    """A person for each newcomer, in their order. Whoever calls holds the households and knows that all are new."""
    people = [_person(newcomer, at) for newcomer in newcomers]
    _check_room(people)
    Person.objects.bulk_create(people, batch_size=AT_ONCE)
    journal.write_all([Line("enrol", person, {}) for person in people], by=by, at=at)
    return people


def crowd(indexes: Collection[str]) -> Counter[str]:
    """How many persons sign in behind each of these phones."""
    found: Counter[str] = Counter()
    for some in _parts(sorted(set(indexes))):
        living = Person.objects.living().filter(phone_index__in=some)
        found.update(living.values_list("phone_index", flat=True))
    return found


def _person(newcomer: Newcomer, at: datetime) -> Person:
    person = Person(name=newcomer.name, born=newcomer.born, made_at=at)
    give_phone(person, newcomer.phone)
    person.set_unusable_password()
    return person


def _check_room(people: Sequence[Person]) -> None:
    new = Counter(person.phone_index for person in people)
    there = crowd(new)
    if any(there[index] + count > rules.HOUSEHOLD for index, count in new.items()):
        raise NotNow(_("Eight people use this phone already. Your station can help."))


def _parts(indexes: Sequence[str]) -> Iterator[Sequence[str]]:
    return (indexes[start : start + AT_ONCE] for start in range(0, len(indexes), AT_ONCE))
