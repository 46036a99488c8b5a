from __future__ import annotations

from django.apps import AppConfig


class DispatchingConfig(AppConfig):
    name = "baixing.dispatching"

    def ready(self) -> None:
        from baixing.dispatching.queries.policies import roads_of
        from baixing.orders.rules.above import roads_are

        roads_are(roads_of)
