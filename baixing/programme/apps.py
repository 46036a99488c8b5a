from __future__ import annotations

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "baixing.programme"
    label = "programme"
    public = ("Theme", "Brand", "Campaign", "Contest", "Remembrance")  # shown to everybody, see kernel.editions

    def ready(self) -> None:
        from baixing.notices import rules as notices
        from baixing.people.rules.above import holdings_are
        from baixing.programme import listeners  # noqa: F401 - it hears from now on
        from baixing.programme.queries import holdings
        from baixing.programme.rules.texts import TEXTS

        notices.register(TEXTS)
        holdings_are(holdings.held)
