from __future__ import annotations

from django.apps import AppConfig


class TeamsConfig(AppConfig):
    name = "baixing.teams"
    label = "teams"
    public = ("Skill", "LicenceKind")  # shown to everybody, see kernel.editions

    def ready(self) -> None:
        from baixing.notices import rules as notices
        from baixing.people.rules.above import duties_are, holdings_are, numbers_are
        from baixing.teams import listeners  # noqa: F401 - it hears from now on
        from baixing.teams.queries import holdings
        from baixing.teams.rules import TEXTS

        notices.register(TEXTS)
        numbers_are(holdings.whose_number)
        duties_are(holdings.duties)
        holdings_are(holdings.held)
