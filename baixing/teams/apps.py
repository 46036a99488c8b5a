from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from baixing.people.models import Person
    from baixing.people.rules.above import Held


class TeamsConfig(AppConfig):
    name = "baixing.teams"
    label = "teams"
    public = ("Skill", "LicenceKind")  # shown to everybody, see kernel.editions

    def ready(self) -> None:
        from baixing.notices import rules as notices
        from baixing.people.rules.above import duties_are, holdings_are, numbers_are
        from baixing.teams import listeners  # noqa: F401 - it hears from now on
        from baixing.teams.rules import TEXTS

        notices.register(TEXTS)
        numbers_are(_whose_number)
        duties_are(_duties)
        holdings_are(_held)


def _held(person: Person, at: datetime) -> Iterable[Held]:
    from baixing.teams.queries import holdings  # when somebody asks for their data

    return holdings.held(person, at)


def _duties(person: Person, at: datetime) -> Iterable[str]:
    from baixing.teams.queries import holdings

    return holdings.duties(person, at)


def _whose_number(number: str) -> int | None:
    from baixing.teams.queries import holdings

    return holdings.whose_number(number)
