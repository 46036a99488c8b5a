from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from baixing.people.models import Person
    from baixing.people.rules.above import Held


class OrdersConfig(AppConfig):
    name = "baixing.orders"

    def ready(self) -> None:
        from baixing.hours.rules.above import ratings_are
        from baixing.notices import rules as notices
        from baixing.orders import listeners  # noqa: F401 - it hears from now on
        from baixing.orders.rules.texts import TEXTS
        from baixing.people.rules.above import duties_are, holdings_are

        notices.register(TEXTS)
        ratings_are(_faces_of)
        duties_are(_duties)
        holdings_are(_held)


def _held(person: Person, at: datetime) -> Iterable[Held]:
    from baixing.orders.queries import holdings  # when somebody asks for their data

    return holdings.held(person, at)


def _duties(person: Person, at: datetime) -> Iterable[str]:
    from baixing.orders.queries import holdings

    return holdings.duties(person, at)


def _faces_of(person: Person) -> Mapping[str, int]:
    from baixing.orders.queries.ratings import faces_of

    return faces_of(person)
