from __future__ import annotations

from django.apps import AppConfig


class ScheduleConfig(AppConfig):
    name = "baixing.schedule"
    public = ("Session",)  # shown to everybody, see kernel.editions

    def ready(self) -> None:
        from baixing.notices import rules as notices
        from baixing.people.rules.above import holdings_are
        from baixing.schedule import listeners  # noqa: F401 - it hears from now on
        from baixing.schedule.queries import holdings
        from baixing.schedule.rules.texts import TEXTS

        notices.register(TEXTS)
        holdings_are(holdings.held)
