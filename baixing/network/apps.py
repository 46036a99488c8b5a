from __future__ import annotations

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "baixing.network"
    label = "network"
    public = ("Unit", "Platform", "Task")  # shown to everybody, see kernel.editions

    def ready(self) -> None:
        from baixing.network import (
            listeners,  # noqa: F401 - it hears from now on
            queries,
            rules,
        )
        from baixing.people.rules import operators_are, staff_are
        from baixing.people.rules.above import desks_are, duties_are, holdings_are

        staff_are(rules.in_office)
        operators_are(rules.operators)
        desks_are(rules.recoverable)
        duties_are(rules.duties)
        holdings_are(queries.held)
