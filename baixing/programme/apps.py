from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from baixing.people.models import Person
    from baixing.people.rules.above import Held


class ProgrammeConfig(AppConfig):
    name = "baixing.programme"
    label = "programme"
    public = ("Theme", "Brand", "Campaign", "Contest", "Remembrance")  # shown to everybody, see kernel.editions

    def ready(self) -> None:
        from baixing.notices import rules as notices
        from baixing.people.rules.above import holdings_are
        from baixing.programme import listeners  # noqa: F401 - it hears from now on
        from baixing.programme.rules.texts import TEXTS

        notices.register(TEXTS)
        holdings_are(_held)


def _held(person: Person, at: datetime) -> Iterable[Held]:
    from baixing.programme.queries import holdings  # when somebody asks for their data

    return holdings.held(person, at)
