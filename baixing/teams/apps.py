from __future__ import annotations

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "baixing.teams"
    label = "teams"

    def ready(self) -> None:
        from baixing.notices import rules as notices
        from baixing.teams.rules import TEXTS

        notices.register(TEXTS)
