from __future__ import annotations

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "baixing.orders"

    def ready(self) -> None:
        from baixing.hours.rules.above import ratings_are
        from baixing.notices import rules as notices
        from baixing.orders import listeners  # noqa: F401 - it hears from now on
        from baixing.orders.queries import holdings
        from baixing.orders.queries.ratings import faces_of
        from baixing.orders.rules.texts import TEXTS
        from baixing.people.rules.above import duties_are, holdings_are

        notices.register(TEXTS)
        ratings_are(faces_of)
        duties_are(holdings.duties)
        holdings_are(holdings.held)
