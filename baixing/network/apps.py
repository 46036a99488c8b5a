from __future__ import annotations

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "baixing.network"
    label = "network"

    def ready(self) -> None:
        from baixing.network import rules
        from baixing.people.rules import operators_are, staff_are

        staff_are(rules.is_in_office)
        operators_are(rules.operators)
