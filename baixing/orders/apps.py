from __future__ import annotations

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "baixing.orders"

    def ready(self) -> None:
        from baixing.notices import rules as notices
        from baixing.orders import listeners  # noqa: F401 - it hears from now on
        from baixing.orders.rules.texts import TEXTS

        notices.register(TEXTS)
